/** What the journal keeps of exports: orders and destructions as evidence, downloads as activity. Opaque ids alone. */
import type { ActorRole, JsonObject, Unit } from "@preau/kernel";
import type { ExportOrder, ExportWhat } from "./export-order.ts";
import { subjectOf } from "./export-order.ts";
import type { ExportActor } from "./export-order-place.ts";
import type { ExportPorts } from "./export-ports.ts";
import type { PackageKind } from "./package-content.ts";

export const exportEvents = [
  "data-export.cancelled",
  "data-export.destroyed",
  "data-export.downloadBroken",
  "data-export.downloadRefused",
  "data-export.downloadStarted",
  "data-export.downloaded",
  "data-export.failed",
  "data-export.linkMade",
  "data-export.made",
  "data-export.ordered",
  /** By command, on the machine itself. */
  "data-export.written",
] as const;
type ExportEvent = (typeof exportEvents)[number];

type Of = Pick<ExportOrder, "id" | "controller" | "what" | "instruction" | "about">;

interface What {
  readonly type: ExportEvent;
  readonly by?: ExportActor;
  readonly payload?: JsonObject;
}

const CLAUSES: Readonly<Record<PackageKind, string>> = {
  access: "D10.1a",
  portability: "D10.1a",
  project: "DD.2",
  database: "S8",
};

export function clauseOf(kind: ExportWhat["kind"]): string {
  return CLAUSES[kind];
}

export function recordEvidence(
  unit: Unit,
  ports: Pick<ExportPorts, "journal">,
  order: Of,
  what: What,
): Promise<unknown> {
  return record(unit, ports, order, { log: "evidence", ...what });
}

export function recordActivity(
  unit: Unit,
  ports: Pick<ExportPorts, "journal">,
  order: Of,
  what: What,
): Promise<unknown> {
  return record(unit, ports, order, { log: "activity", ...what });
}

/** About a person, it stands under that person's key too: what was handed out about them is theirs to know. */
async function record(
  unit: Unit,
  { journal }: Pick<ExportPorts, "journal">,
  order: Of,
  { log, type, by, payload }: What & { readonly log: "evidence" | "activity" },
): Promise<unknown> {
  const { id, controller, what, instruction, about } = order;
  const subject = subjectOf(order);
  const { kind } = what;
  const role: ActorRole = by?.role ?? "system";
  const reference = by?.reference?.trim() ?? "";
  const named = {
    ...(instruction === undefined ? {} : { instruction }),
    ...(about === undefined ? {} : { about }),
  };
  return journal.record(unit, {
    ...{ log, type, clause: clauseOf(kind), controller },
    actor: { role, ...(by?.id === undefined ? {} : { id: by.id }) },
    ...(subject === undefined ? {} : { subject: { id: subject, payload: { order: id, kind } } }),
    payload: { order: id, kind, ...(reference === "" ? {} : { reference }), ...named, ...payload },
  });
}
