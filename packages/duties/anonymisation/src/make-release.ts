/**
 * Makes a release: anonymised and written, or refused and entered as refused. There is no other way for rows to become
 * anonymised data: what is written here is what the gate of releases gave. @clause D13.1, D13.2, D13.3, S4, S11, S13
 */
import { createHash, randomInt } from "node:crypto";
import { type ControllerId, canonicalJson, type Json } from "@preau/kernel";
import { classesSchema } from "./anonymise-classes.ts";
import type { ReleaseRows } from "./anonymise-read.ts";
import { fault } from "./errors.ts";
import type { Release, ReleaseFigures } from "./ledger.ts";
import type { Actor } from "./objection.ts";
import { readReference } from "./objection-record.ts";
import { earlierClasses } from "./release-classes.ts";
import { type Gated, releaseGate, requireAnonymised } from "./release-gate.ts";
import { controllersOf, gatherRows, personKey, type RowsFile, requireSources } from "./release-gather.ts";
import { RECIPIENT } from "./release-hand-over.ts";
import { type Party, partiesOf } from "./release-parties.ts";
import type { ReleasePlan } from "./release-plan.ts";
import type { ReleasePorts } from "./release-ports.ts";
import { htmlReportOf, plainOf, reportOf } from "./release-report.ts";
import { type Computed, clauseOf, runRelease } from "./release-run.ts";

export interface ReleaseRequest {
  /** As `readPlan` gives it. */
  readonly plan: ReleasePlan;
  readonly by: Actor;
  /** Reference of the instruction on which it is made, where there is one; it names nobody. */
  readonly instruction?: string;
  /** Absolute path of a folder, in which the release gets one of its own. */
  readonly out: string;
  /** Only these; every controller that has such rows when absent. */
  readonly controllers?: readonly ControllerId[];
  /** Rows out of a file of one controller, instead of its stores. */
  readonly file?: RowsFile;
  /** For whom. Nobody but the publisher (S11): to anybody else a release is handed over once it is there. */
  readonly recipient?: string;
  /** Stops it; nothing is written or entered then. */
  readonly signal?: AbortSignal;
}

/**
 * The release or its refusal, as it stands in the ledger: `verdict` is `anonymised` or `pseudonymised`.
 * @throws ANONYMISATION_THIRD_PARTY, ANONYMISATION_SAMPLE, ANONYMISATION_NO_SOURCE, ANONYMISATION_TEACHING_MATERIAL,
 * ANONYMISATION_NOBODY_LEFT, ANONYMISATION_REFERENCE_BAD, ANONYMISATION_FOLDER, ANONYMISATION_STILL_MOVING,
 * ANONYMISATION_FILE_BAD, SOURCE_NO_TABLE: nothing is entered then
 * @clause D13.1, D13.2, D13.3, S4, S11, S13
 */
export async function makeRelease(ports: ReleasePorts, request: ReleaseRequest): Promise<Release> {
  const { plan, by, out, recipient = RECIPIENT } = request;
  if (recipient !== RECIPIENT) throw fault("ANONYMISATION_THIRD_PARTY", { clause: "S11" });
  const instruction = request.instruction === undefined ? undefined : readReference(request.instruction);
  if (request.instruction !== undefined && instruction === undefined)
    throw fault("ANONYMISATION_REFERENCE_BAD", { place: "instruction" });
  requireSources(ports, request);
  const controllers = request.controllers ?? (await controllersOf(ports, request));
  const planHash = hashOf(plan);
  const order = {
    plan: { plan: plan.id, planHash, title: plan.title, purpose: plan.purpose },
    ...{ controllers, by, out },
    ...(instruction === undefined ? {} : { instruction }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  };
  return runRelease(ports, order, (parties) => compute(ports, request, { parties, planHash }));
}

export type TriedRelease = Pick<Release, "verdict" | "rowsIn" | "rowsOut" | "figures" | "out"> & {
  readonly k?: number;
  readonly l?: number;
};

/**
 * What the gate would answer today. Nothing is written, and nothing is entered: no row comes out of here.
 * @throws what `makeRelease` refuses before it enters anything, but for the folder
 * @clause D13.1, D13.2, D13.3, S4, S13
 */
export async function tryRelease(
  ports: ReleasePorts,
  request: Omit<ReleaseRequest, "out">,
): Promise<TriedRelease> {
  requireSources(ports, request);
  const controllers = request.controllers ?? (await controllersOf(ports, request));
  const parties = await ports.unitOfWork.transaction((unit) => partiesOf(unit, ports, controllers));
  if (parties.in.length === 0) throw fault("ANONYMISATION_NOBODY_LEFT", { clause: clauseOf(parties.out) });
  const of = { parties: parties.in, planHash: hashOf(request.plan) };
  const { verdict, rowsIn, rowsOut, figures, k, l } = await compute(ports, { ...request, out: "" }, of);
  return {
    ...{ verdict, rowsIn, rowsOut, figures, out: parties.out },
    ...(k === undefined ? {} : { k }),
    ...(l === undefined ? {} : { l }),
  };
}

/** `sha256:…` of what the plan says, however it is written. */
function hashOf(plan: ReleasePlan): string {
  return `sha256:${createHash("sha256")
    .update(canonicalJson(plainOf(plan)))
    .digest("hex")}`;
}

interface Computing {
  readonly parties: readonly Party[];
  readonly planHash: string;
}

async function compute(
  ports: ReleasePorts,
  request: ReleaseRequest,
  { parties, planHash }: Computing,
): Promise<Computed> {
  const { plan } = request;
  const earlier = await earlierClasses(ports);
  const person = personKey(request);
  const gated = await releaseGate(plan, partsOf(ports, request, parties), {
    randomBelow: (below) => randomInt(below),
    earlier: earlier.map(({ classes }) => classesSchema.parse(classes)),
    ...(person === undefined ? {} : { person }),
  });
  const { rowsIn } = gated;
  const figures = figuresOf(gated);
  const judged = { rowsIn, rowsOf: new Map(gated.rowsOf as ReadonlyMap<ControllerId, number>), figures };
  if (gated.kind === "refused") return { ...judged, verdict: gated.word, rowsOut: 0, ...leastOf(figures) };
  const release = requireAnonymised(gated.release);
  const { rowsOut, columns } = release;
  const reported = { plan, planHash, rowsIn, rowsOut, figures };
  return {
    ...{ ...judged, verdict: "anonymised", rowsOut, ...leastOf(figures) },
    content: {
      columns,
      rows: { [Symbol.iterator]: () => release.rows() },
      report: reportOf(reported),
      html: htmlReportOf(reported),
    },
    classes: plainOf(release.classes) as Json,
    comparedWith: new Set(earlier.map((each) => each.release)),
  };
}

function* partsOf(
  ports: ReleasePorts,
  request: ReleaseRequest,
  parties: readonly Party[],
): Iterable<ReleaseRows> {
  for (const { controller } of parties)
    for (const rows of gatherRows(ports, controller, request)) yield { controller, rows };
}

function figuresOf(gated: Gated): ReleaseFigures {
  const { answers, leftOutColumns } = gated;
  return gated.kind === "refused"
    ? { answers, leftOutColumns, reasons: gated.reasons }
    : { answers, leftOutColumns, loss: gated.loss };
}

/** The two figures that everybody knows by their letters. */
function leastOf({ answers }: ReleaseFigures): { readonly k?: number; readonly l?: number } {
  const valuesOf = (name: "k" | "l") =>
    answers.flatMap(({ figures }) =>
      figures.flatMap((each) => (each.name === name ? (each.value ?? []) : [])),
    );
  const [k, l] = [valuesOf("k"), valuesOf("l")];
  return {
    ...(k.length === 0 ? {} : { k: Math.min(...k) }),
    ...(l.length === 0 ? {} : { l: Math.min(...l) }),
  };
}
