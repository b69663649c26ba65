/**
 * The rows of every controller that takes part, out of its stores or a file: of each store the columns that the plan names
 * and no other. Teaching material is the client's, and no release is made of it. @clause S4, S13, D13.1
 */
import type { ControllerId, ExportSource, JsonObject, SourceDescription } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { ReleasePlan } from "./release-plan.ts";
import type { ReleasePorts } from "./release-ports.ts";
import { rowsOfFile } from "./release-rows-of-file.ts";

/** A file of rows of one controller. */
export interface RowsFile {
  readonly path: string;
  readonly controller: ControllerId;
  /** Out of the service, under its contract; or received for a presales project, which binds it to that project (S4). */
  readonly origin: "service" | "presales";
}

export interface Gathering {
  readonly plan: ReleasePlan;
  readonly file?: RowsFile;
  readonly signal?: AbortSignal;
}

/** What data maps call what teachers make for their pupils. */
const TEACHING: ReadonlySet<string> = new Set(["courseContent", "teachingMaterial"]);
const PERSON = "person.";
/** Name under which a store's rows bear the token of their person: no column can have it. */
const TOKEN = "\u0000person";

/** Which key of the rows tells persons apart, where the plan does not name it. */
export function personKey({ file }: Pick<Gathering, "file">): string | undefined {
  return file === undefined ? TOKEN : undefined;
}

interface Store {
  readonly exports: ExportSource;
  readonly described: SourceDescription;
}

/**
 * Asked before a row is read.
 * @throws ANONYMISATION_SAMPLE, ANONYMISATION_NO_SOURCE, ANONYMISATION_TEACHING_MATERIAL
 * @clause S4, S13
 */
export function requireSources(ports: Pick<ReleasePorts, "sources">, { plan, file }: Gathering): void {
  if (file !== undefined) {
    if (file.origin === "presales") throw fault("ANONYMISATION_SAMPLE", { clause: "S4" });
    return;
  }
  const { table } = plan.data;
  if (table === undefined) throw fault("ANONYMISATION_NO_SOURCE", { place: "data.table" });
  // A store that does not say what a table holds gives none of it.
  const categories = storesOf(ports, plan).map(({ exports }) => exports.categoryOf?.(table));
  if (categories.length === 0) throw fault("ANONYMISATION_NO_SOURCE", { place: `table ${table}` });
  if (categories.some((category) => category !== undefined && TEACHING.has(category)))
    throw fault("ANONYMISATION_TEACHING_MATERIAL", { clause: "S13", place: `table ${table}` });
}

/** Those who may have such rows. */
export async function controllersOf(
  ports: Pick<ReleasePorts, "contracts" | "sources" | "unitOfWork">,
  { plan, file }: Gathering,
): Promise<readonly ControllerId[]> {
  if (file !== undefined) return [file.controller];
  const owners = storesOf(ports, plan).map(({ described }) => described.controller);
  const known = owners.filter((owner) => owner !== undefined);
  if (known.length === owners.length) return known;
  const { controllers } = await ports.unitOfWork.transaction((unit) =>
    ports.contracts.everything(unit, "all"),
  );
  return [...new Set([...known, ...controllers.map(({ id }) => id)])];
}

/** One part a store. Each is read when it is iterated over, and once. @throws SOURCE_NO_TABLE for a column that it lacks */
export function gatherRows(
  ports: Pick<ReleasePorts, "sources">,
  controller: ControllerId,
  { plan, file, signal }: Gathering,
): readonly AsyncIterable<JsonObject>[] {
  const stop = signal === undefined ? {} : { signal };
  if (file !== undefined) return file.controller === controller ? [rowsOfFile(file.path, stop)] : [];
  const names = Object.keys(plan.columns);
  const { table = "", by } = plan.data;
  const request = {
    ...{ controller, table, token: TOKEN, ...stop },
    columns: names.filter((name) => !name.startsWith(PERSON)),
    person: names.filter((name) => name.startsWith(PERSON)).map((name) => name.slice(PERSON.length)),
    ...(by === undefined ? {} : { by }),
  };
  return storesOf(ports, plan)
    .filter(({ described }) => described.controller === undefined || described.controller === controller)
    .map(({ exports }) => exports.rows(request));
}

/** The stores that know the table. */
function storesOf({ sources }: Pick<ReleasePorts, "sources">, { data }: ReleasePlan): readonly Store[] {
  const { store, table = "" } = data;
  return [...sources.values()].flatMap(({ source, exports }) => {
    if (exports?.categoryOf?.(table) === undefined) return [];
    const described = source.describe();
    return store === undefined || store === described.id ? [{ exports, described }] : [];
  });
}
