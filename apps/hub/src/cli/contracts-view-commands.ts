/** `preau contracts list`, `show`, `history`. */
import { formatDuration } from "@preau/calendar";
import { instructionsOf } from "@preau/contracts";
import { controllerId } from "@preau/kernel";
import { fault } from "../errors.ts";
import { type CommandContext, withHub } from "./command-context.ts";

export interface ListOptions {
  readonly search?: string;
  readonly json?: boolean;
}

const MOST = 100_000;

export async function listCommand(context: CommandContext, options: ListOptions): Promise<number> {
  return withHub(context, {}, async ({ ports }) => {
    const { controllers, total } = await ports.unitOfWork.transaction((unit) =>
      ports.contracts.list(unit, {
        scope: "all",
        limit: MOST,
        offset: 0,
        ...(options.search === undefined ? {} : { search: options.search }),
      }),
    );
    if (options.json === true) {
      context.out(`${JSON.stringify({ schema: "preau.controllers/1", total, controllers })}\n`);
    } else {
      const width = Math.max(0, ...controllers.map(({ id }) => id.length));
      for (const { id, name, uai } of controllers) {
        context.out(`${id.padEnd(width)}  ${name}${uai === undefined ? "" : `  ${uai}`}\n`);
      }
    }
    return controllers.length > 0 ? 0 : 1;
  });
}

/** Names persons: its officers. Asked for by who runs it, on their own terminal. */
export async function showCommand(
  context: CommandContext,
  id: string,
  options: { readonly json?: boolean },
): Promise<number> {
  const controller = controllerId(id);
  return withHub(context, {}, async ({ ports }) => {
    const { contracts } = ports;
    const shown = await ports.unitOfWork.transaction(async (unit) => {
      const known = await contracts.controller(unit, controller);
      if (known === undefined) throw fault("HUB_CONTROLLER_UNKNOWN");
      return {
        controller: known,
        officers: await contracts.officers(unit, controller),
        contracts: (await contracts.contracts(unit, controller)).map((each) => ({
          ...each,
          state: contracts.stateOf(each, known.place),
        })),
        ownPeriods: await contracts.ownPeriods(unit, controller),
        purposeBases: await contracts.purposeBases(unit, controller),
        attestations: await contracts.attestations(unit, controller),
      };
    });
    if (options.json === true) {
      context.out(`${JSON.stringify({ schema: "preau.controller/1", ...shown })}\n`);
      return 0;
    }
    const { name, place, uai, siret } = shown.controller;
    context.out(
      `${id}  ${name}  ${place.region} ${place.zone}  ${uai ?? ""} ${siret ?? ""}`.trimEnd() + "\n",
    );
    for (const officer of shown.officers) context.out(`  ${officer.id}  ${officer.role}  ${officer.name}\n`);
    for (const { id: own, reference, products, startsOn, endsOn, atEnd, state } of shown.contracts) {
      context.out(
        `  ${reference}  ${state}  ${startsOn} → ${endsOn ?? "…"}  ${products.join(" ")}  ${atEnd ?? ""}`.trimEnd() +
          "\n",
      );
      for (const each of shown.ownPeriods.filter(({ contract }) => contract === own)) {
        context.out(`    D5 ${each.rule} ${formatDuration(each.duration)}\n`);
      }
      for (const each of shown.purposeBases.filter(({ contract }) => contract === own)) {
        context.out(`    D6.1a ${each.product} ${each.purpose} ${each.legalBasis}\n`);
      }
      for (const each of shown.attestations.filter(({ contract }) => contract === own)) {
        context.out(`    D6.0 ${each.attestedAt}\n`);
      }
    }
    return 0;
  });
}

export async function historyCommand(
  context: CommandContext,
  id: string,
  options: { readonly json?: boolean },
): Promise<number> {
  const controller = controllerId(id);
  return withHub(context, {}, async ({ ports }) => {
    const instructions = await ports.unitOfWork.transaction((unit) =>
      instructionsOf(unit, ports.journal, { controller, limit: 1_000 }),
    );
    if (options.json === true) {
      context.out(`${JSON.stringify({ schema: "preau.instructions/1", instructions })}\n`);
    } else {
      for (const { id: entry, recordedAt, deed, clause, actorRole } of instructions) {
        context.out(`${entry}  ${recordedAt}  ${clause ?? ""}  ${deed}  ${actorRole}\n`);
      }
    }
    return instructions.length > 0 ? 0 : 1;
  });
}
