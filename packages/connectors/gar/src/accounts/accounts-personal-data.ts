/**
 * Accounts of those who sign in as a store of personal data: opaque ids, keyed hashes and days. Erasing a person takes the
 * links away; what stays until the receipt is filed is a keyed hash beside product, role and year, for the yearly
 * certificate. @clause D10.1a, D12.2
 */
import {
  type ControllerId,
  type ErasurePlan,
  exportWords,
  faultsOf,
  errors as kernelErrors,
  type PersonalDataSource,
  type PlanRequest,
  type Rectification,
  type RegisteredSource,
  type SubjectId,
  type TableCount,
  type Unit,
} from "@preau/kernel";
import {
  ACCOUNT,
  accountsOfSubjects,
  changeRole,
  deleteAccounts,
  lockAccounts,
  setRestricted,
} from "../store/account-rows.ts";
import { deleteRelinks, relinksOfSubjects } from "../store/relink-rows.ts";
import { accountsLifecycle } from "./account-lifecycle.ts";
import type { AccountPorts } from "./account-ports.ts";
import { lookAgainAtAccounts } from "./accounts-look-again.ts";
import { noteDestructions } from "./note-destructions.ts";
import { recordWords } from "./record-words.ts";

export const STORE = "gar";
/** The agreement's words for what an account holds and is for. */
const CATEGORY = "connectionAndUsage";
const PURPOSE = "runPlatform";
const RELINK = "gar_relink";
/** Persons a transaction. */
const CHUNK = 200;
const LONGEST_ROLE = 64;

const kernelFault = faultsOf(kernelErrors);

export type AccountSourcePorts = Pick<AccountPorts, "clock" | "ids" | "unitOfWork" | "vault">;

/** The faces of the connector's own tables, for the hub to register. */
export function accountsPersonalData(ports: AccountSourcePorts): RegisteredSource {
  return {
    source: accountsSource(ports),
    second: lookAgainAtAccounts(ports),
    lifecycle: accountsLifecycle(ports),
    exports: exportWords(recordWords),
  };
}

function accountsSource(ports: AccountSourcePorts): PersonalDataSource {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  const isRestricted = (controller: ControllerId, subject: SubjectId) =>
    inUnit(async (unit) =>
      (await accountsOfSubjects(unit, controller, [subject])).some((row) => row.restricted_at !== null),
    );
  const mark = async (controller: ControllerId, subject: SubjectId, restricted: boolean) => {
    const since = restricted ? ports.clock.now() : null;
    const changed = await inUnit((unit) => setRestricted(unit, controller, subject, since));
    return { changed, refused: [] };
  };

  return {
    describe: () => ({
      id: STORE,
      title: { en: "Sign-in accounts", fr: "Comptes de connexion" },
      categories: [CATEGORY],
      documentedDelayHours: 0,
      notCovered: [],
    }),

    plan: async (request) => {
      request.signal?.throwIfAborted();
      return inUnit((unit) => planIn(unit, request));
    },

    async *collect({ controller, subject: { subject }, signal }) {
      signal?.throwIfAborted();
      const { accounts, relinks } = await inUnit(async (unit) => ({
        accounts: await accountsOfSubjects(unit, controller, [subject]),
        relinks: await relinksOfSubjects(unit, controller, [subject]),
      }));
      const about = { category: CATEGORY, purpose: PURPOSE };
      for (const { product, role, provider, school_year, first_at, last_at } of accounts) {
        const days = { schoolYear: school_year, firstAt: first_at, lastAt: last_at };
        yield { where: ACCOUNT, ...about, row: { product, role, provider, ...days } };
      }
      for (const { id, product, role, askedAt, expiresAt } of relinks)
        yield { where: RELINK, ...about, row: { product, role, askedAt, expiresAt, id } };
    },

    async *erase({ controller, subjects }, { signal } = {}) {
      for (let start = 0; start < subjects.length; start += CHUNK) {
        const chunk = subjects.slice(start, start + CHUNK);
        const cursor = { done: start + chunk.length };
        signal?.throwIfAborted();
        const asked = await inUnit(async (unit) => {
          await lockFree(unit, controller, chunk);
          return deleteRelinks(unit, controller, chunk);
        });
        yield { ...tableOf(RELINK, asked), cursor };
        signal?.throwIfAborted();
        const gone = await inUnit(async (unit) => {
          await noteDestructions(unit, ports, await lockFree(unit, controller, chunk));
          return deleteAccounts(unit, controller, chunk);
        });
        yield { ...tableOf(ACCOUNT, gone), cursor };
      }
    },

    remaining: ({ controller, subjects }) => inUnit((unit) => countIn(unit, controller, subjects)),
    rectify: (request) => inUnit((unit) => rectifyIn(unit, request)),
    restrict: (controller, { subject }) => mark(controller, subject, true),
    lift: (controller, { subject }) => mark(controller, subject, false),
    isRestricted: (controller, { subject }) => isRestricted(controller, subject),
  };
}

async function planIn(
  unit: Unit,
  { controller, ground, subjects, held = [] }: PlanRequest,
): Promise<ErasurePlan> {
  const asked = subjects.map(({ subject }) => subject);
  const rows = await accountsOfSubjects(unit, controller, asked);
  const restricted = new Set(rows.flatMap((row) => (row.restricted_at === null ? [] : [row.subject])));
  const clauses = new Map(held.map(({ subject, clause }) => [subject, clause]));
  const blocked = asked.flatMap((subject): ErasurePlan["blocked"] => {
    const clause = clauses.get(subject);
    if (clause !== undefined) return [{ subject, reason: "held", clause }];
    return restricted.has(subject) ? [{ subject, reason: "restricted", clause: "D10.1a" }] : [];
  });
  const out = new Set(blocked.map(({ subject }) => subject));
  const planned = subjects.filter(({ subject }) => !out.has(subject));
  return {
    source: STORE,
    controller,
    ground,
    subjects: planned.map(({ subject }) => subject),
    blocked,
    tables: await countIn(
      unit,
      controller,
      planned.map(({ subject }) => subject),
    ),
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

async function countIn(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly TableCount[]> {
  return [
    tableOf(RELINK, (await relinksOfSubjects(unit, controller, subjects)).length),
    tableOf(ACCOUNT, (await accountsOfSubjects(unit, controller, subjects)).length),
  ];
}

/** @throws SOURCE_SUBJECT_RESTRICTED for a plan that was made before the restriction */
async function lockFree(unit: Unit, controller: ControllerId, subjects: readonly SubjectId[]) {
  const rows = await lockAccounts(unit, controller, subjects);
  if (rows.some((row) => row.restricted_at !== null))
    throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: STORE, clause: "D10.1a" });
  return rows;
}

/** The role can be corrected, until the next sign-in tells it again; all the rest is counted, not written. */
async function rectifyIn(unit: Unit, { controller, subject, changes }: Rectification) {
  const refused: { what: string; why: string; remedy: string }[] = [];
  let changed = 0;
  for (const { where, field, value } of changes) {
    const isRole = where === ACCOUNT && field === "role" && typeof value === "string";
    const fits = isRole && value.trim() !== "" && value.length <= LONGEST_ROLE;
    const done = fits ? await changeRole(unit, controller, subject.subject, value) : 0;
    changed += done;
    if (done === 0)
      refused.push({
        what: `${where}.${field}`,
        why: "an account holds opaque ids and the days of sign-ins",
        remedy: "correct it where the person signs in from: the next sign-in brings it",
      });
  }
  return { changed, refused };
}

function tableOf(table: string, erased: number): TableCount {
  return { table, erased, anonymised: 0, kept: 0 };
}
