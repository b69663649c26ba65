/** The SQL of compliance notices. */
import { inUnit } from "@preau/database";
import { type ActorRole, type ControllerId, type Instant, instant, type Unit } from "@preau/kernel";
import type { Notice, NoticeCategory, NoticeId, Towards } from "../notice.ts";
import type { LedgerScope } from "./instruction-rows.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly towards: string;
  readonly category: string;
  readonly clause: string | null;
  readonly words: Buffer;
  readonly written_by: string;
  readonly written_at: string;
  readonly told_at: string | null;
  readonly reminded_at: string | null;
  readonly acknowledged_by: string | null;
  readonly acknowledged_at: string | null;
}

export async function insertNotice(unit: Unit, notice: Notice, press: string | undefined): Promise<void> {
  await inUnit(unit)("ins_notice").insert({
    ...{ id: notice.id, controller: notice.controller, towards: notice.towards },
    ...{ category: notice.category, clause: notice.clause ?? null, words: notice.words },
    ...{ written_by: notice.writtenBy, written_at: notice.writtenAt, press: press ?? null },
  });
}

export async function noticeOfPress(
  unit: Unit,
  controller: ControllerId,
  press: string,
): Promise<NoticeId | undefined> {
  const row = await inUnit(unit)("ins_notice")
    .where({ controller, press })
    .first<{ id: NoticeId } | undefined>("id");
  return row?.id;
}

export async function findNotice(
  unit: Unit,
  scope: LedgerScope,
  id: string,
  how: "read" | "lock" = "read",
): Promise<Notice | undefined> {
  const query = inUnit(unit)("ins_notice").where({ id });
  if (scope !== "all") void query.where({ controller: scope });
  if (how === "lock") void query.forUpdate();
  const row = await query.first<Row | undefined>();
  return row && noticeOf(row);
}

/** Newest first; those that nobody has acknowledged alone when asked. */
export async function listNotices(
  unit: Unit,
  scope: LedgerScope,
  which: "all" | "open" = "all",
): Promise<readonly Notice[]> {
  const query = inUnit(unit)("ins_notice");
  if (scope !== "all") void query.where({ controller: scope });
  if (which === "open") void query.whereNull("acknowledged_at");
  const rows = await query.orderBy("written_at", "desc").orderBy("id", "desc").limit(500).select<Row[]>();
  return rows.map(noticeOf);
}

export async function updateNotice(
  unit: Unit,
  { id, controller }: Pick<Notice, "id" | "controller">,
  change: {
    readonly toldAt?: Instant;
    readonly remindedAt?: Instant;
    readonly acknowledged?: { readonly by: ActorRole; readonly at: Instant };
  },
): Promise<void> {
  const { toldAt, remindedAt, acknowledged } = change;
  await inUnit(unit)("ins_notice")
    .where({ id, controller })
    .update({
      ...(toldAt === undefined ? {} : { told_at: toldAt }),
      ...(remindedAt === undefined ? {} : { reminded_at: remindedAt }),
      ...(acknowledged === undefined
        ? {}
        : { acknowledged_by: acknowledged.by, acknowledged_at: acknowledged.at }),
    });
}

function noticeOf(row: Row): Notice {
  const { acknowledged_by: by, acknowledged_at: at } = row;
  return {
    ...{ id: row.id as NoticeId, controller: row.controller as ControllerId },
    ...{ towards: row.towards as Towards, category: row.category as NoticeCategory },
    ...(row.clause === null ? {} : { clause: row.clause }),
    ...{ words: row.words, writtenBy: row.written_by as ActorRole, writtenAt: instant(row.written_at) },
    ...(row.told_at === null ? {} : { toldAt: instant(row.told_at) }),
    ...(row.reminded_at === null ? {} : { remindedAt: instant(row.reminded_at) }),
    ...(by === null || at === null ? {} : { acknowledged: { by: by as ActorRole, at: instant(at) } }),
  };
}
