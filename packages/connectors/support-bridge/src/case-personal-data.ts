/**
 * What the bridge itself keeps of persons as a store of personal data: cases and their words under keys of their own, and the keyed
 * words by which somebody is known whom the desk must not have. Erasing takes keys and rows away. @clause D10.1a, D12.2
 */
import {
  type ControllerId,
  type ErasurePlan,
  faultsOf,
  errors as kernelErrors,
  type PersonalDataSource,
  type PlanRequest,
  type RegisteredSource,
  type SubjectId,
  type SubjectTarget,
  type TableCount,
  type Unit,
} from "@preau/kernel";
import { sayingOf } from "./answer-case.ts";
import { lookAgainAtCases } from "./case-look-again.ts";
import { collectCases } from "./case-personal-collect.ts";
import { keysOf } from "./case-seal.ts";
import { accountOwner, type KnownOwner } from "./known-owner.ts";
import type { SupportBridgeOptions } from "./options.ts";
import { CASE, lockCase } from "./store/cases.ts";
import { EVENT } from "./store/events.ts";
import { countKnownWords, dropKnownWords, KNOWN_WORD } from "./store/known-words.ts";
import {
  casesOfSubjects,
  countWordsOf,
  deleteCase,
  deleteWordsOf,
  markCasesRestricted,
} from "./store/subject-cases.ts";
import { WORDS, wordsOfCase } from "./store/words.ts";
import type { SupportCase } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";
import { dropEvents, waitingEventsOf } from "./waiting-events.ts";

const CASES = "support.cases";

const kernelFault = faultsOf(kernelErrors);

export type CaseSourcePorts = Pick<SupportPorts, "clock" | "jobs" | "support" | "unitOfWork" | "vault">;
export type CaseSourceTerms = Pick<SupportBridgeOptions, "category" | "purpose">;

/** Both faces, for the hub to register. */
export function casePersonalData(ports: CaseSourcePorts, terms: CaseSourceTerms): RegisteredSource {
  return { source: caseSource(ports, terms), second: lookAgainAtCases(ports) };
}

function caseSource(ports: CaseSourcePorts, terms: CaseSourceTerms): PersonalDataSource {
  const { clock, unitOfWork } = ports;
  const inUnit = unitOfWork.transaction.bind(unitOfWork);
  const casesOf = (controller: ControllerId, subjects: readonly SubjectId[]) =>
    inUnit((unit) => casesOfSubjects(unit, controller, subjects));

  return {
    describe: () => ({
      id: CASES,
      title: { en: "Cases of the support", fr: "Dossiers de l’assistance" },
      categories: [terms.category],
      documentedDelayHours: 0,
      notCovered: [],
    }),

    plan: async (request) => {
      request.signal?.throwIfAborted();
      return planIn(ports, request);
    },

    async *collect(request) {
      request.signal?.throwIfAborted();
      const owners = await ownersOf(ports, request.controller, [request.subject]);
      for (const record of await inUnit((unit) => collectCases(unit, ports, terms, { ...request, owners }))) {
        request.signal?.throwIfAborted();
        yield record;
      }
    },

    async *erase({ controller, state }, { signal } = {}) {
      for (const target of targetsIn(state)) {
        // While the keys still stand that say which conversations are theirs.
        const cases = await casesOf(controller, [target.subject]);
        if (cases.some(({ line }) => line.restrictedAt !== undefined)) throw restricted();
        const waiting = await waitingEventsOf(ports, controller, [target.subject]);
        const dropped = await inUnit((unit) => dropEvents(unit, ports, waiting));
        if (dropped > 0) yield { ...tableOf(EVENT, dropped), cursor: { subject: target.subject } };
        for (const { line } of await casesOf(controller, [target.subject])) {
          signal?.throwIfAborted();
          await destroyKeys(ports, line);
          const words = await inUnit(async (unit) => {
            await requireFree(unit, line);
            return deleteWordsOf(unit, line);
          });
          if (words > 0) yield { ...tableOf(WORDS, words), cursor: { case: line.id } };
          signal?.throwIfAborted();
          const erased = await inUnit(async (unit) => {
            await requireFree(unit, line);
            return deleteCase(unit, line);
          });
          if (erased > 0) yield { ...tableOf(CASE, erased), cursor: { case: line.id } };
        }
        signal?.throwIfAborted();
        const owners = await ownersOf(ports, controller, [target]);
        const known = await inUnit((unit) => dropKnownWords(unit, controller, owners));
        if (known > 0) yield { ...tableOf(KNOWN_WORD, known), cursor: { subject: target.subject } };
      }
    },

    remaining: ({ controller, state }) => countAll(ports, controller, targetsIn(state)),

    rectify: ({ changes }) =>
      Promise.resolve({
        changed: 0,
        refused: changes.map(({ where, field }) => ({
          what: `${where}.${field}`,
          why: "a message is kept as it was received, masked",
          remedy: "write the correction into the case, and correct the data where it is kept",
        })),
      }),

    restrict: async (controller, { subject }) => ({
      changed: await inUnit((unit) => markCasesRestricted(unit, controller, subject, clock.now())),
      refused: [],
    }),
    lift: async (controller, { subject }) => ({
      changed: await inUnit(async (unit) => {
        const changed = await markCasesRestricted(unit, controller, subject, undefined);
        // Answers that waited may leave again.
        if (changed > 0)
          for (const { line } of await casesOfSubjects(unit, controller, [subject]))
            for (const { line: words } of await wordsOfCase(unit, line))
              if (words.state === "queued") await ports.jobs.enqueue(unit, sayingOf(words));
        return changed;
      }),
      refused: [],
    }),
    isRestricted: async (controller, { subject }) =>
      (await casesOf(controller, [subject])).some(({ line }) => line.restrictedAt !== undefined),
  };
}

async function planIn(
  ports: CaseSourcePorts,
  { controller, ground, subjects, held = [] }: PlanRequest,
): Promise<ErasurePlan> {
  const cases = await ports.unitOfWork.transaction((unit) =>
    casesOfSubjects(
      unit,
      controller,
      subjects.map(({ subject }) => subject),
    ),
  );
  const blocked = blockedOf(cases, subjects, held);
  const out = new Set(blocked.map(({ subject }) => subject));
  const planned = subjects.filter(({ subject }) => !out.has(subject));
  const atDesk = cases.filter(
    ({ line: { desk, subject } }) =>
      desk !== "none" && desk !== "gone" && planned.some((each) => each.subject === subject),
  ).length;
  return {
    ...{ source: CASES, controller, ground, blocked },
    subjects: planned.map(({ subject }) => subject),
    tables: await countAll(ports, controller, planned),
    kept: [],
    // With a client the desk is a store of its own.
    notCovered:
      ports.support.client !== undefined || atDesk === 0
        ? []
        : [
            {
              what: `${atDesk} conversation(s) at the support desk`,
              why: "the desk's API is not set up here",
              remedy: "erase them at the desk before this erasure, or set up the API in preau.yaml",
            },
          ],
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

/** Held by law, or restricted. */
export function blockedOf(
  cases: readonly { readonly line: SupportCase }[],
  subjects: readonly SubjectTarget[],
  held: NonNullable<PlanRequest["held"]>,
): ErasurePlan["blocked"] {
  const clauses = new Map(held.map(({ subject, clause }) => [subject, clause]));
  const restricted = new Set(
    cases.flatMap(({ line }) => (line.restrictedAt === undefined ? [] : [line.subject])),
  );
  return subjects.flatMap(({ subject }): ErasurePlan["blocked"] => {
    const clause = clauses.get(subject);
    if (clause !== undefined) return [{ subject, reason: "held", clause }];
    return restricted.has(subject) ? [{ subject, reason: "restricted", clause: "D10.1a" }] : [];
  });
}

function targetsIn(state: ErasurePlan["state"]): readonly SubjectTarget[] {
  return state as unknown as readonly SubjectTarget[]; // planIn wrote it
}

/** The person, and the accounts that they have: a survey may have known them by these alone. */
async function ownersOf(
  { vault }: CaseSourcePorts,
  controller: ControllerId,
  targets: readonly SubjectTarget[],
): Promise<readonly KnownOwner[]> {
  const owners = new Set<KnownOwner>();
  for (const { subject, identifiers } of targets) {
    owners.add(subject);
    for (const identifier of identifiers) owners.add(await accountOwner(vault, controller, identifier));
  }
  return [...owners];
}

async function countAll(
  ports: CaseSourcePorts,
  controller: ControllerId,
  targets: readonly SubjectTarget[],
): Promise<readonly TableCount[]> {
  const owners = await ownersOf(ports, controller, targets);
  const subjects = targets.map(({ subject }) => subject);
  const waiting = await waitingEventsOf(ports, controller, subjects);
  return ports.unitOfWork.transaction(async (unit) => {
    const cases = (await casesOfSubjects(unit, controller, subjects)).map(({ line }) => line);
    return [
      tableOf(EVENT, waiting.length),
      tableOf(WORDS, await countWordsOf(unit, controller, cases)),
      tableOf(CASE, cases.length),
      tableOf(KNOWN_WORD, await countKnownWords(unit, controller, owners)),
    ];
  });
}

/** Keys first: whatever stops the run then, the words are gone. @throws SOURCE_SUBJECT_RESTRICTED */
async function destroyKeys({ unitOfWork, vault }: CaseSourcePorts, line: SupportCase): Promise<void> {
  const scopes = await unitOfWork.transaction(async (unit) => {
    await requireFree(unit, line);
    const words = await wordsOfCase(unit, line);
    return [line, ...words.map(({ line: each }) => each)].flatMap(keysOf);
  });
  await vault.destroy(scopes);
}

async function requireFree(unit: Unit, { controller, id }: SupportCase): Promise<void> {
  const found = await lockCase(unit, controller, id);
  if (found?.line.restrictedAt !== undefined) throw restricted();
}

function restricted() {
  return kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: CASES, clause: "D10.1a" });
}

function tableOf(table: string, erased: number): TableCount {
  return { table, erased, anonymised: 0, kept: 0 };
}
