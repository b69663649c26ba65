/** Everything that this duty knows about one person, opened: requests, what was written, what was done. @clause D10.1a */
import type { ControllerId, JsonObject, PersonalRecord, SubjectId, Unit } from "@preau/kernel";
import { openInquiry, openPart } from "./inquiry-seal.ts";
import { inquiriesAbout, type RequestSourcePorts } from "./requests-personal-data.ts";
import { actionsOfSubjects, reviewsOfSubjects } from "./store/actions.ts";
import { readInquiry } from "./store/inquiries.ts";
import { listObjections } from "./store/objections.ts";
import { requestsAbout, requestsOfInquiry } from "./store/requests.ts";
import { listRestrictions } from "./store/restrictions.ts";

/** The agreement's words for what stands here. */
export const CATEGORY = "supportRequests";
const PURPOSE = "support";

export interface Collecting {
  readonly controller: ControllerId;
  readonly subject: SubjectId;
  readonly others: "keep" | "withhold";
}

/** Where others are withheld, a message or a request that somebody else stands in gives its facts and no word of the text. */
export async function collectRecords(
  unit: Unit,
  ports: Pick<RequestSourcePorts, "vault">,
  { controller, subject, others }: Collecting,
): Promise<readonly PersonalRecord[]> {
  const about = { category: CATEGORY, purpose: PURPOSE };
  const records: PersonalRecord[] = [];
  const add = (where: string, row: JsonObject, withheld: readonly string[] = []) =>
    records.push({ where, ...about, row, ...(withheld.length === 0 ? {} : { withheld }) });
  const requests = await requestsAbout(unit, controller, [subject]);
  for (const id of await inquiriesAbout(unit, controller, { subject, requests })) {
    const inquiry = await readInquiry(unit, id);
    if (inquiry === undefined) continue;
    const { concerns, ...written } = (await openInquiry(unit, ports, id)) ?? {};
    const isOwn = inquiry.controller === controller && inquiry.subject === subject;
    const several = (await requestsOfInquiry(unit, id)).some(
      (each) => each.subject !== subject || each.requester !== undefined || each.textHeld,
    );
    const texts = { ...written, ...concerns, concerns: concerns?.name };
    const { channel, receivedAt } = inquiry;
    const facts = { inquiry: id, channel, receivedAt };
    const closed = others === "withhold" && (several || concerns !== undefined);
    // Who wrote is the person, or somebody for them.
    const open = isOwn ? ["name", "address"] : [];
    add("dsr_inquiry", ...rowOf(facts, texts, closed ? open : undefined));
  }
  for (const request of requests) {
    const { id, matter, state, role, receivedAt, forwardedAt, answerDueAt, closedAt, outcome } = request;
    const part = (await openPart(unit, ports, request)) ?? {};
    const facts = {
      ...{ request: id, matter, state, role, receivedAt },
      ...{ forwardedAt: forwardedAt ?? null, answerDueAt: answerDueAt ?? null },
      ...{ closedAt: closedAt ?? null, outcome: outcome ?? null },
    };
    const foreign = request.subject !== subject || request.requester !== undefined;
    const closed = others === "withhold" && (foreign || request.textHeld || part.concerns !== undefined);
    add("dsr_request", ...rowOf(facts, { ...part }, closed ? [] : undefined));
  }
  for (const each of await actionsOfSubjects(unit, controller, [subject]))
    add("dsr_action", {
      ...{ action: each.id, request: each.request, matter: each.matter, instruction: each.instruction },
      ...{ begunAt: each.begunAt, state: each.state, verdict: each.verdict, endedAt: each.endedAt ?? null },
    });
  for (const each of await listRestrictions(unit, controller, { subjects: [subject] }))
    add("dsr_restriction", {
      ...{ restriction: each.id, since: each.since, liftedAt: each.lifted?.at ?? null },
      instruction: each.instruction,
    });
  for (const each of await listObjections(unit, controller, { subjects: [subject] }))
    add("dsr_objection", {
      ...{ objection: each.id, purpose: each.purpose, since: each.since, endedAt: each.endedAt ?? null },
      instruction: each.instruction,
    });
  for (const each of await reviewsOfSubjects(unit, controller, [subject]))
    add("dsr_review", { review: each.id, request: each.request, ...each.said, recordedAt: each.recordedAt });
  return records;
}

/** The row, and which of its texts were taken out. */
function rowOf(
  facts: JsonObject,
  texts: Readonly<Record<string, string | undefined>>,
  open: readonly string[] | undefined,
): [row: JsonObject, withheld: readonly string[]] {
  const withheld: string[] = [];
  const row: Record<string, JsonObject[string]> = { ...facts };
  for (const [column, text] of Object.entries(texts)) {
    if (text === undefined) continue;
    const isOpen = open === undefined || open.includes(column);
    row[column] = isOpen ? text : null;
    if (!isOpen) withheld.push(column);
  }
  return [row, withheld];
}
