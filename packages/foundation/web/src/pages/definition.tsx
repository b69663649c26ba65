/** Names and their values. */
import type { ComponentChild } from "preact";

export interface DefinitionProps {
  readonly entries: readonly (readonly [name: string, value: ComponentChild])[];
  /** As wide as text. */
  readonly narrow?: boolean;
}

export function Definition({ entries, narrow }: DefinitionProps) {
  return (
    <dl class={narrow ? "narrow" : undefined}>
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
