/** The SQL of what the doctor counts: the publisher's own people ask for everybody's. */
import { PUBLISHER } from "@preau/contracts";
import { inUnit } from "@preau/database";
import { type Instant, instant, type Unit } from "@preau/kernel";
import { CASE } from "./cases.ts";
import { WORDS } from "./words.ts";

/** When the last hook came; undefined where none has, or its line is gone. */
export async function lastHookAt(unit: Unit): Promise<Instant | undefined> {
  const row = await inUnit(unit)("spt_event")
    .where({ controller: PUBLISHER })
    .max<{ last: string | null }[]>({ last: "received_at" });
  const last = row[0]?.last;
  return last == null ? undefined : instant(last);
}

/** Conversations that the desk does not let go. */
export async function countStuck(unit: Unit): Promise<number> {
  const row = await inUnit(unit)(CASE)
    .where({ desk: "stuck" })
    .count<{ many: number | string }[]>({ many: "*" });
  return Number(row[0]?.many ?? 0);
}

/** Where nobody has said whether a right is asked for; `dueBefore`: and should have. */
export async function countProposals(unit: Unit, dueBefore?: Instant): Promise<number> {
  const open = inUnit(unit)(WORDS).where({ proposal: "open" });
  if (dueBefore !== undefined) void open.where("proposal_due_at", "<", dueBefore);
  const row = await open.count<{ many: number | string }[]>({ many: "*" });
  return Number(row[0]?.many ?? 0);
}
