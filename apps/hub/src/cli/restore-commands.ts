/** `preau restore replay` and `preau restore gate`: before a restored service opens. @clause D12.3 */
import { type Gate, listedRows, replayErasures, restoreGate } from "@preau/backups";
import {
  type ControllerId,
  exitCodeOf,
  overallVerdict,
  type ReceiptId,
  type ReplayList,
  type Verdict,
} from "@preau/kernel";
import { fault } from "../errors.ts";
import { forgetAgain } from "../forget-again.ts";
import { backupsTexts } from "./backups-texts.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { reportError, terminalLanguage } from "./report-error.ts";
import { type RestoreArguments, withRestored } from "./restore-options.ts";

/** 0 nobody on the list is there · 1 somebody is · 4 or 2 the list is missing or broken. Writes nothing. @clause D12.3 */
export function gateCommand(context: CommandContext, given: RestoreArguments): Promise<number> {
  return withRestored(context, given, async ({ store, context: told, list }) => {
    await refuseStranger(told, list, store.controller);
    const gate = await restoreGate(list, store);
    context.out(given.json === true ? `${JSON.stringify(gate)}\n` : `${sayGate(context, gate)}\n`);
    return gate.open ? 0 : 1;
  });
}

/** 0 all erased again and proven · 1 somebody is still there · 3 erased, and not wholly verified. @clause D12.3 */
export function replayCommand(context: CommandContext, given: RestoreArguments): Promise<number> {
  const words = backupsTexts[terminalLanguage(context.environment)];
  return withRestored(context, given, async ({ store, context: told, list }) => {
    await refuseStranger(told, list, store.controller);
    if (given.dryRun === true) {
      const rows = await listedRows(list, store);
      const gate = await restoreGate(list, store);
      const grounds = Object.fromEntries([...rows].map(([ground, keys]) => [ground, keys.length]));
      context.out(
        given.json === true ? `${JSON.stringify({ ...gate, grounds })}\n` : `${sayGate(context, gate)}\n`,
      );
      return 0;
    }
    return withHub(told, { sources: [store.registered] }, async (hub) => {
      await hub.replay.assertThere();
      const filed: ReceiptId[] = [];
      const { persons } = await replayErasures(hub.ports, store, {
        sources: hub.ports.sources,
        leaveUnknown: given.leaveUnknown === true,
        onReceipt: (receipt) => {
          filed.push(receipt);
          context.err(`preau: ${words.filed} ${receipt}\n`);
        },
      });
      // A journal that was restored too signs nothing before somebody has looked at it; whoever is back is gone all the same.
      await hub.sequencer
        .runOnce()
        .catch((error: unknown) => void reportError(error, context, context.environment));
      const receipts: { readonly id: ReceiptId; readonly verdict: Verdict }[] = [];
      for (const id of filed) {
        const file = await hub.ports.receipts.receiptFile(store.controller, id, { waitMs: 5_000 });
        receipts.push({
          id,
          verdict: file === undefined ? "UNKNOWN" : (JSON.parse(file) as { verdict: Verdict }).verdict,
        });
      }
      const gate = await restoreGate(list, store);
      if (given.json === true) context.out(`${JSON.stringify({ persons, receipts, gate })}\n`);
      else {
        for (const { id, verdict } of receipts) context.out(`${verdict.padEnd(8)} ${id}\n`);
        context.out(`${sayGate(context, gate)}\n`);
      }
      if (!gate.open) return 1;
      return receipts.length === 0
        ? 0
        : exitCodeOf(
            overallVerdict(
              receipts.map(({ verdict }) => verdict),
              0,
            ),
          );
    });
  });
}

/** 0 done. For a restore of the hub's own database, before it serves. towards D12.3 */
export function ownCommand(context: CommandContext, given: { readonly json?: boolean }): Promise<number> {
  const words = backupsTexts[terminalLanguage(context.environment)];
  return withHub(context, { sources: [] }, async (hub) => {
    await hub.replay.assertThere();
    const forgotten = await forgetAgain(hub);
    context.out(
      given.json === true ? `${JSON.stringify({ forgotten })}\n` : `${words.forgotten(forgotten)}\n`,
    );
    return 0;
  });
}

/**
 * A client without an entry is one of whom nobody was erased, or a word that is written wrong: then the register says
 * which, and whether this is the list that the hub wrote to.
 * @throws HUB_CONTROLLER_UNKNOWN, BACKUPS_LIST_OTHER
 */
async function refuseStranger(
  context: CommandContext,
  list: ReplayList,
  controller: ControllerId,
): Promise<void> {
  if ((await list.sources(controller)).length > 0) return;
  await withHub(context, { sources: [] }, async (hub) => {
    await hub.replay.assertThere();
    const known = await hub.ports.unitOfWork.transaction((unit) =>
      hub.ports.contracts.controller(unit, controller),
    );
    if (known === undefined) throw fault("HUB_CONTROLLER_UNKNOWN", { place: controller, clause: "D12.3" });
  });
}

function sayGate({ environment }: CommandContext, gate: Gate): string {
  const words = backupsTexts[terminalLanguage(environment)];
  if (gate.open) return words.gateOpen;
  return gate.restricted > 0
    ? words.gateRestricted(gate.restricted)
    : words.gateClosed(gate.listed, gate.rows);
}
