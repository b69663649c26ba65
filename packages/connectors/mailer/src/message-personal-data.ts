/**
 * Messages about data subjects as a store of personal data: the line of the log, and under the person's own key what was
 * written, until it is destroyed. Erasing takes both away; what waits to leave does not leave. @clause D10.1a, D12.2
 */
import {
  type ActionResult,
  type ControllerId,
  canonicalJson,
  type ErasurePlan,
  faultsOf,
  errors as kernelErrors,
  type PersonalDataSource,
  type PlanRequest,
  type Rectification,
  type RegisteredSource,
  type SubjectId,
  type SubjectTarget,
  type TableCount,
  type Unit,
} from "@preau/kernel";
import { readMailAddress } from "./mail-address.ts";
import { DELIVER } from "./make-mailer.ts";
import { lookAgainAtMessages } from "./message-look-again.ts";
import { carriedBefore } from "./provider-gaps.ts";
import { openMessage, resealMessage, type SealedPart } from "./seal-message.ts";
import type { SourcePorts } from "./source-ports.ts";
import { MESSAGE } from "./store/messages.ts";
import {
  countCarried,
  deleteMessage,
  lockedMessages,
  markRestricted,
  messagesAbout,
  type SubjectMessage,
  writeSealed,
} from "./store/subject-messages.ts";
import { markSuppressedRestricted, SUPPRESSED } from "./store/suppressed.ts";
import {
  eraseSuppressed,
  forgetHooks,
  suppressedOf,
  suppressedTable,
  targetsOf,
} from "./suppressed-personal-data.ts";
import type { TransportName } from "./transports/transport.ts";

const ID = "mailer.log";
/** The agreement's words for what a line of the log is and is for. */
const CATEGORY = "connectionAndUsage";
const PURPOSE = "traceability";

const kernelFault = faultsOf(kernelErrors);

/** Both faces, for the hub to register; the transports whose accounts are stores of their own. */
export function messagePersonalData(
  ports: SourcePorts,
  covered: readonly TransportName[] = [],
): RegisteredSource {
  return { source: messageSource(ports, covered), second: lookAgainAtMessages(ports) };
}

function messageSource(ports: SourcePorts, covered: readonly TransportName[]): PersonalDataSource {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  const about = (controller: ControllerId, subjects: readonly SubjectId[]) =>
    inUnit((unit) => messagesAbout(unit, controller, subjects));
  const onTheList = (controller: ControllerId, targets: readonly SubjectTarget[]) =>
    inUnit((unit) => suppressedOf(unit, ports, controller, targets));

  return {
    describe: () => ({
      id: ID,
      title: { en: "Log of messages", fr: "Registre des messages" },
      categories: [CATEGORY],
      documentedDelayHours: 0,
      notCovered: [],
    }),

    plan: async (request) => {
      request.signal?.throwIfAborted();
      const plan = await inUnit((unit) => planIn(unit, ports, request));
      if (covered.includes("brevo")) return plan;
      // A provider that carried before is no store any more; what it has is there all the same.
      const { controller, subjects } = plan;
      const before = await inUnit((unit) => countCarried(unit, controller, { subjects, transport: "brevo" }));
      return { ...plan, notCovered: carriedBefore(before) };
    },

    async *collect({ controller, subject, others, signal }) {
      signal?.throwIfAborted();
      for (const message of await about(controller, [subject.subject])) {
        signal?.throwIfAborted();
        const part = message.sealed && (await openMessage(ports.vault, message.line, message.sealed));
        const { row, withheld } = rowOf(message, part ?? undefined, subject, others === "withhold");
        yield {
          where: MESSAGE,
          category: CATEGORY,
          purpose: PURPOSE,
          row,
          ...(withheld.length === 0 ? {} : { withheld }),
        };
      }
      for (const row of await onTheList(controller, [subject])) {
        const { id, kind, strikes, since, keep_until: until } = row;
        const about = { category: CATEGORY, purpose: PURPOSE };
        yield { where: SUPPRESSED, ...about, row: { id, kind, strikes, since, until } };
      }
    },

    async *erase(plan, { signal } = {}) {
      const { controller, subjects } = plan;
      const targets = targetsOf(plan);
      for (const { line } of await about(controller, subjects)) {
        signal?.throwIfAborted();
        const erased = await inUnit(async (unit) => {
          const [locked] = await lockedMessages(unit, controller, [line.id]);
          if (locked?.line.restrictedAt !== undefined)
            throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: ID, clause: "D10.1a" });
          return deleteMessage(unit, controller, line.id);
        });
        if (erased > 0) yield { ...tableOf(erased), cursor: { message: line.id } };
      }
      for (const { id } of await onTheList(controller, targets)) {
        signal?.throwIfAborted();
        const erased = await inUnit((unit) => eraseSuppressed(unit, { controller, id, store: ID }));
        if (erased > 0) yield { ...suppressedTable(erased), cursor: { suppressed: id } };
      }
      await inUnit((unit) => forgetHooks(unit, ports, controller, targets));
    },

    remaining: async (plan) => [
      tableOf((await about(plan.controller, plan.subjects)).length),
      suppressedTable((await onTheList(plan.controller, targetsOf(plan))).length),
    ],
    rectify: (request) => inUnit((unit) => rectifyIn(unit, ports, request)),
    restrict: async (controller, target): Promise<ActionResult> => {
      const since = ports.clock.now();
      const changed = await inUnit(async (unit) => {
        const ids = (await suppressedOf(unit, ports, controller, [target])).map(({ id }) => id);
        const entries = await markSuppressedRestricted(unit, controller, ids, since);
        return entries + (await markRestricted(unit, controller, target.subject, since));
      });
      return { changed, refused: [] };
    },
    lift: (controller, target) => inUnit((unit) => liftIn(unit, ports, controller, target)),
    isRestricted: async (controller, target) =>
      (await about(controller, [target.subject])).some(({ line }) => line.restrictedAt !== undefined) ||
      (await onTheList(controller, [target])).some((row) => row.restricted_at !== null),
  };
}

async function planIn(
  unit: Unit,
  ports: SourcePorts,
  { controller, ground, subjects, held = [] }: PlanRequest,
): Promise<ErasurePlan> {
  const ids = subjects.map(({ subject }) => subject);
  const messages = await messagesAbout(unit, controller, ids);
  const restricted = new Set(
    messages.flatMap(({ line }) => (line.restrictedAt === undefined ? [] : [line.subject])),
  );
  for (const target of subjects)
    for (const row of await suppressedOf(unit, ports, controller, [target]))
      if (row.restricted_at !== null) restricted.add(target.subject);
  const clauses = new Map(held.map(({ subject, clause }) => [subject, clause]));
  const blocked = ids.flatMap((subject): ErasurePlan["blocked"] => {
    const clause = clauses.get(subject);
    if (clause !== undefined) return [{ subject, reason: "held", clause }];
    return restricted.has(subject) ? [{ subject, reason: "restricted", clause: "D10.1a" }] : [];
  });
  const out = new Set(blocked.map(({ subject }) => subject));
  const planned = subjects.filter(({ subject }) => !out.has(subject));
  const free = new Set(planned.map(({ subject }) => subject));
  return {
    source: ID,
    controller,
    ground,
    subjects: [...free],
    blocked,
    tables: [
      tableOf(messages.filter(({ line }) => line.subject !== undefined && free.has(line.subject)).length),
      suppressedTable((await suppressedOf(unit, ports, controller, planned)).length),
    ],
    kept: [],
    notCovered: [],
    traces: {
      subjects: planned.map(({ subject, identifiers }) => ({
        subject,
        references: [{ kind: "preau.subject", value: subject }],
        texts: identifiers,
      })),
    },
    state: null,
  };
}

/** A message about a person may have gone to another one, a guardian: then whose address it is, and what was written, is theirs too. */
function rowOf(
  { line }: SubjectMessage,
  part: SealedPart | undefined,
  { identifiers }: SubjectTarget,
  withhold: boolean,
) {
  const { id, template, language, state, queuedAt, settledAt } = line;
  const row = { id, template, language, state, queuedAt, settledAt: settledAt ?? null };
  if (part === undefined) return { row, withheld: [] };
  const written = {
    address: part.to.address,
    name: part.to.name ?? null,
    variables: canonicalJson(part.variables),
  };
  const isOwn = identifiers.some(({ value }) => value === part.to.address);
  if (!withhold || isOwn) return { row: { ...row, ...written }, withheld: [] };
  return {
    row: { ...row, address: "…", name: "…", variables: "…" },
    withheld: Object.keys(written),
  };
}

/** The address or the name that a message goes to, as long as it stands. */
async function rectifyIn(
  unit: Unit,
  { vault }: SourcePorts,
  { controller, subject: { subject }, changes }: Rectification,
): Promise<ActionResult> {
  const refused: { what: string; why: string; remedy: string }[] = [];
  let changed = 0;
  for (const { where, field, value } of changes) {
    const before = changed;
    if (where === MESSAGE && (field === "address" || field === "name") && typeof value === "string")
      for (const { line, sealed } of await messagesAbout(unit, controller, [subject])) {
        const part = sealed && (await openMessage(vault, line, sealed));
        if (part == null || !fits(field, value)) continue;
        const corrected = { ...part, to: { ...part.to, [field]: value } };
        await writeSealed(unit, controller, line.id, await resealMessage(vault, line, corrected));
        changed += 1;
      }
    if (changed === before)
      refused.push({
        what: `${where}.${field}`,
        why: "a line of the log, or a text that is destroyed already",
        remedy: "correct the data where it is kept",
      });
  }
  return { changed, refused };
}

function fits(field: "address" | "name", value: string): boolean {
  return field === "name" ? value.length <= 120 : readMailAddress({ address: value }) !== undefined;
}

/** What waited may leave again. */
async function liftIn(
  unit: Unit,
  ports: SourcePorts,
  controller: ControllerId,
  target: SubjectTarget,
): Promise<ActionResult> {
  const { subject } = target;
  const waiting = (await messagesAbout(unit, controller, [subject])).filter(
    ({ line }) => line.restrictedAt !== undefined && line.state === "queued",
  );
  const ids = (await suppressedOf(unit, ports, controller, [target])).map(({ id }) => id);
  const entries = await markSuppressedRestricted(unit, controller, ids, null);
  const changed = entries + (await markRestricted(unit, controller, subject, null));
  for (const { line } of waiting)
    await ports.jobs.enqueue(unit, {
      ...{ name: DELIVER, controller, payload: { message: line.id }, key: line.id },
      priority: line.priority,
    });
  return { changed, refused: [] };
}

function tableOf(erased: number): TableCount {
  return { table: MESSAGE, erased, anonymised: 0, kept: 0 };
}
