/** What was refused, with its clause and the remedy. */
import { Clause, Notice } from "@preau/web";
import type { SaidRefusal } from "../http/say-refusal.ts";

export function RefusedNotice({ title, refused }: { readonly title: string; readonly refused: SaidRefusal }) {
  const { says, remedy, clause } = refused;
  return (
    <Notice kind="danger" title={title}>
      <p>
        {says} {clause !== undefined && <Clause id={clause} />}
      </p>
      {remedy !== undefined && <p>{remedy}</p>}
    </Notice>
  );
}
