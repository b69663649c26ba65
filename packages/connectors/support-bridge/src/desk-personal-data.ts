/**
 * What the desk keeps of persons as a store of personal data: conversations with their files, and the person's profile. It is found and
 * erased by the desk's own references alone: nobody's address is sent to ask. The receipt's delay is the agreement's. @clause DC, D12.2
 */
import {
  type ControllerId,
  type ErasurePlan,
  faultsOf,
  isFault,
  type Json,
  errors as kernelErrors,
  type PersonalDataSource,
  type RegisteredSource,
  type SubjectId,
  type SubjectTarget,
  type TableCount,
} from "@preau/kernel";
import { blockedOf, type CaseSourcePorts, type CaseSourceTerms } from "./case-personal-data.ts";
import { openReferences } from "./case-seal.ts";
import { lookAgainAtDesk } from "./desk-look-again.ts";
import type { DeskClient } from "./sources/source.ts";
import { casesOfSubjects, markCasesRestricted } from "./store/subject-cases.ts";

const DESK = "support.desk";
const [CONVERSATION, PROFILE] = ["desk.conversation", "desk.person"] as const;

const kernelFault = faultsOf(kernelErrors);

/** What leads to a person at the desk. Through JSON and back: it rests in the plan, sealed. */
interface DeskTrace {
  readonly subject: SubjectId;
  readonly conversations: readonly string[];
  readonly profiles: readonly string[];
}

export interface DeskTerms extends CaseSourceTerms {
  /** Hours within which it erases. */
  readonly hours: number | "unknown";
}

/** Both faces, for the hub to register. */
export function deskPersonalData(
  ports: CaseSourcePorts,
  client: DeskClient,
  terms: DeskTerms,
): RegisteredSource {
  return { source: deskSource(ports, client, terms), second: lookAgainAtDesk(client) };
}

function deskSource(
  ports: CaseSourcePorts,
  client: DeskClient,
  { category, purpose, hours }: DeskTerms,
): PersonalDataSource {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  const casesOf = (controller: ControllerId, subjects: readonly SubjectId[]) =>
    inUnit((unit) => casesOfSubjects(unit, controller, subjects));

  const requireFree = async (controller: ControllerId, subject: SubjectId): Promise<void> => {
    const cases = await casesOf(controller, [subject]);
    if (cases.some(({ line }) => line.restrictedAt !== undefined))
      throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: DESK, clause: "D10.1a" });
  };

  /** Of what the cases know, and of what the desk says who belongs to a conversation. */
  const tracesOf = async (
    controller: ControllerId,
    subjects: readonly SubjectId[],
    signal?: AbortSignal,
  ): Promise<readonly DeskTrace[]> => {
    const cases = await casesOf(controller, subjects);
    const traces: DeskTrace[] = [];
    for (const subject of subjects) {
      const conversations = new Set<string>();
      const profiles = new Set<string>();
      for (const { line, sealed } of cases) {
        if (line.subject !== subject || line.desk === "none" || line.desk === "gone") continue;
        const { conversation, person } = await openReferences(ports, line, sealed);
        if (conversation === undefined) continue;
        conversations.add(conversation);
        const profile = person ?? (await client.visitor(conversation, signal))?.person;
        if (profile !== undefined) profiles.add(profile);
      }
      if (conversations.size > 0)
        traces.push({ subject, conversations: [...conversations], profiles: [...profiles] });
    }
    return traces;
  };

  const countsOf = async (
    traces: readonly DeskTrace[],
    signal?: AbortSignal,
  ): Promise<readonly TableCount[]> => {
    let [conversations, profiles] = [0, 0];
    for (const trace of traces) {
      for (const id of trace.conversations)
        if (await mayBe(client.isConversationThere(id, signal))) conversations += 1;
      for (const id of trace.profiles) if (await mayBe(client.isPersonThere(id, signal))) profiles += 1;
    }
    return [tableOf(CONVERSATION, conversations), tableOf(PROFILE, profiles)];
  };

  return {
    describe: () => ({
      id: DESK,
      title: { en: "Support desk", fr: "Service d’assistance" },
      categories: [category],
      documentedDelayHours: hours,
      notCovered: [],
    }),

    plan: async ({ controller, ground, subjects, held = [], signal }): Promise<ErasurePlan> => {
      signal?.throwIfAborted();
      const ids = subjects.map(({ subject }) => subject);
      const cases = await casesOf(controller, ids);
      const blocked = blockedOf(cases, subjects, held);
      const out = new Set(blocked.map(({ subject }) => subject));
      const planned = ids.filter((subject) => !out.has(subject));
      const traces = await tracesOf(controller, planned, signal);
      return {
        ...{ source: DESK, controller, ground, subjects: planned, blocked, kept: [], notCovered: [] },
        tables: await countsOf(traces, signal),
        traces: {
          subjects: traces.map(({ subject, conversations, profiles }) => ({
            subject,
            references: [
              { kind: "desk.controller", value: controller },
              ...conversations.map((value) => ({ kind: CONVERSATION, value })),
              ...profiles.map((value) => ({ kind: PROFILE, value })),
            ],
            texts: [],
          })),
        },
        state: traces as unknown as Json,
      };
    },

    async *collect({ controller, subject: { subject }, signal }) {
      signal?.throwIfAborted();
      const about = { category, purpose };
      for (const { conversations, profiles } of await tracesOf(controller, [subject], signal)) {
        for (const conversation of conversations) {
          signal?.throwIfAborted();
          const visitor = await client.visitor(conversation, signal);
          if (visitor === undefined) continue;
          const { name = null, email = null, telephone = null } = visitor;
          yield { where: CONVERSATION, ...about, row: { conversation, name, email, telephone } };
        }
        for (const profile of profiles)
          if (await mayBe(client.isPersonThere(profile, signal)))
            yield { where: PROFILE, ...about, row: { profile } };
      }
    },

    async *erase({ controller, state }, { signal } = {}) {
      for (const [person, { subject, conversations, profiles }] of tracesIn(state).entries()) {
        signal?.throwIfAborted();
        await requireFree(controller, subject);
        for (const id of conversations) {
          const wasThere = await mayBe(client.isConversationThere(id, signal));
          if (wasThere) await client.eraseConversation(id, signal);
          if (wasThere) yield { ...tableOf(CONVERSATION, 1), cursor: { person } };
          signal?.throwIfAborted();
        }
        for (const id of profiles) {
          const wasThere = await mayBe(client.isPersonThere(id, signal));
          if (wasThere) await client.erasePerson(id, signal);
          if (wasThere) yield { ...tableOf(PROFILE, 1), cursor: { person } };
          signal?.throwIfAborted();
        }
      }
    },

    remaining: ({ state }) => countsOf(tracesIn(state)),

    rectify: ({ changes }) =>
      Promise.resolve({
        changed: 0,
        refused: changes.map(({ where, field }) => ({
          what: `${where}.${field}`,
          why: "a conversation at the desk is kept as it was held",
          remedy: "write the correction into the conversation at the desk",
        })),
      }),

    // One mark for the case and for what of it is at the desk: nobody answers there by the bridge either.
    restrict: async (controller, { subject }) => ({
      changed: await inUnit((unit) => markCasesRestricted(unit, controller, subject, ports.clock.now())),
      refused: [],
    }),
    lift: async (controller, { subject }) => ({
      changed: await inUnit((unit) => markCasesRestricted(unit, controller, subject, undefined)),
      refused: [],
    }),
    isRestricted: async (controller, { subject }: SubjectTarget) =>
      (await casesOf(controller, [subject])).some(({ line }) => line.restrictedAt !== undefined),
  };
}

/** A desk that answers no questions is asked to erase all the same. */
async function mayBe(answer: Promise<boolean>): Promise<boolean> {
  try {
    return await answer;
  } catch (error) {
    if (isFault(error, "SUPPORT_DESK_REFUSED")) return true;
    throw error;
  }
}

function tracesIn(state: ErasurePlan["state"]): readonly DeskTrace[] {
  return state as unknown as readonly DeskTrace[]; // `plan` wrote it
}

function tableOf(table: string, erased: number): TableCount {
  return { table, erased, anonymised: 0, kept: 0 };
}
