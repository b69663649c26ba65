/** `preau export database`: everything that a store holds, given back to its controller: dumps and files. @clause S8, D6.2c */
import { databaseRestitution, packageEnding } from "@preau/data-export";
import { type ControllerId, controllerId } from "@preau/kernel";
import { fault } from "../errors.ts";
import { alignedTable } from "./aligned-table.ts";
import type { CommandContext } from "./command-context.ts";
import { chooseDestination } from "./export-destination.ts";
import { untilInterrupted } from "./export-interrupt.ts";
import { recordWritten, requireContract } from "./export-journal.ts";
import { type ExportArguments, type LmsArguments, languageIn, readForeignLms } from "./export-options.ts";
import { answerWritten, writePackages } from "./export-packages.ts";
import { readProtection } from "./export-protection.ts";
import { type ExportStore, exportStores, withSources, withStores } from "./export-stores.ts";
import { exportTexts } from "./export-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface DatabaseArguments extends ExportArguments, LmsArguments {
  readonly store?: string;
}

/** 0 whole, 3 not wholly; a dry run lists the stores and their dumps. @throws every refusal, before anything is written */
export async function exportDatabaseCommand(
  context: CommandContext,
  given: DatabaseArguments,
): Promise<number> {
  const controller = controllerId(given.controller);
  const language = languageIn(given, terminalLanguage(context.environment));
  const lms = readForeignLms(given);
  const { store, instruction } = given;
  if (given.dryRun === true)
    return withSources(context, { controller, lms }, (sources) =>
      dryRun(context, given, { controller, stores: exportStores(sources, { controller, store }) }),
    );
  if (given.out === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--out" });
  const protection = await readProtection(context, given);
  return untilInterrupted((signal) =>
    withStores(context, { controller, lms }, async (hub) => {
      const stores = exportStores(hub.ports.sources, { controller, store });
      await requireContract(hub, { controller, foreign: lms !== undefined });
      const name = `database-${stores.map(({ id }) => id).join("-")}${packageEnding(protection)}`;
      const [file = ""] = chooseDestination({ cwd: context.cwd, out: given.out, names: [name] });
      const content = databaseRestitution(hub.ports, {
        ...{ controller, language },
        store: storeNamed(stores, store),
      });
      const written = await writePackages(context, [{ file, content }], {
        ...{ protection, signal, language },
        record: (all) => recordWritten(hub, all, { controller, instruction }),
      });
      return answerWritten(context, given, written);
    }),
  );
}

/** Which dumps there would be, and how each is loaded. 1 when there is none. */
async function dryRun(
  context: CommandContext,
  { json }: DatabaseArguments,
  { controller, stores }: { readonly controller: ControllerId; readonly stores: readonly ExportStore[] },
): Promise<number> {
  const found: { readonly store: string; readonly name: string; readonly load: string }[] = [];
  for (const { id: store, exports } of stores)
    for (const { name, load } of (await exports.restitution(controller))?.dumps ?? [])
      found.push({ store, name, load });
  if (json === true) {
    const plan = { schema: "preau.export-plan/1", kind: "database", dumps: found };
    context.out(`${JSON.stringify(plan)}\n`);
  } else {
    context.out(alignedTable(found.map((each) => [each.store, each.name, each.load])));
    context.err(`${exportTexts[terminalLanguage(context.environment)].dryRun}\n`);
  }
  return found.length === 0 ? 1 : 0;
}

/** With one store to give back, that one alone: what the hub holds beside it is no database of the controller's. */
function storeNamed(stores: readonly ExportStore[], named: string | undefined): string | undefined {
  return named ?? (stores.length === 1 ? stores[0]?.id : undefined);
}
