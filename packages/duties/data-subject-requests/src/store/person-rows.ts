/** The SQL of this duty's rows about one person: what an erasure takes the person out of, and the mark of a restriction. */
import { inUnit } from "@preau/database";
import type { ControllerId, InquiryId, Instant, RequestId, SubjectId, Unit } from "@preau/kernel";
import { PUBLISHER } from "@preau/web";

const MARK = "dsr_restricted";

/** Tables whose rows stay as facts, about nobody, and the column that names the person. */
export const factTables = ["dsr_inaccuracy", "dsr_restriction", "dsr_objection", "dsr_review"] as const;
export type FactTable = (typeof factTables)[number];

export async function countFacts(
  unit: Unit,
  table: FactTable,
  { controller, subjects }: { readonly controller: ControllerId; readonly subjects: readonly SubjectId[] },
): Promise<number> {
  if (subjects.length === 0) return 0;
  const row = await inUnit(unit)(table)
    .where({ controller })
    .whereIn("subject", [...subjects])
    .count<{ n: number | string }[]>({ n: "*" })
    .first();
  return Number(row?.n ?? 0);
}

/** Whose key goes with them: reports of inaccurate data are sealed each under its own. */
export async function inaccuraciesOf(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<readonly string[]> {
  return inUnit(unit)("dsr_inaccuracy").where({ controller, subject }).orderBy("id").pluck<string[]>("id");
}

/** The facts stay, about nobody. */
export async function forgetInaccuracies(
  unit: Unit,
  controller: ControllerId,
  { subject, at }: { readonly subject: SubjectId; readonly at: Instant },
): Promise<number> {
  return inUnit(unit)("dsr_inaccuracy")
    .where({ controller, subject })
    .update({ subject: null, key: null, sealed: null, sealed_gone_at: at });
}

/** Takes the person out as who wrote. */
export async function forgetInquirer(
  unit: Unit,
  id: InquiryId,
  { controller, subject }: { readonly controller: ControllerId; readonly subject: SubjectId },
): Promise<void> {
  await inUnit(unit)("dsr_inquiry")
    .where({ controller: PUBLISHER, id, requester_controller: controller, requester_subject: subject })
    .update({ requester_subject: null, address_hash: null });
}

export async function writeInquiry(unit: Unit, id: InquiryId, sealed: Uint8Array): Promise<void> {
  await inUnit(unit)("dsr_inquiry")
    .where({ controller: PUBLISHER, id })
    .update({ sealed: Buffer.from(sealed) });
}

/** Inquiries of which something is still sealed, of those. */
export async function sealedInquiries(
  unit: Unit,
  ids: readonly InquiryId[],
): Promise<ReadonlySet<InquiryId>> {
  if (ids.length === 0) return new Set();
  const found = await inUnit(unit)("dsr_inquiry")
    .where({ controller: PUBLISHER })
    .whereIn("id", [...ids])
    .whereNull("text_gone_at")
    .pluck<InquiryId[]>("id");
  return new Set(found);
}

/** Takes the person out of a request: as whom it is about, with all that was written; or as who asked for somebody else. */
export async function forgetInRequest(
  unit: Unit,
  { controller, id }: { readonly controller: ControllerId; readonly id: RequestId },
  as: { readonly column: "requester" } | { readonly column: "subject"; readonly at: Instant },
): Promise<void> {
  const gone =
    as.column === "requester"
      ? { requester: null, address_hash: null }
      : {
          ...{ subject: null, address_hash: null, open_key: null, sealed: null, text_held: false },
          sealed_gone_at: as.at,
        };
  await inUnit(unit)("dsr_request").where({ controller, id }).update(gone);
}

/** Marked by this store's own restriction. */
export async function markedOf(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<ReadonlySet<SubjectId>> {
  if (subjects.length === 0) return new Set();
  const found = await inUnit(unit)(MARK)
    .where({ controller })
    .whereIn("subject", [...subjects])
    .pluck<SubjectId[]>("subject");
  return new Set(found);
}

export async function mark(
  unit: Unit,
  controller: ControllerId,
  { subject, since }: { readonly subject: SubjectId; readonly since: Instant },
): Promise<number> {
  if ((await markedOf(unit, controller, [subject])).size > 0) return 0;
  await inUnit(unit)(MARK)
    .insert({ controller, subject, since })
    .onConflict(["controller", "subject"])
    .ignore();
  return 1;
}

export async function unmark(unit: Unit, controller: ControllerId, subject: SubjectId): Promise<number> {
  return inUnit(unit)(MARK).where({ controller, subject }).delete();
}
