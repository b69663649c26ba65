/**
 * From what the gate answered to the ledger, so that no objection slips in between:
 *
 * 1. who takes part is asked, the rows are read and judged, the files are made beside their place;
 * 2. in one transaction the standings of all that take part are locked and asked again: whoever objected meanwhile makes
 *    the whole release void, and it is computed again without them; else it is entered, with its files' hashes;
 * 3. the files are moved to their place as a whole, and the ledger says that they are there.
 *
 * A kill before 2 leaves neither files in their place nor an entry; between 2 and 3 an entry that says its files are on
 * their way, which `settleReleases` brings to one of the two ends.
 * @clause D13.1, D13.2, D13.3
 */
import type { ControllerId, Instant, Json, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { ControllerOut, Release, ReleaseFigures, ReleaseFile, ReleaseId } from "./ledger.ts";
import type { Actor } from "./objection.ts";
import { sealClasses } from "./release-classes.ts";
import {
  dropPart,
  placeOf,
  putInPlace,
  type ReleaseContent,
  requireFolder,
  writePart,
} from "./release-files.ts";
import { type Party, partiesOf } from "./release-parties.ts";
import type { ReleasePorts } from "./release-ports.ts";
import { settleReleases } from "./release-settle.ts";
import { lockStandings } from "./store/objections.ts";
import { insertRelease, moveRelease, releasesWithClasses } from "./store/releases.ts";

interface Judged {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly k?: number;
  readonly l?: number;
  /** Rows that each controller gave. */
  readonly rowsOf: ReadonlyMap<ControllerId, number>;
  readonly figures: ReleaseFigures;
}

export type Computed =
  | (Judged & {
      readonly verdict: "anonymised";
      readonly content: ReleaseContent;
      /** For the next releases, which are compared with them. */
      readonly classes?: Json;
      /** The earlier releases that this one was compared with. */
      readonly comparedWith?: ReadonlySet<ReleaseId>;
    })
  | (Judged & { readonly verdict: "pseudonymised" });

export interface ReleaseOrder {
  readonly plan: Pick<Release, "plan" | "planHash" | "title" | "purpose">;
  readonly controllers: readonly ControllerId[];
  readonly by: Actor;
  readonly instruction?: string;
  /** Absolute folder of the operator's, in which the release gets one of its own. */
  readonly out: string;
  /** Stops it until it is entered; from then on it is brought to its end. */
  readonly signal?: AbortSignal;
}

/** Times that a release is computed before the objections and other releases that keep arriving end it. A technical bound, no clause. */
const TRIES = 8;

/**
 * @throws ANONYMISATION_NOBODY_LEFT, ANONYMISATION_FOLDER, ANONYMISATION_STILL_MOVING
 * @clause D13.1, D13.3
 */
export async function runRelease(
  ports: ReleasePorts,
  order: ReleaseOrder,
  compute: (parties: readonly Party[]) => Promise<Computed>,
): Promise<Release> {
  await requireFolder(order.out);
  await settleReleases(ports, { out: order.out });
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const parties = await ports.unitOfWork.transaction((unit) => partiesOf(unit, ports, order.controllers));
    if (parties.in.length === 0) throw fault("ANONYMISATION_NOBODY_LEFT", { clause: clauseOf(parties.out) });
    const startedAt = ports.clock.now();
    const computed = await compute(parties.in);
    const id = ports.ids.next("rel");
    const entry = { ports, order, id, startedAt, computed, ...parties };
    if (computed.verdict === "pseudonymised") {
      const refused = await ports.unitOfWork.transaction((unit) => enter(unit, entry, []));
      if (refused === undefined) continue;
      return refused;
    }
    const place = placeOf(order.out, id);
    const files = await writePart(place, computed.content);
    let entered: Release | undefined;
    try {
      order.signal?.throwIfAborted();
      const sealed =
        computed.classes === undefined ? undefined : await sealClasses(ports, id, computed.classes);
      entered = await ports.unitOfWork.transaction((unit) => enter(unit, entry, files, sealed));
    } finally {
      if (entered === undefined) await dropPart(place);
    }
    if (entered === undefined) {
      ports.log.info("anonymisation.computedAgain", { tries });
      continue;
    }
    if (!(await putInPlace(entered))) throw fault("ANONYMISATION_FOLDER", { log: { release: id } });
    await ports.unitOfWork.transaction((unit) => moveRelease(unit, id, { from: "entered", to: "released" }));
    return { ...entered, state: "released" };
  }
  throw fault("ANONYMISATION_STILL_MOVING", { clause: "D13.3" });
}

interface Entry {
  readonly ports: ReleasePorts;
  readonly order: ReleaseOrder;
  readonly id: ReleaseId;
  readonly startedAt: Instant;
  readonly computed: Computed;
  readonly in: readonly Party[];
  readonly out: readonly ControllerOut[];
}

/** Undefined when one of its controllers objected since it was asked, or another release of theirs came first. @clause D13.3 */
async function enter(
  unit: Unit,
  { ports, order, id, startedAt, computed, in: parties, out }: Entry,
  files: readonly ReleaseFile[],
  sealed?: Buffer,
): Promise<Release | undefined> {
  const standings = await lockStandings(
    unit,
    parties.map(({ controller }) => controller),
  );
  if ([...standings.values()].some((since) => since !== undefined)) return undefined;
  if (computed.verdict === "anonymised" && computed.comparedWith !== undefined) {
    // Under the lock of the controllers they share: of two at once, the second is compared with the first.
    const others = await releasesWithClasses(unit, [...standings.keys()]);
    if (others.some((other) => computed.comparedWith?.has(other) === false)) return undefined;
  }
  const { verdict, rowsIn, rowsOut, k, l, rowsOf, figures } = computed;
  const rows = (controller: ControllerId) => rowsOf.get(controller) ?? 0;
  const release: Release = {
    ...{ id, verdict, state: verdict === "anonymised" ? "entered" : "refused" },
    ...order.plan,
    by: order.by.role,
    ...(order.instruction === undefined ? {} : { instruction: order.instruction }),
    startedAt,
    // After the lock: whoever objected at an earlier instant was seen.
    enteredAt: ports.clock.now(),
    ...{ rowsIn, rowsOut, figures, files },
    ...(k === undefined ? {} : { k }),
    ...(l === undefined ? {} : { l }),
    ...(verdict === "anonymised" ? { place: placeOf(order.out, id) } : {}),
    in: parties
      .map((party) => ({ ...party, rows: rows(party.controller) }))
      .filter((party) => party.rows > 0 || verdict === "pseudonymised"),
    out: [
      ...out,
      ...parties
        .filter(({ controller }) => rows(controller) === 0 && verdict === "anonymised")
        .map(({ controller }) => ({ controller, why: "noRows" as const })),
    ],
  };
  await insertRelease(unit, release, sealed);
  await journalRelease(unit, ports, release, order.by);
  return release;
}

/** One entry of evidence for each controller in it, of which no other can be read. */
async function journalRelease(
  unit: Unit,
  ports: Pick<ReleasePorts, "journal">,
  release: Release,
  by: Actor,
): Promise<void> {
  const { id, verdict, plan, planHash, purpose, instruction, k, l, files } = release;
  for (const { controller, agreement, rows } of release.in)
    await ports.journal.record(unit, {
      log: "evidence",
      type: verdict === "anonymised" ? "anonymisation.released" : "anonymisation.refused",
      clause: verdict === "anonymised" ? "D13.1" : "D13.2",
      controller,
      actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
      payload: {
        ...{ release: id, plan, planHash, purpose, agreement, rows },
        ...(k === undefined ? {} : { k }),
        ...(l === undefined ? {} : { l }),
        ...(instruction === undefined ? {} : { instruction }),
        ...(files.length === 0
          ? {}
          : { files: Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256])) }),
      },
    });
}

export function clauseOf(out: readonly ControllerOut[]): string {
  if (out.some(({ why }) => why === "objected")) return "D13.3";
  return out.some(({ why }) => why === "agreement") ? "D13.1" : "D3";
}
