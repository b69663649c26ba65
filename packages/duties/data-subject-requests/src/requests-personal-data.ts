/**
 * The rights desk as a store of personal data: what a person asked for, what was written, what was done on it. Erasing takes the
 * person out: that a request was made, what was done on it and on which instruction stays as a fact about nobody; what was
 * written goes, with its key.
 * @clause D10.1a, D12.2
 */
import {
  type ControllerId,
  type ErasurePlan,
  exportWords,
  faultsOf,
  type InquiryId,
  errors as kernelErrors,
  type PersonalDataSource,
  type PlanRequest,
  type RegisteredSource,
  type SubjectId,
  type SubjectTarget,
  type TableCount,
  type Unit,
} from "@preau/kernel";
import type { IntakePorts } from "./desk-ports.ts";
import { inquiryScope } from "./inquiry-seal.ts";
import { recordWords } from "./record-words.ts";
import type { Request } from "./request.ts";
import { lookAgainAtRequests } from "./requests-look-again.ts";
import { CATEGORY, collectRecords } from "./requests-personal-collect.ts";
import { eraseSubject } from "./requests-personal-erase.ts";
import { rectifyInquiry } from "./requests-personal-rectify.ts";
import { textWork } from "./requests-personal-text.ts";
import { actionsOfSubjects } from "./store/actions.ts";
import { inquiriesOfSubjects } from "./store/inquiries.ts";
import { countFacts, factTables, mark, markedOf, sealedInquiries, unmark } from "./store/person-rows.ts";
import { inquiriesOfRequest, requestsAbout } from "./store/requests.ts";
import { isRestrictedNow } from "./store/restrictions.ts";

const STORE = "data-subject-requests";
const kernelFault = faultsOf(kernelErrors);

export type RequestSourcePorts = Pick<IntakePorts, "clock" | "journal" | "unitOfWork" | "vault">;

/** The faces of the desk's own tables, for the hub to register. */
export function requestsPersonalData(ports: RequestSourcePorts): RegisteredSource {
  return {
    source: requestsSource(ports),
    second: lookAgainAtRequests(ports),
    exports: exportWords(recordWords),
  };
}

function requestsSource(ports: RequestSourcePorts): PersonalDataSource {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  const isRestricted = (controller: ControllerId, subject: SubjectId) =>
    inUnit(async (unit) => (await markedOf(unit, controller, [subject])).size > 0);

  return {
    describe: () => ({
      id: STORE,
      title: { en: "Requests of data subjects", fr: "Demandes des personnes concernées" },
      categories: [CATEGORY],
      documentedDelayHours: 0,
      notCovered: [],
    }),

    plan: async (request) => {
      request.signal?.throwIfAborted();
      return inUnit((unit) => planIn(unit, ports, request));
    },

    async *collect({ controller, subject: { subject }, others = "keep", signal }) {
      signal?.throwIfAborted();
      const records = await inUnit((unit) => collectRecords(unit, ports, { controller, subject, others }));
      for (const record of records) {
        signal?.throwIfAborted();
        yield record;
      }
    },

    async *erase({ controller, state }, { signal } = {}) {
      for (const target of targetsIn(state))
        for await (const step of eraseSubject(ports, { controller, target }, (unit) =>
          requireFree(unit, controller, target.subject),
        )) {
          yield step;
          signal?.throwIfAborted();
        }
    },

    remaining: ({ controller, state }) =>
      inUnit(async (unit) => tablesOf(await countAll(unit, ports, controller, targetsIn(state)))),

    rectify: (request) => inUnit((unit) => rectifyInquiry(unit, ports, request)),

    restrict: async (controller, { subject }) => {
      const changed = await inUnit(async (unit) =>
        (await holds(unit, controller, subject))
          ? mark(unit, controller, { subject, since: ports.clock.now() })
          : 0,
      );
      return { changed, refused: [] };
    },
    lift: async (controller, { subject }) => ({
      changed: await inUnit((unit) => unmark(unit, controller, subject)),
      refused: [],
    }),
    isRestricted: (controller, { subject }) => isRestricted(controller, subject),
  };
}

async function planIn(
  unit: Unit,
  ports: RequestSourcePorts,
  { controller, ground, subjects, held = [] }: PlanRequest,
): Promise<ErasurePlan> {
  const clauses = new Map(held.map(({ subject, clause }) => [subject, clause]));
  const blocked: ErasurePlan["blocked"][number][] = [];
  for (const { subject } of subjects) {
    const clause = clauses.get(subject);
    if (clause !== undefined) blocked.push({ subject, reason: "held", clause });
    else if (await isKept(unit, controller, subject))
      blocked.push({ subject, reason: "restricted", clause: "D10.1a" });
  }
  const out = new Set(blocked.map(({ subject }) => subject));
  const planned = subjects.filter(({ subject }) => !out.has(subject));
  return {
    source: STORE,
    controller,
    ground,
    subjects: planned.map(({ subject }) => subject),
    blocked,
    tables: tablesOf(await countAll(unit, ports, controller, planned)),
    kept: [],
    notCovered: [],
    traces: {
      subjects: planned.map(({ subject, identifiers }) => ({
        subject,
        references: [{ kind: "preau.subject", value: subject }],
        texts: identifiers,
      })),
    },
    state: planned.map(({ subject, identifiers }) => ({
      subject,
      identifiers: identifiers.map(({ kind, value }) => ({ kind, value })),
    })),
  };
}

function targetsIn(state: ErasurePlan["state"]): readonly SubjectTarget[] {
  return state as unknown as readonly SubjectTarget[]; // planIn wrote it
}

/** By this store's mark, or by a restriction whose job has not come here yet. */
async function isKept(unit: Unit, controller: ControllerId, subject: SubjectId): Promise<boolean> {
  if ((await markedOf(unit, controller, [subject])).size > 0) return true;
  return isRestrictedNow(unit, controller, subject);
}

/** @throws SOURCE_SUBJECT_RESTRICTED for a plan that was made before the restriction */
async function requireFree(unit: Unit, controller: ControllerId, subject: SubjectId): Promise<void> {
  if (await isKept(unit, controller, subject))
    throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: STORE, clause: "D10.1a" });
}

async function holds(unit: Unit, controller: ControllerId, subject: SubjectId): Promise<boolean> {
  const subjects = [subject];
  if ((await requestsAbout(unit, controller, subjects)).length > 0) return true;
  if ((await inquiriesOfSubjects(unit, controller, subjects)).length > 0) return true;
  if ((await actionsOfSubjects(unit, controller, subjects)).length > 0) return true;
  for (const table of factTables)
    if ((await countFacts(unit, table, { controller, subjects })) > 0) return true;
  return false;
}

/** Messages that the person wrote, or that a request about them or by them came out of. */
export async function inquiriesAbout(
  unit: Unit,
  controller: ControllerId,
  { subject, requests }: { readonly subject: SubjectId; readonly requests: readonly Request[] },
): Promise<readonly InquiryId[]> {
  const ids = new Set((await inquiriesOfSubjects(unit, controller, [subject])).map(({ id }) => id));
  for (const request of requests) for (const id of await inquiriesOfRequest(unit, request)) ids.add(id);
  return [...ids].sort();
}

interface Counts {
  readonly inquiries: number;
  readonly requests: number;
  readonly actions: number;
  readonly facts: readonly (readonly [string, number])[];
}

async function countAll(
  unit: Unit,
  ports: RequestSourcePorts,
  controller: ControllerId,
  targets: readonly SubjectTarget[],
): Promise<Counts> {
  const inquiries = new Set<string>();
  const touched = new Set<string>();
  for (const target of targets) {
    const requests = await requestsAbout(unit, controller, [target.subject]);
    for (const { id } of requests) touched.add(id);
    const own = new Set((await inquiriesOfSubjects(unit, controller, [target.subject])).map(({ id }) => id));
    const ids = await inquiriesAbout(unit, controller, { subject: target.subject, requests });
    const sealed = await sealedInquiries(unit, ids);
    for (const id of ids) {
      const work = sealed.has(id) ? await textWork(unit, ports, { controller, target }, id) : undefined;
      if (own.has(id) || work?.ends === true || work?.rest !== undefined) inquiries.add(id);
      for (const { request } of work?.parts ?? []) touched.add(request.id);
    }
  }
  const subjects = targets.map(({ subject }) => subject);
  const facts: (readonly [string, number])[] = [];
  for (const table of factTables)
    facts.push([table, await countFacts(unit, table, { controller, subjects })]);
  return {
    ...{ inquiries: inquiries.size, requests: touched.size, facts },
    actions: (await actionsOfSubjects(unit, controller, subjects)).length,
  };
}

function tablesOf({ inquiries, requests, actions, facts }: Counts): readonly TableCount[] {
  return [
    tableOf("dsr_inquiry", inquiries),
    tableOf("dsr_request", requests),
    tableOf("dsr_action", actions),
    ...facts.map(([table, rows]) => tableOf(table, rows)),
  ];
}

function tableOf(table: string, anonymised: number): TableCount {
  return { table, erased: 0, anonymised, kept: 0 };
}

/** The key of a message that nobody needs any more. Twice is once. */
export async function destroyInquiryKey(
  { vault }: Pick<RequestSourcePorts, "vault">,
  id: InquiryId,
): Promise<void> {
  if ((await vault.destruction(inquiryScope(id))) === undefined) await vault.destroy(inquiryScope(id));
}
