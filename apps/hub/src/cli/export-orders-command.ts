/** `preau export list|link|cancel`: the exports that were ordered on the hub's pages. @clause D10.1a, S7 */
import {
  cancelExport,
  type ExportId,
  type ExportOrder,
  exportOptions,
  linkOf,
  listExports,
  shownState,
} from "@preau/data-export";
import { controllerId } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { exportTexts } from "./export-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface OrdersArguments {
  readonly controller?: string;
  readonly instruction?: string;
  readonly json?: boolean;
}

/** Of one controller, or of all, newest first. 0, or 1 when there is none. */
export async function exportListCommand(context: CommandContext, given: OrdersArguments): Promise<number> {
  const scope = given.controller === undefined ? "all" : controllerId(given.controller);
  return withHub(context, {}, async ({ ports }) => {
    const now = ports.clock.now();
    const orders = await listExports(ports, scope);
    const shown = orders.map((order) => ({ order, state: shownState(order, now) }));
    if (given.json === true) {
      const exports = shown.map(({ order, state }) => ({ ...order, state }));
      context.out(`${JSON.stringify({ schema: "preau.exports/1", exports })}\n`);
    } else context.out(alignedTable(shown.map(({ order, state }) => line(context, order, state))));
    return orders.length === 0 ? 1 : 0;
  });
}

function line(
  { environment }: CommandContext,
  { id, controller, what, orderedAt, destroyBy }: ExportOrder,
  state: string,
): string[] {
  const words = exportTexts[terminalLanguage(environment)];
  const until = destroyBy === undefined ? "" : `${words.until} ${destroyBy}`;
  return [id, controller, what.kind, state, orderedAt, until];
}

/** The link, given once: on stdout, with the instant until which it is good on stderr. */
export async function exportLinkCommand(
  context: CommandContext,
  id: string,
  given: OrdersArguments,
): Promise<number> {
  const of = orderIn(id, given);
  return withHub(context, {}, async (hub) => {
    const { path, until } = await linkOf(hub.ports, of);
    await hub.sequencer.runOnce();
    const url = new URL(path, hub.config.publicUrl).href;
    if (given.json === true)
      context.out(`${JSON.stringify({ schema: "preau.export-link/1", id, link: url, until })}\n`);
    else {
      context.out(`${url}\n`);
      context.err(`${exportTexts[terminalLanguage(context.environment)].linkOnce} ${until}\n`);
    }
    return 0;
  });
}

/** Nothing of it is left when it returns. */
export async function exportCancelCommand(
  context: CommandContext,
  id: string,
  given: OrdersArguments,
): Promise<number> {
  const of = orderIn(id, given);
  return withHub(context, {}, async (hub) => {
    await cancelExport(hub.ports, optionsOf(hub), of);
    await hub.sequencer.runOnce();
    context.out(
      given.json === true ? `${JSON.stringify({ schema: "preau.export-cancelled/1", id })}\n` : `${id}\n`,
    );
    return 0;
  });
}

function optionsOf(hub: Hub) {
  return exportOptions.parse(hub.plugins.find(({ plugin }) => plugin.id === "data-export")?.options ?? {});
}

/** @throws HUB_BAD_ARGUMENT */
function orderIn(id: string, { controller, instruction }: OrdersArguments) {
  if (!/^exp_[0-9a-z]{26}$/.test(id)) throw fault("HUB_BAD_ARGUMENT", { place: "id" });
  if (controller === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--controller" });
  const by = { role: "operations" as const, reference: instruction };
  return { controller: controllerId(controller), id: id as ExportId, by };
}
