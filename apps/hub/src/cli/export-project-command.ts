/** `preau export project`: everything of one class, one course or one school, for its controller. @clause DD.2 */
import { controllerId, type Project, type ProjectKind } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { alignedTable } from "./aligned-table.ts";
import type { CommandContext } from "./command-context.ts";
import { type ExportArguments, type LmsArguments, readForeignLms } from "./export-options.ts";
import { exportStores, withStores } from "./export-stores.ts";

export interface ProjectArguments extends ExportArguments, LmsArguments {
  readonly store?: string;
  readonly kind?: string;
  readonly project?: string;
  readonly list?: boolean;
}

const KINDS: readonly ProjectKind[] = ["class", "course", "school"];

export async function exportProjectCommand(
  context: CommandContext,
  given: ProjectArguments,
): Promise<number> {
  const controller = controllerId(given.controller);
  const kind = kindIn(given);
  const lms = readForeignLms(given);
  return withStores(context, { controller, lms }, async (hub) => {
    return list(context, hub, { controller, kind, given });
  });
}

interface Asked {
  readonly controller: ReturnType<typeof controllerId>;
  readonly kind: ProjectKind | undefined;
  readonly given: ProjectArguments;
}

/** A title may name a person: it is the controller's to read, on stdout alone. 1 when there is none. */
async function list(context: CommandContext, hub: Hub, { controller, kind, given }: Asked): Promise<number> {
  const found: (Project & { readonly store: string })[] = [];
  for (const { id: store, exports } of exportStores(hub, { controller, store: given.store }))
    for (const each of kind === undefined ? exports.projectKinds : [kind])
      for (const project of await exports.projects(controller, each)) found.push({ store, ...project });
  if (given.json === true)
    context.out(`${JSON.stringify({ schema: "preau.projects/1", projects: found })}\n`);
  else context.out(alignedTable(found.map(({ store, kind: of, id, title }) => [store, of, id, title])));
  return found.length === 0 ? 1 : 0;
}

function kindIn({ kind }: ProjectArguments): ProjectKind | undefined {
  if (kind === undefined) return undefined;
  const found = KINDS.find((each) => each === kind);
  if (found === undefined) throw fault("HUB_BAD_ARGUMENT", { place: `--kind ${KINDS.join("|")}` });
  return found;
}
