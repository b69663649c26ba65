/** The SQL of a case's words. Their case's controller is part of every query. */
import { inUnit, jsonOf } from "@preau/database";
import {
  type ControllerId,
  type InquiryId,
  type Instant,
  instant,
  type RequestMatter,
  type Unit,
} from "@preau/kernel";
import type {
  CaseId,
  ProposalState,
  SupportCase,
  SupportWords,
  WordsId,
  WordsState,
} from "../support-case.ts";

export const WORDS = "spt_words";

export interface WordsRow {
  readonly id: string;
  readonly controller: string;
  readonly case_id: string;
  readonly author: string;
  readonly key_hash: string;
  readonly received_at: string;
  readonly state: string;
  readonly reason: string | null;
  readonly clause: string | null;
  readonly masked: string;
  readonly files: number;
  readonly proposal: string;
  readonly matters: string;
  readonly proposal_due_at: string | null;
  readonly inquiry: string | null;
  readonly sealed: Buffer | null;
}

/** A message, and what of it is sealed. */
export interface StoredWords {
  readonly line: SupportWords;
  readonly sealed?: Buffer;
}

export type NewWords = SupportWords & { readonly keyHash: string; readonly sealed?: Buffer };

/** @throws DATABASE_DUPLICATE where the case has that message */
export async function insertWords(unit: Unit, { keyHash, sealed, ...line }: NewWords): Promise<void> {
  await inUnit(unit)<WordsRow>(WORDS).insert({
    id: line.id,
    controller: line.controller,
    case_id: line.case,
    author: line.from,
    key_hash: keyHash,
    received_at: line.receivedAt,
    state: line.state,
    reason: line.reason ?? null,
    clause: line.clause ?? null,
    masked: JSON.stringify(line.masked),
    files: line.files,
    proposal: line.proposal,
    matters: line.matters.join(" "),
    proposal_due_at: line.proposalDueAt ?? null,
    inquiry: line.inquiry ?? null,
    sealed: sealed ?? null,
  });
}

/** By what makes it one, held until the unit ends. */
export async function lockWordsOfKey(
  unit: Unit,
  { controller, id }: Pick<SupportCase, "controller" | "id">,
  keyHash: string,
): Promise<StoredWords | undefined> {
  const row = await inUnit(unit)<WordsRow>(WORDS)
    .where({ controller, case_id: id, key_hash: keyHash })
    .forUpdate()
    .first();
  return row && storedOf(row);
}

/** Held until the unit ends. `all` for the publisher's own people. */
export async function lockWords(
  unit: Unit,
  scope: ControllerId | "all",
  id: string,
): Promise<StoredWords | undefined> {
  const query = inUnit(unit)<WordsRow>(WORDS).where({ id });
  if (scope !== "all") void query.where({ controller: scope });
  const row = await query.forUpdate().first();
  return row && storedOf(row);
}

/** In the order in which they reached us. */
export async function wordsOfCase(
  unit: Unit,
  { controller, id }: Pick<SupportCase, "controller" | "id">,
): Promise<readonly StoredWords[]> {
  const rows = await inUnit(unit)<WordsRow>(WORDS)
    .where({ controller, case_id: id })
    .orderBy("received_at")
    .orderBy("id");
  return rows.map(storedOf);
}

export type WordsChange = {
  readonly [K in "from" | "state" | "reason" | "clause" | "proposal" | "proposalDueAt" | "inquiry"]?:
    | SupportWords[K]
    | null;
} & {
  readonly masked?: SupportWords["masked"];
  readonly files?: number;
  readonly matters?: readonly RequestMatter[];
  readonly controller?: ControllerId;
  readonly sealed?: Buffer | null;
};

const NAMED: Readonly<Record<string, string>> = { from: "author", proposalDueAt: "proposal_due_at" };

/** Of words that the caller has locked, or whose case it has. */
export async function updateWords(
  unit: Unit,
  { controller, id }: Pick<SupportWords, "controller" | "id">,
  change: WordsChange,
): Promise<void> {
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(change) as [string, unknown][]) {
    if (value === undefined) continue;
    if (name === "masked") columns["masked"] = JSON.stringify(value);
    else if (name === "matters") columns["matters"] = (value as readonly string[]).join(" ");
    else columns[NAMED[name] ?? name] = value;
  }
  if (Object.keys(columns).length > 0) await inUnit(unit)(WORDS).where({ controller, id }).update(columns);
}

/** Where nobody has said whether a right is asked for, the soonest due first. */
export async function openProposals(
  unit: Unit,
  scope: ControllerId | "all",
  { dueBefore, limit }: { readonly dueBefore: Instant; readonly limit: number },
): Promise<readonly SupportWords[]> {
  const query = inUnit(unit)<WordsRow>(WORDS).where({ proposal: "open" });
  if (scope !== "all") void query.where({ controller: scope });
  const rows = await query
    .where("proposal_due_at", "<", dueBefore)
    .orderBy("proposal_due_at")
    .orderBy("id")
    .limit(limit);
  return rows.map(wordsOf);
}

function storedOf(row: WordsRow): StoredWords {
  return { line: wordsOf(row), ...(row.sealed === null ? {} : { sealed: row.sealed }) };
}

function wordsOf(row: WordsRow): SupportWords {
  return {
    id: row.id as WordsId,
    controller: row.controller as ControllerId,
    case: row.case_id as CaseId,
    from: row.author as SupportWords["from"],
    receivedAt: instant(row.received_at),
    state: row.state as WordsState,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.clause === null ? {} : { clause: row.clause }),
    masked: jsonOf(row.masked) as Readonly<Record<string, number>>,
    files: row.files,
    proposal: row.proposal as ProposalState,
    matters: row.matters === "" ? [] : (row.matters.split(" ") as RequestMatter[]),
    ...(row.proposal_due_at === null ? {} : { proposalDueAt: instant(row.proposal_due_at) }),
    ...(row.inquiry === null ? {} : { inquiry: row.inquiry as InquiryId }),
  };
}
