/**
 * Sessions as a store of personal data: opaque ids and lists, for some hours. Erasing a person ends its sessions.
 * @clause D10.1a, D12.2
 */
import type { Database } from "@preau/database";
import type {
  ActionResult,
  ControllerId,
  ErasurePlan,
  PersonalDataSource,
  RegisteredSource,
  SubjectId,
  SubjectTarget,
  TableCount,
} from "@preau/kernel";
import { lookAgainAtSessions } from "./look-again.ts";
import {
  removeSessionsOfSubject,
  type SubjectSession,
  sessionsOfSubject,
} from "./store/sessions-of-subject.ts";

export interface WebPersonalDataOptions {
  readonly database: Database;
  /** The agreement's words for what a session holds; `connectionAndUsage` and `runPlatform` by default. */
  readonly category?: string;
  readonly purpose?: string;
}

const ID = "web.sessions";

/** Both faces over this package's own tables, for the hub to register. */
export function webPersonalData(options: WebPersonalDataOptions): RegisteredSource {
  return { source: sessionsSource(options), second: lookAgainAtSessions(options.database) };
}

function sessionsSource(options: WebPersonalDataOptions): PersonalDataSource {
  const { database, category = "connectionAndUsage", purpose = "runPlatform" } = options;
  const sessionsOf = (controller: ControllerId, subject: SubjectId) =>
    sessionsOfSubject(database, controller, subject);

  const count = async (controller: ControllerId, subjects: readonly SubjectId[]) => {
    let counts: readonly TableCount[] = [];
    for (const subject of subjects) {
      counts = [...counts, ...countsOf(await sessionsOf(controller, subject))];
    }
    return summed(counts);
  };

  return {
    describe: () => ({
      id: ID,
      title: { en: "Sessions of this service", fr: "Sessions de ce service" },
      categories: [category],
      documentedDelayHours: 0,
      notCovered: [],
    }),

    plan: async ({ controller, subjects, ground, held = [], signal }) => {
      signal?.throwIfAborted();
      const clauses = new Map(held.map((each) => [each.subject, each.clause]));
      const blocked = subjects.flatMap(({ subject }) => {
        const clause = clauses.get(subject);
        return clause === undefined ? [] : [{ subject, reason: "held" as const, clause }];
      });
      const planned = subjects.filter(({ subject }) => !clauses.has(subject));
      const traces = [];
      for (const target of planned)
        traces.push(traceOf(target, await sessionsOf(controller, target.subject)));
      return {
        source: ID,
        controller,
        ground,
        subjects: planned.map(({ subject }) => subject),
        blocked,
        tables: await count(
          controller,
          planned.map(({ subject }) => subject),
        ),
        kept: [],
        notCovered: [],
        traces: { subjects: traces },
        state: {},
      };
    },

    async *collect({ controller, subject, signal }) {
      signal?.throwIfAborted();
      for (const { id, data, startedAt, seenAt, expiresAt } of await sessionsOf(
        controller,
        subject.subject,
      )) {
        signal?.throwIfAborted();
        const row = { id, startedAt, seenAt, expiresAt, data: JSON.stringify(data) };
        yield { where: "web_session", category, purpose, row };
      }
    },

    async *erase(plan, { signal } = {}) {
      for (const subject of plan.subjects) {
        signal?.throwIfAborted();
        const { sessions, keys } = await removeSessionsOfSubject(database, plan.controller, subject);
        const cursor = { done: subject };
        if (keys > 0) yield { table: "web_session_key", erased: keys, anonymised: 0, kept: 0, cursor };
        yield { table: "web_session", erased: sessions, anonymised: 0, kept: 0, cursor };
      }
    },

    remaining: (plan: ErasurePlan) => count(plan.controller, plan.subjects),
    rectify: async ({ changes }) => ({ changed: 0, refused: changes.map(({ where }) => notHere(where)) }),
    restrict: async () => ({ changed: 0, refused: [notHere("web_session")] }),
    lift: async (): Promise<ActionResult> => ({ changed: 0, refused: [] }),
  };
}

/** A session is read at every request and gone within hours: there is nothing to correct and nothing to keep unused. */
function notHere(what: string) {
  return {
    what,
    why: "a session holds opaque ids for some hours",
    remedy: "end the session; correct or restrict the data where it is kept",
  };
}

function countsOf(sessions: readonly SubjectSession[]): readonly TableCount[] {
  const keys = sessions.reduce((sum, session) => sum + session.keys, 0);
  return [
    { table: "web_session", erased: sessions.length, anonymised: 0, kept: 0 },
    { table: "web_session_key", erased: keys, anonymised: 0, kept: 0 },
  ];
}

function summed(counts: readonly TableCount[]): readonly TableCount[] {
  return ["web_session", "web_session_key"].map((table) => ({
    table,
    erased: counts.reduce((sum, each) => sum + (each.table === table ? each.erased : 0), 0),
    anonymised: 0,
    kept: 0,
  }));
}

function traceOf({ subject, identifiers }: SubjectTarget, sessions: readonly SubjectSession[]) {
  const references = [
    { kind: "preau.subject", value: subject },
    ...sessions.map(({ id }) => ({ kind: "web.session", value: id })),
  ];
  return { subject, references, texts: identifiers };
}
