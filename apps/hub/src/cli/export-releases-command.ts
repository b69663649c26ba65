/** `preau export releases`: the ledger of anonymised releases, and of those refused. @clause D13.1, D13.2 */
import { listReleases, type Release } from "@preau/anonymisation";
import { controllerId } from "@preau/kernel";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";

export interface ReleasesArguments {
  readonly controller?: string;
  readonly json?: boolean;
}

/** 0, or 1 when there is none. Of the other controllers in one, a controller's list says nothing. */
export async function releasesCommand(context: CommandContext, given: ReleasesArguments): Promise<number> {
  const scope = given.controller === undefined ? "all" : controllerId(given.controller);
  return withHub(context, {}, async ({ ports }) => {
    const found = await ports.unitOfWork.transaction((unit) => listReleases(unit, scope));
    if (given.json === true)
      context.out(`${JSON.stringify({ schema: "preau.releases/1", releases: found })}\n`);
    else context.out(alignedTable(found.map(line)));
    return found.length === 0 ? 1 : 0;
  });
}

function line({ id, enteredAt, plan, verdict, state, rowsIn, rowsOut, k, l }: Release): string[] {
  const classes = [k === undefined ? "" : `k=${k}`, l === undefined ? "" : `l=${l}`].filter(Boolean);
  return [id, enteredAt, plan, verdict, state, `${rowsIn} → ${rowsOut}`, classes.join(" ")];
}
