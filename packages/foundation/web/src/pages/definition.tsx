/** Names and their values. */
import type { ComponentChild } from "preact";

export interface DefinitionProps {
  readonly entries: readonly (readonly [name: string, value: ComponentChild])[];
}

export function Definition({ entries }: DefinitionProps) {
  return (
    <dl>
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
