/** `preau export objection …`: what a controller wrote to us against anonymised releases. @clause D13.3 */
import {
  type Evidence,
  listObjections,
  means,
  type Objection,
  recordObjection,
  withdrawObjection,
} from "@preau/anonymisation";
import { officerRoles } from "@preau/contracts";
import { controllerId, type Instant, instant } from "@preau/kernel";
import { fault } from "../errors.ts";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { exportTexts } from "./export-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface ObjectionArguments {
  readonly controller?: string;
  readonly received?: string;
  readonly means?: string;
  readonly writer?: string;
  readonly reference?: string;
  readonly json?: boolean;
}

const BY = { role: "operations" } as const;

/** 0, also when it stood already. Releases that are to be destroyed now make it 3. */
export async function objectionRecordCommand(
  context: CommandContext,
  given: ObjectionArguments,
): Promise<number> {
  const [controller, evidence] = [controllerIn(given), evidenceIn(given)];
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const told = await ports.unitOfWork.transaction((unit) =>
      recordObjection(unit, ports, { controller, by: BY, evidence }),
    );
    await hub.sequencer.runOnce();
    const words = exportTexts[terminalLanguage(context.environment)];
    if (given.json === true) context.out(`${JSON.stringify({ schema: "preau.objection/1", ...told })}\n`);
    else {
      context.out(`${told.objection}  ${words.outSince} ${told.since}\n`);
      for (const id of told.releases) context.out(`${id}  ${words.toDestroy}\n`);
    }
    return told.releases.length > 0 ? 3 : 0;
  });
}

/** 0, or 1 when nothing stood. */
export async function objectionWithdrawCommand(
  context: CommandContext,
  given: ObjectionArguments,
): Promise<number> {
  const [controller, evidence] = [controllerIn(given), evidenceIn(given)];
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const told = await ports.unitOfWork.transaction((unit) =>
      withdrawObjection(unit, ports, { controller, by: BY, evidence }),
    );
    await hub.sequencer.runOnce();
    if (given.json === true) context.out(`${JSON.stringify({ schema: "preau.objection/1", ...told })}\n`);
    else for (const id of told.objections) context.out(`${id}  ${told.at}\n`);
    return told.objections.length === 0 ? 1 : 0;
  });
}

/** Of one controller, or of all. 0, or 1 when there is none. */
export async function objectionListCommand(
  context: CommandContext,
  given: ObjectionArguments,
): Promise<number> {
  const scope = given.controller === undefined ? "all" : controllerIn(given);
  return withHub(context, {}, async ({ ports }) => {
    const found = await ports.unitOfWork.transaction((unit) => listObjections(unit, scope));
    if (given.json === true)
      context.out(`${JSON.stringify({ schema: "preau.objections/1", objections: found })}\n`);
    else context.out(alignedTable(found.map((each) => line(context, each))));
    return found.length === 0 ? 1 : 0;
  });
}

function line(context: CommandContext, { id, controller, withdrawn, ...written }: Objection): string[] {
  const words = exportTexts[terminalLanguage(context.environment)];
  const state = withdrawn === undefined ? words.stands : `${words.withdrawn} ${withdrawn.receivedAt}`;
  return [id, controller, written.receivedAt, state, written.means, written.reference ?? ""];
}

function controllerIn({ controller }: ObjectionArguments) {
  if (controller === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--controller" });
  return controllerId(controller);
}

/** A day counts from its beginning in UTC: an objection binds rather early than late. @throws HUB_BAD_ARGUMENT */
function evidenceIn(given: ObjectionArguments): Evidence {
  const by = (given.means ?? "email") as Evidence["means"];
  if (!(means as readonly string[]).includes(by) || given.means === "page")
    throw fault("HUB_BAD_ARGUMENT", { place: "--means email|letter" });
  const writer = officerRoles.find((each) => each === (given.writer ?? "representative"));
  if (writer === undefined) throw fault("HUB_BAD_ARGUMENT", { place: `--writer ${officerRoles.join("|")}` });
  if (given.received === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--received" });
  if (given.reference === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--reference" });
  return { receivedAt: momentIn(given.received), means: by, writer, reference: given.reference };
}

function momentIn(text: string): Instant {
  try {
    return instant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00.000Z` : text);
  } catch (cause) {
    throw fault("HUB_BAD_ARGUMENT", { place: "--received", cause });
  }
}
