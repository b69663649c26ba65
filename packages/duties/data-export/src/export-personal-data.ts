/**
 * Exports as a store of personal data: a package is a copy of a person. Erasing destroys the packages made about that
 * person and takes the person out of the orders. Packages of whole projects and databases that were made before may hold
 * the person too: they are the controller's, nobody can take one person out of them, and they go by their time, which the
 * receipt says (kept until).
 * @clause D10.1a, D12.2
 */
import {
  type ActionResult,
  addMillis,
  type ControllerId,
  type ErasurePlan,
  faultsOf,
  type Instant,
  errors as kernelErrors,
  type PersonalDataSource,
  type Rectification,
  type RegisteredSource,
  type SubjectId,
  type TableCount,
  type Unit,
} from "@preau/kernel";
import { removeExport } from "./destroy-exports.ts";
import { lookAgainAtExports } from "./export-look-again.ts";
import { type ExportOrder, liveStates, subjectOf } from "./export-order.ts";
import { endsFrom } from "./export-periods.ts";
import type { ExportPorts } from "./export-ports.ts";
import { tellProgress } from "./export-progress.ts";
import type { ExportOptions } from "./options.ts";
import { livePackagesOfMany, lockOrder, updateOrder } from "./store/orders.ts";
import { forgetSubject, markRestricted, ordersAbout, writeReference } from "./store/subject-orders.ts";

const ID = "exports";
const CATEGORY = "connectionAndUsage";
const PURPOSE = "traceability";
const PACKAGES = "packages";

const kernelFault = faultsOf(kernelErrors);

/** Both faces, for the hub to register. */
export function exportPersonalData(ports: ExportPorts, options: ExportOptions): RegisteredSource {
  return { source: exportSource(ports, options), second: lookAgainAtExports(ports, options) };
}

function exportSource(ports: ExportPorts, options: ExportOptions): PersonalDataSource {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  const about = (controller: ControllerId, subjects: readonly SubjectId[]) =>
    inUnit((unit) => ordersAbout(unit, controller, subjects));

  return {
    describe: () => ({
      id: ID,
      title: { en: "Exports and their packages", fr: "Exports et leurs paquets" },
      categories: [CATEGORY],
      documentedDelayHours: 0,
      notCovered: [],
    }),

    plan: async ({ controller, subjects, ground, held = [], signal }) => {
      signal?.throwIfAborted();
      const holds = new Map(held.map(({ subject, clause }) => [subject, clause]));
      const ids = subjects.map(({ subject }) => subject);
      return inUnit(async (unit): Promise<ErasurePlan> => {
        const orders = await ordersAbout(unit, controller, ids);
        const restricted = new Set(orders.filter((each) => each.restricted).map(subjectOf));
        const blocked = ids.flatMap((subject): ErasurePlan["blocked"] => {
          const clause = holds.get(subject);
          if (clause !== undefined) return [{ subject, reason: "held", clause }];
          return restricted.has(subject) ? [{ subject, reason: "restricted", clause: "D10.1a" }] : [];
        });
        const planned = subjects.filter(({ subject }) => !blocked.some((each) => each.subject === subject));
        const free = new Set(planned.map(({ subject }) => subject));
        const rows = orders.filter((each) => free.has(subjectOf(each) ?? "sub_nobody")).length;
        const packages = planned.length === 0 ? undefined : await packagesOfMany(unit, ports, controller);
        return {
          source: ID,
          controller,
          ground,
          subjects: [...free],
          blocked,
          tables: tablesOf(rows, packages?.rows ?? 0),
          kept: packages === undefined ? [] : [packages],
          notCovered: [],
          traces: {
            subjects: planned.map(({ subject, identifiers }) => ({
              subject,
              references: [{ kind: "preau.subject", value: subject }],
              texts: identifiers,
            })),
          },
          state: { packages: packages?.rows ?? 0 },
        };
      });
    },

    async *collect({ controller, subject: { subject }, signal }) {
      signal?.throwIfAborted();
      for (const order of await about(controller, [subject])) {
        signal?.throwIfAborted();
        yield { where: "exp_order", category: CATEGORY, purpose: PURPOSE, row: rowOf(order) };
      }
    },

    async *erase({ controller, subjects }, { signal } = {}) {
      for (const order of await about(controller, subjects)) {
        signal?.throwIfAborted();
        if (order.restricted) throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: ID, clause: "D10.1a" });
        await endAtOnce(ports, order);
        await removeExport(ports, options, order);
        await inUnit((unit) => forgetSubject(unit, order));
        yield { table: "exp_order", erased: 0, anonymised: 1, kept: 0, cursor: { order: order.id } };
      }
    },

    remaining: async ({ controller, subjects, state }) => {
      const { length } = await about(controller, subjects);
      return tablesOf(length, packagesIn(state));
    },

    rectify: (request) => inUnit((unit) => rectify(unit, request)),

    restrict: async (controller, { subject }): Promise<ActionResult> => ({
      changed: await inUnit((unit) => markRestricted(unit, controller, subject, true)),
      refused: [],
    }),
    lift: async (controller, { subject }): Promise<ActionResult> => ({
      changed: await inUnit((unit) => markRestricted(unit, controller, subject, false)),
      refused: [],
    }),
    isRestricted: async (controller, { subject }) =>
      (await about(controller, [subject])).some(({ restricted }) => restricted),
  };
}

/** A worker that makes it is told by the state; a link finds nothing from here on. */
async function endAtOnce(ports: ExportPorts, { controller, id }: ExportOrder): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const order = await lockOrder(unit, controller, id);
    if (order === undefined || !(liveStates as readonly string[]).includes(order.state)) return;
    const state = order.state === "ready" || order.state === "fetched" ? "destroyed" : "cancelled";
    await updateOrder(unit, order, { state, link: null, claim: null, passphrase: null });
    if (order.state !== "fetched") await tellProgress(unit, ports, order, "cancelled");
  });
}

/** What nobody can take one person out of, and the day by which the last of it is gone. */
async function packagesOfMany(unit: Unit, ports: ExportPorts, controller: ControllerId) {
  const packages = await livePackagesOfMany(unit, controller);
  if (packages.length === 0) return undefined;
  const ends = packages.flatMap(({ destroyBy }) => (destroyBy === undefined ? [] : [destroyBy]));
  if (ends.length < packages.length) {
    const { destroyBy } = await endsFrom(unit, ports, controller, addMillis(ports.clock.now(), 86_400_000));
    ends.push(destroyBy);
  }
  const until = ends.reduce<Instant | undefined>(
    (last, each) => (last === undefined || each > last ? each : last),
    undefined,
  );
  return {
    where: PACKAGES,
    rows: packages.length,
    reason: "made for the controller before this erasure; encrypted, and destroyed by that day",
    clause: "D10.1a",
    ...(until === undefined ? {} : { until }),
  };
}

async function rectify(
  unit: Unit,
  { controller, subject: { subject }, changes }: Rectification,
): Promise<ActionResult> {
  let changed = 0;
  const refused = [];
  for (const { where, field, value } of changes) {
    const fits =
      where === "exp_order" && field === "reference" && typeof value === "string" && value.length <= 200;
    const rows = fits ? await writeReference(unit, controller, subject, value) : 0;
    changed += rows;
    if (rows === 0)
      refused.push({
        what: `${where}.${field}`,
        why: "an order holds opaque ids, and the reference of an instruction",
        remedy: "correct the data where it is kept",
      });
  }
  return { changed, refused };
}

function rowOf({
  id,
  what,
  orderedAt,
  orderedBy,
  reference,
  state,
  madeAt,
  fetchedAt,
  destroyBy,
  overAt,
}: ExportOrder) {
  return {
    order: id,
    kind: what.kind,
    orderedAt,
    orderedBy,
    reference: reference ?? null,
    state,
    madeAt: madeAt ?? null,
    fetchedAt: fetchedAt ?? null,
    destroyBy: destroyBy ?? null,
    overAt: overAt ?? null,
  };
}

function packagesIn(state: ErasurePlan["state"]): number {
  if (state === null || typeof state !== "object" || !("packages" in state)) return 0;
  return typeof state["packages"] === "number" ? state["packages"] : 0;
}

function tablesOf(anonymised: number, kept: number): readonly TableCount[] {
  return [
    { table: "exp_order", erased: 0, anonymised, kept: 0 },
    { table: PACKAGES, erased: 0, anonymised: 0, kept },
  ];
}
