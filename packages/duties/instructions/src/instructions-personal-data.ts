/**
 * The ledger as a store of personal data: whom an instruction is about, and what a reference says beyond its number. Erasing
 * takes the person out; the instruction itself stays as evidence, and from then on reaches nobody.
 * @clause D10.1a, D12.2
 */
import {
  type ActionResult,
  type ErasurePlan,
  faultsOf,
  errors as kernelErrors,
  type NotCovered,
  type PersonalDataSource,
  type Rectification,
  type RegisteredSource,
  type SubjectId,
  type TableCount,
  type Unit,
  type UnitOfWork,
  type Writing,
} from "@preau/kernel";
import type { Instruction } from "./instruction.ts";
import { lookAgainAtInstructions } from "./instructions-look-again.ts";
import { isRestricted, noteRestriction } from "./store/flag-rows.ts";
import { forgetSubject, instructionsAbout, restrictedAmong, rewriteWriting } from "./store/subject-rows.ts";

const ID = "instructions";
const CATEGORY = "connectionAndUsage";
const PURPOSE = "traceability";
const TABLE = "ins_instruction";

const kernelFault = faultsOf(kernelErrors);

/** Both faces, for the hub to register. */
export function instructionsPersonalData(ports: { readonly unitOfWork: UnitOfWork }): RegisteredSource {
  return { source: instructionsSource(ports), second: lookAgainAtInstructions(ports) };
}

function instructionsSource({ unitOfWork }: { readonly unitOfWork: UnitOfWork }): PersonalDataSource {
  const inUnit = unitOfWork.transaction.bind(unitOfWork);
  return {
    describe: () => ({
      id: ID,
      title: { en: "The ledger of instructions", fr: "Le registre des instructions" },
      categories: [CATEGORY],
      documentedDelayHours: 0,
      restriction: "follows",
      notCovered: [],
    }),

    plan: async ({ controller, subjects, ground, held = [], signal }) => {
      signal?.throwIfAborted();
      const holds = new Map(held.map(({ subject, clause }) => [subject, clause]));
      const ids = subjects.map(({ subject }) => subject);
      return inUnit(async (unit): Promise<ErasurePlan> => {
        const restricted = await restrictedAmong(unit, controller, ids);
        const blocked = ids.flatMap((subject): ErasurePlan["blocked"] => {
          const clause = holds.get(subject);
          if (clause !== undefined) return [{ subject, reason: "held", clause }];
          return restricted.has(subject) ? [{ subject, reason: "restricted", clause: "D10.1a" }] : [];
        });
        const planned = subjects.filter(({ subject }) => !blocked.some((each) => each.subject === subject));
        const free = planned.map(({ subject }) => subject);
        return {
          ...{ source: ID, controller, ground, subjects: free, blocked },
          tables: tablesOf((await instructionsAbout(unit, controller, free)).length),
          ...{ kept: [], notCovered: [] },
          traces: {
            subjects: planned.map(({ subject, identifiers }) => ({
              subject,
              references: [{ kind: "preau.subject", value: subject }],
              texts: identifiers,
            })),
          },
          state: {},
        };
      });
    },

    async *collect({ controller, subject: { subject }, signal }) {
      signal?.throwIfAborted();
      for (const each of await inUnit((unit) => instructionsAbout(unit, controller, [subject]))) {
        signal?.throwIfAborted();
        yield { where: TABLE, category: CATEGORY, purpose: PURPOSE, row: rowOf(each) };
      }
    },

    async *erase({ controller, subjects, traces }, { signal } = {}) {
      const texts = new Map(
        traces.subjects.map((each) => [each.subject, each.texts.map(({ value }) => value)]),
      );
      for (const each of await inUnit((unit) => instructionsAbout(unit, controller, subjects))) {
        signal?.throwIfAborted();
        const subject = each.scope.subject as SubjectId;
        const names = texts.get(subject) ?? [];
        await inUnit(async (unit) => {
          if (await isRestricted(unit, controller, subject))
            throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: ID, clause: "D10.1a" });
          await forgetSubject(unit, each, {
            writing: unnamed(each.writing, names),
            revocation: unnamed(each.revoked?.writing, names),
          });
        });
        yield { table: TABLE, erased: 0, anonymised: 1, kept: 0, cursor: { instruction: each.id } };
      }
    },

    remaining: ({ controller, subjects }) =>
      inUnit(async (unit) => tablesOf((await instructionsAbout(unit, controller, subjects)).length)),

    rectify: (request) => inUnit((unit) => rectify(unit, request)),

    restrict: (controller, { subject }) => restrict({ controller, subject }, true),
    lift: (controller, { subject }) => restrict({ controller, subject }, false),
    isRestricted: (controller, { subject }) => inUnit((unit) => isRestricted(unit, controller, subject)),
  };

  function restrict(of: Parameters<typeof noteRestriction>[1], restricted: boolean): Promise<ActionResult> {
    return inUnit(async (unit) => {
      const changes = (await isRestricted(unit, of.controller, of.subject)) !== restricted;
      if (changes) await noteRestriction(unit, of, restricted);
      const about = await instructionsAbout(unit, of.controller, [of.subject]);
      return { changed: changes ? about.length : 0, refused: [] };
    });
  }
}

/** A reference that names the person loses its words, and keeps the hash by which the writing is known. */
function unnamed(writing: Writing | undefined, names: readonly string[]): Writing | undefined {
  if (writing === undefined) return undefined;
  const folded = fold(writing.reference);
  const isNamed = names.some((name) => name.trim().length > 1 && folded.includes(fold(name)));
  return isNamed ? { ...writing, reference: "–" } : undefined;
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** The reference alone: everything else is opaque, or the controller's own word. */
async function rectify(
  unit: Unit,
  { controller, subject: { subject }, changes }: Rectification,
): Promise<ActionResult> {
  let changed = 0;
  const refused: NotCovered[] = [];
  const about = await instructionsAbout(unit, controller, [subject]);
  for (const { where, field, value } of changes) {
    const fits = where === TABLE && field === "reference" && typeof value === "string";
    const written = about.filter(({ writing }) => writing !== undefined);
    if (!fits || value.trim() === "" || value.length > 200 || written.length === 0) {
      refused.push({
        what: `${where}.${field}`,
        why: "an instruction holds opaque ids, and the reference of a writing",
        remedy: "correct the data where it is kept",
      });
      continue;
    }
    for (const each of written)
      await rewriteWriting(unit, each, { writing: each.writing && { ...each.writing, reference: value } });
    changed += written.length;
  }
  return { changed, refused };
}

function rowOf({ id, kind, clause, recordedAt, givenBy, writing, startsAt, endsAt, revoked }: Instruction) {
  return {
    ...{ instruction: id, kind, clause, recordedAt, givenBy, startsAt },
    ...{ endsAt: endsAt ?? null, revokedAt: revoked?.at ?? null },
    ...{ means: writing?.means ?? "page", receivedAt: writing?.receivedAt ?? recordedAt },
    reference: writing?.reference ?? null,
  };
}

function tablesOf(anonymised: number): readonly TableCount[] {
  return [{ table: TABLE, erased: 0, anonymised, kept: 0 }];
}
