/** The SQL of changes. They are the publisher's: no controller's data stands in them. */
import type { Subprocessor } from "@preau/agreement";
import type { LocalDate } from "@preau/calendar";
import { inUnit } from "@preau/database";
import type { Instant, Unit } from "@preau/kernel";
import type { Audience, Change, ChangeId, ChangeKind, ChangeState, NoticeContent } from "../change.ts";

export const CHANGES = "spr_change";

export interface ChangeRow {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly replaces: string | null;
  readonly entry: string;
  readonly content: string;
  readonly starts_on: string;
  readonly state: string;
  readonly audience: string | null;
  readonly proposed_at: string;
  readonly announced_at: string | null;
  readonly withdrawn_at: string | null;
  readonly version: number;
}

export async function insertChange(unit: Unit, change: Change): Promise<void> {
  await inUnit(unit)(CHANGES).insert(rowOf(change));
}

export async function readChange(unit: Unit, id: ChangeId): Promise<Change | undefined> {
  const row = await inUnit(unit)(CHANGES).where({ id }).first<ChangeRow | undefined>();
  return row && changeOf(row);
}

/** Held until the unit ends. */
export async function lockChange(unit: Unit, id: ChangeId): Promise<Change | undefined> {
  const row = await inUnit(unit)(CHANGES).where({ id }).forUpdate().first<ChangeRow | undefined>();
  return row && changeOf(row);
}

/** Writes everything but the id, as the next version; false when somebody was first. */
export async function updateChange(unit: Unit, change: Change): Promise<boolean> {
  const { id, version } = change;
  const { id: _, ...values } = rowOf({ ...change, version: version + 1 });
  return (await inUnit(unit)(CHANGES).where({ id, version }).update(values)) === 1;
}

export async function deleteDraft(unit: Unit, id: ChangeId): Promise<boolean> {
  return (await inUnit(unit)(CHANGES).where({ id, state: "draft" }).delete()) === 1;
}

/** Newest first. */
export async function listChanges(
  unit: Unit,
  states: readonly ChangeState[] = ["draft", "announced", "withdrawn"],
): Promise<readonly Change[]> {
  const rows = await inUnit(unit)(CHANGES)
    .whereIn("state", [...states])
    .orderBy([
      { column: "proposed_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .select<ChangeRow[]>();
  return rows.map(changeOf);
}

/** What the gate's table must name: one read by the index of states. */
export async function announcedEntries(
  unit: Unit,
): Promise<readonly { readonly id: string; readonly entry: Subprocessor }[]> {
  const rows = await inUnit(unit)(CHANGES)
    .where({ state: "announced" })
    .orderBy("id")
    .select<Pick<ChangeRow, "id" | "entry">[]>("id", "entry");
  return rows.map(({ id, entry }) => ({ id, entry: JSON.parse(entry) as Subprocessor }));
}

export function changeOf(row: ChangeRow): Change {
  return {
    id: row.id as ChangeId,
    kind: row.kind as ChangeKind,
    entry: JSON.parse(row.entry) as Subprocessor,
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    content: JSON.parse(row.content) as NoticeContent,
    startsOn: row.starts_on as LocalDate,
    state: row.state as ChangeState,
    ...(row.audience === null ? {} : { audience: row.audience as Audience }),
    proposedAt: row.proposed_at as Instant,
    ...(row.announced_at === null ? {} : { announcedAt: row.announced_at as Instant }),
    ...(row.withdrawn_at === null ? {} : { withdrawnAt: row.withdrawn_at as Instant }),
    version: row.version,
  };
}

function rowOf(change: Change): ChangeRow {
  return {
    id: change.id,
    kind: change.kind,
    recipient: change.entry.recipient,
    replaces: change.replaces ?? null,
    entry: JSON.stringify(change.entry),
    content: JSON.stringify(change.content),
    starts_on: change.startsOn,
    state: change.state,
    audience: change.audience ?? null,
    proposed_at: change.proposedAt,
    announced_at: change.announcedAt ?? null,
    withdrawn_at: change.withdrawnAt ?? null,
    version: change.version,
  };
}
