/**
 * Purges and holds as a store of personal data: opaque ids alone. It is also where a hold acts: whoever is held is
 * blocked here, and whom one store blocks, no store erases. A hold that no law requires blocks periods alone, and was
 * weighed against the ceiling when its purge acted: a contract's end, an instruction and the 24 hours of a deleted account
 * go before it (decision 0008). Towards D6.2c, D12.2
 */
import type {
  ActionResult,
  ControllerId,
  ErasurePlan,
  Ground,
  KeptRows,
  PersonalDataSource,
  RegisteredSource,
  SubjectId,
  TableCount,
  Unit,
} from "@preau/kernel";
import { type Hold, isInForce } from "./hold.ts";
import { lookAgainAtRetention } from "./retention-look-again.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { listHolds, readHold } from "./store/holds.ts";
import {
  countSubjectRows,
  forgetSubjects,
  heldBeside,
  orderedSubjects,
  rowsOfSubject,
  type SubjectTable,
} from "./store/subject-rows.ts";

const ID = "retention";
const CATEGORY = "connectionAndUsage";
const PURPOSE = "traceability";
const HOLD_CLAUSE = "D6.2c";
const BATCH = 200;

type SourcePorts = Pick<RetentionPorts, "clock" | "contracts" | "sources" | "unitOfWork">;

/** Both faces, for the hub to register. */
export function retentionPersonalData(ports: SourcePorts): RegisteredSource {
  return { source: retentionSource(ports), second: lookAgainAtRetention(ports) };
}

function retentionSource(ports: SourcePorts): PersonalDataSource {
  const count = (controller: ControllerId, subjects: readonly SubjectId[]) =>
    ports.unitOfWork.transaction(async (unit) =>
      tablesOf(await countSubjectRows(unit, controller, subjects)),
    );

  return {
    describe: () => ({
      id: ID,
      title: { en: "Purges and holds", fr: "Purges et conservations" },
      categories: [CATEGORY],
      documentedDelayHours: 0,
      notCovered: [],
    }),

    plan: async ({ controller, subjects, ground, held = [], signal }) => {
      signal?.throwIfAborted();
      const ids = subjects.map(({ subject }) => subject);
      return ports.unitOfWork.transaction(async (unit): Promise<ErasurePlan> => {
        const holdOf = await holdsOver(unit, ports, { controller, ground }, ids);
        const others = new Map(held.map((each) => [each.subject, each.clause]));
        const blocked = ids.flatMap((subject) => {
          const clause = others.get(subject) ?? (holdOf(subject) === undefined ? undefined : HOLD_CLAUSE);
          return clause === undefined ? [] : [{ subject, reason: "held" as const, clause }];
        });
        const out = new Set(blocked.map(({ subject }) => subject));
        const planned = ids.filter((subject) => !out.has(subject));
        return {
          source: ID,
          controller,
          ground,
          subjects: planned,
          blocked,
          tables: tablesOf(await countSubjectRows(unit, controller, planned)),
          kept: await keptBeside(unit, controller, planned),
          notCovered: [],
          traces: {
            subjects: planned.map((subject) => ({
              subject,
              references: [{ kind: "preau.subject", value: subject }],
              texts: [],
            })),
          },
          state: {},
        };
      });
    },

    async *collect({ controller, subject, signal }) {
      signal?.throwIfAborted();
      const rows = await ports.unitOfWork.transaction((unit) =>
        rowsOfSubject(unit, controller, subject.subject),
      );
      for (const { where, row } of rows) yield { where, category: CATEGORY, purpose: PURPOSE, row };
    },

    async *erase(plan, { signal } = {}) {
      for (let at = 0; at < plan.subjects.length; at += BATCH) {
        signal?.throwIfAborted();
        const some = plan.subjects.slice(at, at + BATCH);
        const counts = await ports.unitOfWork.transaction((unit) =>
          forgetSubjects(unit, plan.controller, some),
        );
        for (const table of tablesOf(counts)) yield { ...table, cursor: { done: at + some.length } };
      }
    },

    remaining: (plan: ErasurePlan) => count(plan.controller, plan.subjects),
    rectify: async ({ changes }) => ({ changed: 0, refused: changes.map(({ where }) => notHere(where)) }),
    restrict: async (): Promise<ActionResult> => ({ changed: 0, refused: [] }),
    lift: async (): Promise<ActionResult> => ({ changed: 0, refused: [] }),
  };
}

/** Which hold keeps a person from being erased now; undefined for who may go. */
async function holdsOver(
  unit: Unit,
  ports: SourcePorts,
  { controller, ground }: { readonly controller: ControllerId; readonly ground: Ground },
  subjects: readonly SubjectId[],
): Promise<(subject: SubjectId) => Hold | undefined> {
  const standing = await listHolds(unit, controller, "standing");
  if (standing.length === 0) return () => undefined;
  const place = await ports.contracts.placeOf(unit, controller);
  const now = ports.clock.now();
  const holds = standing.filter((hold) => isInForce(hold, now, place));
  const judged = await orderedSubjects(unit, controller, subjects);
  const categories = new Set(
    [...ports.sources.values()].flatMap(({ source }) => categoriesOf(source, controller)),
  );
  const concerns = (hold: Hold, subject: SubjectId): boolean => {
    if (hold.covers === "person") return hold.subject === subject;
    return hold.covers === "controller" || categories.has(hold.category ?? "");
  };
  const blocks = ({ lawful }: Hold, subject: SubjectId) =>
    lawful || (ground === "retention" && !judged.has(subject));
  return (subject) => holds.find((hold) => blocks(hold, subject) && concerns(hold, subject));
}

function categoriesOf(source: PersonalDataSource, controller: ControllerId): readonly string[] {
  const described = source.describe();
  if (described.id === ID) return [];
  return described.controller === undefined || described.controller === controller
    ? described.categories
    : [];
}

/** Whom the same purge left out for a hold: kept, with the reason, on the receipt of those who went. Towards D6.2c. */
async function keptBeside(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly KeptRows[]> {
  const kept: KeptRows[] = [];
  for (const { hold: id, persons } of await heldBeside(unit, controller, subjects)) {
    const hold = await readHold(unit, controller, id as Hold["id"]);
    if (hold === undefined) continue;
    const { basis, lawful, until } = hold;
    kept.push({
      where: "persons held",
      rows: persons,
      reason: `${lawful ? "hold required by law" : "hold"}: ${basis}`,
      clause: HOLD_CLAUSE,
      ...(until === undefined ? {} : { until }),
    });
  }
  return kept;
}

function tablesOf(counts: Readonly<Record<SubjectTable, number>>): readonly TableCount[] {
  return [
    { table: "ret_purge_person", erased: counts.ret_purge_person, anonymised: 0, kept: 0 },
    { table: "ret_hold", erased: 0, anonymised: counts.ret_hold, kept: 0 },
  ];
}

function notHere(what: string) {
  return {
    what,
    why: "it holds opaque ids, and days that are reckoned anew from the store",
    remedy: "correct the data where it is kept",
  };
}
