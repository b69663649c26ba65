/**
 * Takes one person out of this duty's rows, in small units, in an order in which each step can be done again: messages first, while
 * requests still say which are theirs. @clause D12.2
 */
import type { ErasureStep, Unit } from "@preau/kernel";
import type { KeyScope } from "@preau/keys";
import { erasedHash, waitsForReceipt } from "./erasure-of-request.ts";
import { thingScope } from "./inquiry-seal.ts";
import { destroyValues } from "./rectification.ts";
import { destroyInquiryKey, inquiriesAbout, type RequestSourcePorts } from "./requests-personal-data.ts";
import { type Erased, type TextWork, textWork, writeTextWork } from "./requests-personal-text.ts";
import {
  actionsOfSubjects,
  correctionsOf,
  dropCorrectionsOf,
  forgetActedOn,
  forgetReviewed,
  judgeCorrection,
  updateAction,
} from "./store/actions.ts";
import { inquiriesOfSubjects, lockInquiry, updateInquiry } from "./store/inquiries.ts";
import { forgetObjector } from "./store/objections.ts";
import {
  countFacts,
  factTables,
  forgetInaccuracies,
  forgetInquirer,
  forgetInRequest,
  inaccuraciesOf,
  sealedInquiries,
} from "./store/person-rows.ts";
import { requestsAbout } from "./store/requests.ts";
import { forgetRestricted } from "./store/restrictions.ts";

/** @throws what `free` throws: whoever is restricted meanwhile is not erased */
export async function* eraseSubject(
  ports: RequestSourcePorts,
  erased: Erased,
  free: (unit: Unit) => Promise<void>,
): AsyncGenerator<ErasureStep> {
  yield* eraseTexts(ports, erased, free);
  yield* eraseRequests(ports, erased, free);
  yield* eraseActions(ports, erased, free);
  yield* eraseFacts(ports, erased, free);
}

type Free = (unit: Unit) => Promise<void>;

async function* eraseTexts(
  ports: RequestSourcePorts,
  erased: Erased,
  free: Free,
): AsyncGenerator<ErasureStep> {
  const { controller, target } = erased;
  const { subject } = target;
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  const ids = await inUnit(async (unit) =>
    inquiriesAbout(unit, controller, {
      subject,
      requests: await requestsAbout(unit, controller, [subject]),
    }),
  );
  for (const id of ids) {
    const done = await inUnit(async (unit) => {
      await free(unit);
      await lockInquiry(unit, id);
      const isSealed = (await sealedInquiries(unit, [id])).has(id);
      const work = isSealed ? await textWork(unit, ports, erased, id) : undefined;
      if (work !== undefined) await writeTextWork(unit, ports, work);
      const isOwn = (await inquiriesOfSubjects(unit, controller, [subject])).some((each) => each.id === id);
      // One whose key is still to go keeps its writer until then: a run that dies finds it again.
      if (isOwn && work?.ends !== true) await forgetInquirer(unit, id, { controller, subject });
      return { work, isOwn };
    });
    const { work, isOwn } = done;
    // Parts of others out of the same message, in rows that are theirs.
    const others = work?.parts.filter(({ request }) => request.requester !== subject).length ?? 0;
    if (others > 0) yield stepOf("dsr_request", others, id);
    if (work?.ends === true) await endText(ports, erased, work, free);
    if (isOwn || work?.ends === true || work?.rest !== undefined) yield stepOf("dsr_inquiry", 1, id);
  }
}

/** Key first, then the row says so. */
async function endText(
  ports: RequestSourcePorts,
  { controller, target }: Erased,
  { id }: TextWork,
  free: Free,
): Promise<void> {
  await destroyInquiryKey(ports, id);
  await ports.unitOfWork.transaction(async (unit) => {
    await free(unit);
    const inquiry = await lockInquiry(unit, id);
    const at = ports.clock.now();
    // Nobody can say any more whose it was or what it asked.
    const waits = inquiry?.state === "new" || inquiry?.state === "unknownController";
    await updateInquiry(unit, id, {
      ...{ textGoneAt: at, sealed: null, addressHash: null },
      ...(waits ? { state: "closed", closedAt: at } : {}),
    });
    await forgetInquirer(unit, id, { controller, subject: target.subject });
  });
}

async function* eraseRequests(
  ports: RequestSourcePorts,
  { controller, target: { subject } }: Erased,
  free: Free,
): AsyncGenerator<ErasureStep> {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  for (const request of await inUnit((unit) => requestsAbout(unit, controller, [subject]))) {
    if (request.subject === subject) {
      await inUnit(free);
      await destroyKey(ports, thingScope(request));
    }
    await inUnit(async (unit) => {
      await free(unit);
      if (request.requester === subject) await forgetInRequest(unit, request, { column: "requester" });
      if (request.subject === subject)
        await forgetInRequest(unit, request, { column: "subject", at: ports.clock.now() });
    });
    yield stepOf("dsr_request", 1, request.id);
  }
}

async function destroyKey({ vault }: Pick<RequestSourcePorts, "vault">, scope: KeyScope): Promise<void> {
  if ((await vault.destruction(scope)) === undefined) await vault.destroy(scope);
}

async function* eraseActions(
  ports: RequestSourcePorts,
  { controller, target: { subject } }: Erased,
  free: Free,
): AsyncGenerator<ErasureStep> {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  const actions = await inUnit((unit) => actionsOfSubjects(unit, controller, [subject]));
  if (actions.length === 0) return;
  await inUnit(free);
  for (const action of actions) if (action.matter === "rectification") await destroyValues(ports, action);
  const rows = await inUnit(async (unit) => {
    await free(unit);
    for (const action of actions) {
      for (const { id, verdict } of await correctionsOf(unit, action))
        if (verdict === "PENDING")
          await judgeCorrection(unit, action, { id, verdict: "UNKNOWN", why: "ERASED" });
      if (waitsForReceipt(action))
        await updateAction(unit, action, { subjectHash: await erasedHash(ports, controller, subject) });
      // An erasure waits for its receipt; everything else has nobody left.
      const isOpen = action.state === "waiting" || action.state === "running";
      if (isOpen && action.matter !== "erasure")
        await updateAction(unit, action, {
          ...{ state: "ended", verdict: "UNKNOWN", why: "ERASED", endedAt: ports.clock.now() },
        });
    }
    await dropCorrectionsOf(
      unit,
      controller,
      actions.map(({ id }) => id),
    );
    return forgetActedOn(unit, controller, subject);
  });
  yield stepOf("dsr_action", rows, actions.at(-1)?.id ?? "");
}

async function* eraseFacts(
  ports: RequestSourcePorts,
  { controller, target: { subject } }: Erased,
  free: Free,
): AsyncGenerator<ErasureStep> {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  for (const id of await inUnit((unit) => inaccuraciesOf(unit, controller, subject))) {
    await inUnit(free);
    await destroyKey(ports, thingScope({ controller, id }));
  }
  for (const table of factTables) {
    const rows = await inUnit(async (unit) => {
      await free(unit);
      const count = await countFacts(unit, table, { controller, subjects: [subject] });
      if (table === "dsr_inaccuracy")
        await forgetInaccuracies(unit, controller, { subject, at: ports.clock.now() });
      else if (table === "dsr_restriction") await forgetRestricted(unit, controller, subject);
      else if (table === "dsr_objection") await forgetObjector(unit, controller, subject);
      else await forgetReviewed(unit, controller, subject);
      return count;
    });
    if (rows > 0) yield stepOf(table, rows, table);
  }
}

function stepOf(table: string, anonymised: number, at: string): ErasureStep {
  return { table, erased: 0, anonymised, kept: 0, cursor: { at } };
}
