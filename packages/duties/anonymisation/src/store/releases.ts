/** The SQL of the ledger of releases. */
import { insertRows, inUnit } from "@preau/database";
import {
  type ActorRole,
  type Bilingual,
  type ControllerId,
  type Instant,
  instant,
  type Unit,
} from "@preau/kernel";
import type {
  ControllerIn,
  ControllerOut,
  OutReason,
  Release,
  ReleaseFigures,
  ReleaseFile,
  ReleaseId,
  ReleaseState,
  ReleaseVerdict,
} from "../ledger.ts";
import type { ObjectionId } from "../objection.ts";

interface Row {
  readonly id: string;
  readonly verdict: string;
  readonly state: string;
  readonly plan: string;
  readonly plan_hash: string;
  readonly title: string;
  readonly purpose: string;
  readonly made_by: string;
  readonly instruction: string | null;
  readonly started_at: string;
  readonly entered_at: string;
  readonly rows_in: number | string;
  readonly rows_out: number | string;
  readonly k: number | null;
  readonly l: number | null;
  readonly figures: string;
  readonly files: string;
  readonly place: string | null;
  readonly destroyed_at: string | null;
}

interface PartRow {
  readonly controller: string;
  readonly release: string;
  readonly part: string;
  readonly agreement: string | null;
  readonly rows_in: number | string | null;
  readonly why: string | null;
  readonly since: string | null;
  readonly objection: string | null;
}

const TABLE = "ano_release";
const PARTS = "ano_release_controller";
/** The sealed classes are read by themselves. */
const COLUMNS = [
  "id",
  "verdict",
  "state",
  "plan",
  "plan_hash",
  "title",
  "purpose",
  "made_by",
  "instruction",
  "started_at",
  "entered_at",
  "rows_in",
  "rows_out",
  "k",
  "l",
  "figures",
  "files",
  "place",
  "destroyed_at",
].map((name) => `${TABLE}.${name}`);

export async function insertRelease(unit: Unit, release: Release, sealedClasses?: Buffer): Promise<void> {
  await inUnit(unit)(TABLE).insert({
    id: release.id,
    verdict: release.verdict,
    state: release.state,
    plan: release.plan,
    plan_hash: release.planHash,
    title: JSON.stringify(release.title),
    purpose: release.purpose,
    made_by: release.by,
    instruction: release.instruction ?? null,
    started_at: release.startedAt,
    entered_at: release.enteredAt,
    rows_in: release.rowsIn,
    rows_out: release.rowsOut,
    k: release.k ?? null,
    l: release.l ?? null,
    figures: JSON.stringify(release.figures),
    files: JSON.stringify(release.files),
    place: release.place ?? null,
    sealed_classes: sealedClasses ?? null,
  });
  const none = { agreement: null, rows_in: null, why: null, since: null, objection: null };
  await insertRows(inUnit(unit), PARTS, [
    ...release.in.map(({ controller, agreement, rows, after }) => ({
      ...{ ...none, controller, release: release.id, part: "in", agreement },
      ...{ rows_in: rows, objection: after ?? null },
    })),
    ...release.out.map(({ controller, why, since }) => ({
      ...{ ...none, controller, release: release.id, part: "out", why, since: since ?? null },
    })),
  ]);
}

/** One, as this scope sees it: to a controller that is not in it, it does not exist. */
export async function readRelease(
  unit: Unit,
  scope: ControllerId | "all",
  id: ReleaseId,
): Promise<Release | undefined> {
  const rows = await inScope(unit, scope).where(`${TABLE}.id`, id).select<Row[]>(COLUMNS);
  return (await withParts(unit, scope, rows))[0];
}

/** Newest first, as this scope sees them: of the other controllers in one, a controller sees nothing. */
export async function listReleases(
  unit: Unit,
  scope: ControllerId | "all",
  limit = 500,
): Promise<readonly Release[]> {
  const rows = await inScope(unit, scope)
    .orderBy([
      { column: `${TABLE}.entered_at`, order: "desc" },
      { column: `${TABLE}.id`, order: "desc" },
    ])
    .limit(limit)
    .select<Row[]>(COLUMNS);
  return withParts(unit, scope, rows);
}

/** Those that were entered and whose files were not seen in their place yet: a crash left them. */
export async function releasesEntered(unit: Unit): Promise<readonly Release[]> {
  const rows = await inUnit(unit)(TABLE).where({ state: "entered" }).orderBy("id").select<Row[]>(COLUMNS);
  return withParts(unit, "all", rows);
}

/** False when it was not in that state any more. */
export async function moveRelease(
  unit: Unit,
  id: ReleaseId,
  { from, to, at }: { readonly from: ReleaseState; readonly to: ReleaseState; readonly at?: Instant },
): Promise<boolean> {
  const gone = to === "destroyed" || to === "lost";
  const count = await inUnit(unit)(TABLE)
    .where({ id, state: from })
    .update({
      state: to,
      // Nothing can be compared with a copy that nobody has any more: its classes go with it.
      ...(gone ? { sealed_classes: null } : {}),
      ...(at === undefined ? {} : { destroyed_at: at }),
    });
  return count === 1;
}

/** Releases with that controller in them, entered at that instant or after it. */
export async function releasesSince(
  unit: Unit,
  controller: ControllerId,
  { since, strictly }: { readonly since: Instant; readonly strictly: boolean },
): Promise<readonly ReleaseId[]> {
  return inUnit(unit)(TABLE)
    .join(PARTS, `${PARTS}.release`, `${TABLE}.id`)
    .where({ [`${PARTS}.controller`]: controller, [`${PARTS}.part`]: "in" })
    .where({ [`${TABLE}.verdict`]: "anonymised" })
    .where(`${TABLE}.entered_at`, strictly ? ">" : ">=", since)
    .orderBy(`${TABLE}.id`)
    .pluck<ReleaseId[]>(`${TABLE}.id`);
}

/** Says in the ledger that these releases were made after that objection had been received. */
export async function flagReleases(
  unit: Unit,
  controller: ControllerId,
  { releases, objection }: { readonly releases: readonly ReleaseId[]; readonly objection: ObjectionId },
): Promise<void> {
  if (releases.length === 0) return;
  await inUnit(unit)(PARTS)
    .where({ controller })
    .whereIn("release", [...releases])
    .whereNull("objection")
    .update({ objection });
}

export interface SealedClasses {
  readonly release: ReleaseId;
  readonly sealed: Buffer;
}

/** The sealed classes of releases that somebody may still have, the oldest first. */
export async function readSealedClasses(unit: Unit): Promise<readonly SealedClasses[]> {
  return inUnit(unit)(TABLE)
    .where({ verdict: "anonymised" })
    .whereNotNull("sealed_classes")
    .orderBy("id")
    .select<SealedClasses[]>({ release: "id", sealed: "sealed_classes" });
}

/** Those of them with any of these controllers. */
export async function releasesWithClasses(
  unit: Unit,
  controllers: readonly ControllerId[],
): Promise<readonly ReleaseId[]> {
  const wanted = new Set(controllers);
  const rows = await inUnit(unit)(TABLE)
    .join(PARTS, `${PARTS}.release`, `${TABLE}.id`)
    .where({ [`${TABLE}.verdict`]: "anonymised", [`${PARTS}.part`]: "in" })
    .whereNotNull(`${TABLE}.sealed_classes`)
    .select<{ id: ReleaseId; controller: ControllerId }[]>(`${TABLE}.id`, `${PARTS}.controller`);
  return [...new Set(rows.filter(({ controller }) => wanted.has(controller)).map(({ id }) => id))];
}

function inScope(unit: Unit, scope: ControllerId | "all") {
  const query = inUnit(unit)(TABLE);
  if (scope === "all") return query;
  return query
    .join(PARTS, `${PARTS}.release`, `${TABLE}.id`)
    .where({ [`${PARTS}.controller`]: scope, [`${PARTS}.part`]: "in" });
}

async function withParts(
  unit: Unit,
  scope: ControllerId | "all",
  rows: readonly Row[],
): Promise<readonly Release[]> {
  if (rows.length === 0) return [];
  const query = inUnit(unit)(PARTS).whereIn(
    "release",
    rows.map(({ id }) => id),
  );
  if (scope !== "all") void query.where({ controller: scope });
  const parts = await query.orderBy("controller").select<PartRow[]>();
  const byRelease = new Map<string, PartRow[]>(rows.map(({ id }) => [id, []]));
  for (const each of parts) byRelease.get(each.release)?.push(each);
  return rows.map((row) => {
    const own = byRelease.get(row.id) ?? [];
    const of = (part: string) => own.filter((each) => each.part === part);
    return fromRow(row, of("in").map(inFrom), of("out").map(outFrom));
  });
}

function inFrom(row: PartRow): ControllerIn {
  return {
    controller: row.controller as ControllerId,
    agreement: row.agreement ?? "",
    rows: Number(row.rows_in ?? 0),
    ...(row.objection === null ? {} : { after: row.objection as ObjectionId }),
  };
}

function outFrom(row: PartRow): ControllerOut {
  return {
    controller: row.controller as ControllerId,
    why: row.why as OutReason,
    ...(row.since === null ? {} : { since: instant(row.since) }),
  };
}

function fromRow(row: Row, inIt: readonly ControllerIn[], out: readonly ControllerOut[]): Release {
  return {
    id: row.id as ReleaseId,
    verdict: row.verdict as ReleaseVerdict,
    state: row.state as ReleaseState,
    plan: row.plan,
    planHash: row.plan_hash,
    title: JSON.parse(row.title) as Bilingual,
    purpose: row.purpose,
    by: row.made_by as ActorRole,
    ...(row.instruction === null ? {} : { instruction: row.instruction }),
    startedAt: instant(row.started_at),
    enteredAt: instant(row.entered_at),
    rowsIn: Number(row.rows_in),
    rowsOut: Number(row.rows_out),
    ...(row.k === null ? {} : { k: row.k }),
    ...(row.l === null ? {} : { l: row.l }),
    figures: JSON.parse(row.figures) as ReleaseFigures,
    files: JSON.parse(row.files) as readonly ReleaseFile[],
    ...(row.place === null ? {} : { place: row.place }),
    ...(row.destroyed_at === null ? {} : { destroyedAt: instant(row.destroyed_at) }),
    in: inIt,
    out,
  };
}
