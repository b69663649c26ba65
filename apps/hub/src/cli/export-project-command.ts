/** `preau export project`: everything of one class, one course or one school, for its controller. @clause DD.2 */
import { packageEnding, projectArchive } from "@preau/data-export";
import { type ControllerId, controllerId, type Ports, type Project, type ProjectKind } from "@preau/kernel";
import { fault } from "../errors.ts";
import { alignedTable } from "./aligned-table.ts";
import type { CommandContext } from "./command-context.ts";
import { chooseDestination } from "./export-destination.ts";
import { untilInterrupted } from "./export-interrupt.ts";
import { recordWritten, requireContract } from "./export-journal.ts";
import { type ExportArguments, type LmsArguments, languageIn, readForeignLms } from "./export-options.ts";
import { answerWritten, writePackages } from "./export-packages.ts";
import { readProtection } from "./export-protection.ts";
import { projectText } from "./export-report.ts";
import { exportStores, oneStore, withSources, withStores } from "./export-stores.ts";
import { exportTexts } from "./export-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface ProjectArguments extends ExportArguments, LmsArguments {
  readonly store?: string;
  readonly kind?: string;
  readonly project?: string;
  readonly list?: boolean;
}

const KINDS: readonly ProjectKind[] = ["class", "course", "school"];

/** 0 whole, 3 not wholly; a list is 1 when there is none. @throws every refusal, before anything is written */
export async function exportProjectCommand(
  context: CommandContext,
  given: ProjectArguments,
): Promise<number> {
  const controller = controllerId(given.controller);
  const kind = kindIn(given);
  const lms = readForeignLms(given);
  const { store, instruction } = given;
  const language = languageIn(given, terminalLanguage(context.environment));
  if (given.list === true)
    return withSources(context, { controller, lms }, (sources) =>
      list(context, sources, { controller, kind, given }),
    );
  if (kind === undefined) throw fault("HUB_BAD_ARGUMENT", { place: `--kind ${KINDS.join("|")}` });
  const id = idIn(given);
  if (given.dryRun === true)
    return untilInterrupted((signal) =>
      withSources(context, { controller, lms }, (sources) =>
        dryRun(context, sources, { controller, kind, id, given, signal }),
      ),
    );
  if (given.out === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--out" });
  const protection = await readProtection(context, given);
  return untilInterrupted((signal) =>
    withStores(context, { controller, lms }, async (hub) => {
      const { id: named } = oneStore(hub.ports.sources, { controller, store });
      await requireContract(hub, { controller, foreign: lms !== undefined });
      const names = [`project-${kind}-${id}${packageEnding(protection)}`];
      const [file = ""] = chooseDestination({ cwd: context.cwd, out: given.out, names });
      const content = projectArchive(hub.ports, { controller, store: named, kind, id, language });
      const written = await writePackages(context, [{ file, content }], {
        ...{ protection, signal, language },
        record: (all) => recordWritten(hub, all, { controller, instruction }),
      });
      return answerWritten(context, given, written);
    }),
  );
}

interface Asked {
  readonly controller: ControllerId;
  readonly kind: ProjectKind | undefined;
  readonly given: ProjectArguments;
}

/** A title may name a person: it is the controller's to read, on stdout alone. 1 when there is none. */
async function list(
  context: CommandContext,
  sources: Ports["sources"],
  { controller, kind, given }: Asked,
): Promise<number> {
  const found: (Project & { readonly store: string })[] = [];
  for (const { id: store, exports } of exportStores(sources, { controller, store: given.store }))
    for (const each of kind === undefined ? exports.projectKinds : [kind])
      for (const project of await exports.projects(controller, each)) found.push({ store, ...project });
  if (given.json === true)
    context.out(`${JSON.stringify({ schema: "preau.projects/1", projects: found })}\n`);
  else context.out(alignedTable(found.map(({ store, kind: of, id, title }) => [store, of, id, title])));
  return found.length === 0 ? 1 : 0;
}

interface Tried extends Asked {
  readonly kind: ProjectKind;
  readonly id: string;
  readonly signal: AbortSignal;
}

/** Rows and files by table, none of them kept. 3 where files would be missing. @throws SOURCE_NO_PROJECT */
async function dryRun(
  context: CommandContext,
  sources: Ports["sources"],
  { controller, kind, id, given, signal }: Tried,
): Promise<number> {
  const { exports } = oneStore(sources, { controller, store: given.store });
  const tables = new Map<string, number>();
  const files = { given: 0, bytes: 0, missing: 0 };
  for await (const { where, file } of exports.collectProject({ controller, kind, id, signal })) {
    tables.set(where, (tables.get(where) ?? 0) + 1);
    if (file === undefined) continue;
    if (file.notGiven === undefined) files.given += 1;
    else files.missing += 1;
    files.bytes += file.notGiven === undefined ? (file.size ?? 0) : 0;
  }
  const language = terminalLanguage(context.environment);
  const counted = [...tables].map(([table, rows]) => ({ table, rows }));
  if (given.json === true) {
    const plan = {
      schema: "preau.export-plan/1",
      kind: "project",
      project: { kind, id },
      tables: counted,
      files,
    };
    context.out(`${JSON.stringify(plan)}\n`);
  } else {
    context.out(projectText(`${kind} ${id}`, { tables: counted, files }, language));
    context.err(`${exportTexts[language].dryRun}\n`);
  }
  return files.missing === 0 ? 0 : 3;
}

function kindIn({ kind }: ProjectArguments): ProjectKind | undefined {
  if (kind === undefined) return undefined;
  const found = KINDS.find((each) => each === kind);
  if (found === undefined) throw fault("HUB_BAD_ARGUMENT", { place: `--kind ${KINDS.join("|")}` });
  return found;
}

/** An opaque id of the store, part of the file's name too. @throws HUB_BAD_ARGUMENT */
function idIn({ project }: ProjectArguments): string {
  if (project === undefined || !/^[\w-]{1,64}$/.test(project))
    throw fault("HUB_BAD_ARGUMENT", { place: "--project" });
  return project;
}
