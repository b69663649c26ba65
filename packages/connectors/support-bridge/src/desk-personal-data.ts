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
import { NOT_GIVEN, unknownProfiles } from "./desk-gaps.ts";
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
  /** Conversations that are away, without the desk having said whose profile belongs to them. */
  readonly unknown: number;
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
    asked: Pick<DeskClient, "visitor"> = client,
  ): Promise<readonly DeskTrace[]> => {
    const cases = await casesOf(controller, subjects);
    const traces: DeskTrace[] = [];
    for (const subject of subjects) {
      const conversations = new Set<string>();
      const profiles = new Set<string>();
      let unknown = 0;
      for (const { line, sealed } of cases) {
        if (line.subject !== subject || line.desk === "none") continue;
        const { conversation, person } = await openReferences(ports, line, sealed);
        // A profile may have stayed for the sake of another conversation.
        if (person !== undefined) profiles.add(person);
        if (conversation === undefined || line.desk === "gone") continue;
        conversations.add(conversation);
        if (person !== undefined) continue;
        const visitor = await asked.visitor(conversation, signal);
        if (visitor === undefined) unknown += 1;
        else if (visitor.person !== undefined) profiles.add(visitor.person);
      }
      if (conversations.size + profiles.size > 0)
        traces.push({ subject, conversations: [...conversations], profiles: [...profiles], unknown });
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

  const found = async (controller: ControllerId, subjects: readonly SubjectId[], signal?: AbortSignal) => {
    const traces = await tracesOf(controller, subjects, signal);
    return { traces, tables: await countsOf(traces, signal) };
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
      const { traces, tables } = await found(controller, planned, signal).catch(async (error: unknown) => {
        // A desk that does not answer now keeps nobody from being erased elsewhere: the run itself asks again, and fails alone.
        if (!isFault(error, "SUPPORT_DESK_DEFERRED") && !isFault(error, "SUPPORT_WALL")) throw error;
        return unasked(await tracesOf(controller, planned, signal, SILENT));
      });
      const unknown = traces.reduce((sum, trace) => sum + trace.unknown, 0);
      return {
        ...{ source: DESK, controller, ground, subjects: planned, blocked, kept: [], tables },
        notCovered: unknownProfiles(unknown),
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
          yield {
            where: CONVERSATION,
            ...about,
            row: { conversation, name, email, telephone, notGiven: [...NOT_GIVEN.conversation] },
          };
        }
        for (const profile of profiles)
          if (await mayBe(client.isPersonThere(profile, signal)))
            yield { where: PROFILE, ...about, row: { profile, notGiven: [...NOT_GIVEN.person] } };
      }
    },

    async *erase({ controller, state }, { signal } = {}) {
      for (const [person, { subject, conversations, profiles: named, unknown }] of tracesIn(
        state,
      ).entries()) {
        signal?.throwIfAborted();
        await requireFree(controller, subject);
        const profiles = new Set(named);
        for (const id of conversations) {
          // What leads to the profile goes with the conversation.
          const late = unknown > 0 ? (await client.visitor(id, signal))?.person : undefined;
          if (late !== undefined) profiles.add(late);
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

/** In the place of a desk that does not answer: nobody is known of it. */
const SILENT: Pick<DeskClient, "visitor"> = { visitor: () => Promise.resolve(undefined) };

/** As our own tables have it. */
function unasked(
  traces: readonly DeskTrace[],
): Pick<ErasurePlan, "tables"> & { readonly traces: typeof traces } {
  const sum = (many: (trace: DeskTrace) => number) => traces.reduce((all, trace) => all + many(trace), 0);
  return {
    traces,
    tables: [
      tableOf(
        CONVERSATION,
        sum(({ conversations }) => conversations.length),
      ),
      tableOf(
        PROFILE,
        sum(({ profiles }) => profiles.length),
      ),
    ],
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
