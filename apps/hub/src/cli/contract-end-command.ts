/** `preau contract end`: one command that carries a contract's end on, at the machine's own terminal. @clause D6.2c */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Contract, type EndChoice, endChoices } from "@preau/contracts";
import { controllerId, exitCodeOf, isFault, type Language } from "@preau/kernel";
import {
  type Advanced,
  acknowledgeHandOver,
  advanceContractEnd,
  type Certificate,
  type ContractEnd,
  chooseContractEnd,
  confirmErasure,
  handsBack,
  isReversible,
  listEnds,
  liveEnds,
  type PurgeDecider,
  planContractEnd,
  readCertificate,
  retentionOptions,
  retentionPlugin,
  withdrawContractEnd,
} from "@preau/retention";
import { certificateFile, certificateForms, certificateName } from "../contract-end-files.ts";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { makeFolder } from "../make-folder.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { contractEndHelp } from "./contract-end-help.ts";
import { advancedText, planText } from "./contract-end-report.ts";
import { terminalLanguage } from "./report-error.ts";

export interface ContractEndArguments {
  readonly controller: string;
  readonly contract?: string;
  readonly choice?: string;
  readonly window?: string;
  readonly guard?: string;
  readonly out?: string;
  readonly received?: boolean;
  readonly withdraw?: boolean;
  readonly instruction?: string;
  readonly certificate?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * The certificate's exit code; 0 when taken back or for a dry run that nothing stops, 1 stopped for a reason, 3 waiting.
 * @throws what a step refuses: 2, nothing written
 */
export async function contractEndCommand(
  context: CommandContext,
  given: ContractEndArguments,
): Promise<number> {
  const controller = controllerId(given.controller);
  const choice = choiceIn(given);
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const contract = await contractOf(hub, controller, given.contract);
    const by: PurgeDecider = { role: "operations", instructionReference: given.instruction };
    const find = () =>
      ports.unitOfWork.transaction(async (unit) =>
        (await liveEnds(unit, controller)).find((each) => each.contract === contract.id),
      );
    if (given.dryRun === true) return dryRun(context, hub, { contract, given, end: await find() });
    const done = await ports.unitOfWork.transaction(async (unit) =>
      (await listEnds(unit, controller)).find(
        (each) => each.contract === contract.id && each.state === "certified",
      ),
    );
    let live = await find();
    if (live === undefined && done !== undefined)
      return answer(context, hub, given, { end: done, outcome: "certified" });
    if (given.withdraw === true) {
      if (live === undefined) throw fault("HUB_CERTIFICATE_UNKNOWN", { place: "--withdraw" });
      const cancelled = await withdrawContractEnd(ports, { controller, id: live.id, by });
      await hub.sequencer.runOnce();
      return answer(context, hub, given, cancelled);
    }
    const wants = [choice, given.window, given.guard, given.out].some((each) => each !== undefined);
    if (live === undefined || (wants && isReversible(live)))
      live = await ports.unitOfWork.transaction((unit) =>
        chooseContractEnd(unit, ports, {
          ...{ controller, contract: contract.id, by, choice, window: given.window, guard: given.guard },
          out: given.out === undefined ? undefined : path.resolve(context.cwd, given.out),
        }),
      );
    let advanced = await advance(hub, live);
    if (given.received === true && advanced.end.stopped === "notAcknowledged") {
      const { id } = advanced.end;
      await ports.unitOfWork.transaction((unit) => acknowledgeHandOver(unit, ports, { controller, id, by }));
      advanced = await advance(hub, advanced.end);
    }
    if (advanced.end.stopped === "notConfirmed" && (await mayErase(context, hub, advanced.end, given))) {
      const { id } = advanced.end;
      await ports.unitOfWork.transaction((unit) => confirmErasure(unit, ports, { controller, id, by }));
      advanced = await advance(hub, advanced.end);
    }
    return answer(context, hub, given, advanced);
  });
}

const BUSY_WAIT_MS = 500;
const BUSY_TRIES = 240;
const RECEIPT_TRIES = 3;

/** A receipt counts once its entry is numbered: this process numbers, unless a running hub does. */
async function advance(hub: Hub, { controller, id }: ContractEnd): Promise<Advanced> {
  const options = retentionOptions.parse(
    hub.plugins.find(({ plugin }) => plugin.id === retentionPlugin.id)?.options,
  );
  for (let tries = 0; ; ) {
    try {
      const advanced = await advanceContractEnd(
        hub.ports,
        { controller, id },
        { batchPersons: options.batchPersons },
      );
      // A running hub has taken it up at the same moment: what it does counts here too.
      if (advanced.outcome !== "busy" || tries >= BUSY_TRIES) return advanced;
      await setTimeout(BUSY_WAIT_MS);
    } catch (error) {
      if (!isFault(error, "RETENTION_NO_CERTIFICATE") || tries >= RECEIPT_TRIES) throw error;
      await hub.sequencer.runOnce();
    }
    tries += 1;
  }
}

async function mayErase(
  context: CommandContext,
  hub: Hub,
  end: ContractEnd,
  given: ContractEndArguments,
): Promise<boolean> {
  if (given.yes === true) return true;
  if (context.confirm === undefined) return false;
  const language = terminalLanguage(context.environment);
  const plan = await planContractEnd(hub.ports, { ...end, end }, { batchPersons: 500 });
  context.err(planText(plan, end, language));
  return context.confirm(contractEndHelp[language].ask(plan.persons));
}

async function dryRun(
  context: CommandContext,
  { ports }: Hub,
  { contract, given, end }: { contract: Contract; given: ContractEndArguments; end: ContractEnd | undefined },
): Promise<number> {
  const { controller } = contract;
  const plan = await planContractEnd(
    ports,
    { controller, contract: contract.id, end },
    { batchPersons: 500 },
  );
  const { refused, ...said } = plan;
  const choice = end?.facts.choice ?? choiceIn(given) ?? contract.atEnd;
  if (given.json === true)
    context.out(
      `${JSON.stringify({ schema: "preau.contract-end-plan/1", contract: contract.reference, choice: choice ?? null, handsBack: handsBack(choice), ...said, ...(refused === undefined ? {} : { refused: { code: refused.code, place: refused.place } }) })}\n`,
    );
  else context.out(planText(plan, end, terminalLanguage(context.environment)));
  if (refused !== undefined) throw refused;
  return plan.stop === undefined ? 0 : 1;
}

async function answer(
  context: CommandContext,
  hub: Hub,
  given: ContractEndArguments,
  { end, outcome, until }: Advanced,
): Promise<number> {
  await hub.sequencer.runOnce();
  const language = terminalLanguage(context.environment);
  const row = await hub.ports.unitOfWork.transaction((unit) => readCertificate(unit, end.controller, end.id));
  const certificate = row && (JSON.parse(row.body) as Certificate);
  const written = row === undefined ? [] : await writeCertificate(context, hub, given, end, certificate);
  if (given.json === true)
    context.out(
      `${JSON.stringify({ schema: "preau.contract-end/1", end: end.id, contract: end.contract, state: end.state, outcome, ...(end.stopped === undefined ? {} : { stopped: end.stopped }), ...(until === undefined ? {} : { until }), facts: factsSaid(end), ...(certificate === undefined ? {} : { certificate }), ...(written.length === 0 ? {} : { files: written }) })}\n`,
    );
  else
    context.out(
      advancedText(
        { end, outcome, ...(until === undefined ? {} : { until }) },
        certificate,
        written,
        language,
      ),
    );
  if (certificate !== undefined) return exitCodeOf(certificate.verdict);
  if (outcome === "cancelled") return 0;
  return outcome === "stopped" ? 1 : 3;
}

/** What a program reads of the walk: counts, opaque ids, no path of the disk. */
function factsSaid({ facts }: ContractEnd) {
  const { out: _, ...rest } = facts;
  return rest;
}

/** All that is needed to check it without this service: the certificate, its proof, every receipt. */
async function writeCertificate(
  context: CommandContext,
  hub: Hub,
  { certificate: folder }: ContractEndArguments,
  end: ContractEnd,
  certificate: Certificate | undefined,
): Promise<readonly string[]> {
  if (folder === undefined || certificate === undefined) return [];
  const at = path.resolve(context.cwd, folder);
  makeFolder(at);
  const written: string[] = [];
  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(path.join(at, name), bytes, { mode: 0o600 });
    written.push(path.join(at, name));
  };
  const of = { controller: end.controller, end: end.id };
  for (const form of certificateForms)
    for (const language of form === "html" || form === "pdf"
      ? (["fr", "en"] as const)
      : (["fr"] as const satisfies readonly Language[]))
      write(certificateName(end.id, form, language), await certificateFile(hub, of, { form, language }));
  for (const { id } of certificate.erasure.receipts) {
    const file = await hub.ports.receipts.receiptFile(end.controller, id, { waitMs: 5_000 });
    if (file !== undefined) write(`receipt-${id}.json`, new TextEncoder().encode(file));
  }
  return written;
}

/** @throws HUB_CONTRACT_UNKNOWN, HUB_BAD_ARGUMENT where several could be meant */
async function contractOf(
  { ports }: Hub,
  controller: Contract["controller"],
  reference: string | undefined,
): Promise<Contract> {
  const all = await ports.unitOfWork.transaction((unit) => ports.contracts.contracts(unit, controller));
  if (reference === undefined && all.length > 1) throw fault("HUB_BAD_ARGUMENT", { place: "--contract" });
  const found = reference === undefined ? all[0] : all.find((each) => each.reference === reference);
  if (found === undefined) throw fault("HUB_CONTRACT_UNKNOWN");
  return found;
}

function choiceIn({ choice }: ContractEndArguments): EndChoice | undefined {
  if (choice === undefined) return undefined;
  const found = endChoices.find((each) => each === choice);
  if (found === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--choice" });
  return found;
}
