/** `preau gar certificate`: the yearly certificate of destruction, in one of its forms. @clause D12.2 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import {
  type CertificateForm,
  certificateFile,
  certificateForms,
  certifyDestructions,
  type DestructionCertificate,
  garOptions,
  garPlugin,
} from "@preau/gar";
import { type ControllerId, controllerId, exitCodeOf, type Language } from "@preau/kernel";
import type { Command } from "commander";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { garAccountsTexts } from "./gar-accounts-texts.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";

interface CertificateArguments {
  readonly year: string;
  readonly controller?: string;
  readonly format?: string;
  readonly language?: string;
  readonly output?: string;
}

/** Adds `certificate` to `preau gar`. */
export function addGarCertificateCommand(
  gar: Command,
  context: CommandContext,
  done: (code: number) => void,
): void {
  const language = terminalLanguage(context.environment);
  const words = garAccountsTexts[language];
  gar
    .command("certificate")
    .description(words.certificate)
    .helpOption("-h, --help", helpTexts[language].help)
    .requiredOption("--year <year>", words.year)
    .option("--controller <id>", words.controller)
    .option("--format <format>", words.format)
    .option("--language <language>", words.language)
    .option("-o, --output <file>", words.output)
    .action(async (given: CertificateArguments) => done(await certificateCommand(context, given)));
}

/**
 * The certificate's exit code: 0 wholly verified, 1 data is left, 3 not wholly verified, nothing erased, or waiting.
 * @throws HUB_BAD_ARGUMENT, HUB_CONTROLLER_UNKNOWN, GAR_BAD_SCHOOL_YEAR, HUB_BINARY_TO_TERMINAL, HUB_FILE_UNWRITABLE
 */
async function certificateCommand(context: CommandContext, given: CertificateArguments): Promise<number> {
  const own = terminalLanguage(context.environment);
  const form = formOf(given);
  const language = oneOf<Language>(["fr", "en"], given.language ?? own, "--language");
  if (form === "pdf" && given.output === undefined && context.bytes === undefined)
    throw fault("HUB_BINARY_TO_TERMINAL", { place: "--output" });
  return withHub(context, {}, async (hub) => {
    const controller = controllerOf(hub, given);
    const { contracts, unitOfWork } = hub.ports;
    const known = await unitOfWork.transaction((unit) => contracts.controller(unit, controller));
    if (known === undefined) throw fault("HUB_CONTROLLER_UNKNOWN", { place: "--controller" });
    await hub.sequencer.runOnce(); // receipts count once their entries are numbered
    const row = await certifyDestructions(hub.ports, { controller, year: given.year });
    await hub.sequencer.runOnce();
    const bytes = await certificateFile(hub.ports, row, { form, language });
    if (given.output === undefined) print(context, form, bytes);
    else write(context, path.resolve(context.cwd, given.output), bytes);
    const { accounts } = JSON.parse(row.body) as DestructionCertificate;
    const words = garAccountsTexts[own];
    context.err(`${row.id} ${row.schoolYear}: ${row.verdict}, ${words.accounts(accounts)}\n`);
    if (given.output !== undefined) context.err(`${words.written(given.output)}\n`);
    return exitCodeOf(row.verdict);
  });
}

function print(context: CommandContext, form: CertificateForm, bytes: Uint8Array): void {
  if (form === "pdf") context.bytes?.(bytes);
  else context.out(new TextDecoder().decode(bytes));
}

/** @throws HUB_FILE_UNWRITABLE */
function write(context: CommandContext, file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes, { mode: 0o600 });
  } catch (cause) {
    throw fault("HUB_FILE_UNWRITABLE", { place: path.relative(context.cwd, file), cause });
  }
}

function formOf({ format, output }: CertificateArguments): CertificateForm {
  const byName = certificateForms.find((each) => output?.toLowerCase().endsWith(`.${each}`));
  return oneOf(certificateForms, format ?? byName ?? "md", "--format");
}

function controllerOf({ plugins }: Hub, { controller }: CertificateArguments): ControllerId {
  if (controller !== undefined) return controllerId(controller);
  return garOptions.parse(plugins.find(({ plugin }) => plugin.id === garPlugin.id)?.options).controller;
}

/** @throws HUB_BAD_ARGUMENT */
function oneOf<T extends string>(words: readonly T[], asked: string, option: string): T {
  const found = words.find((word) => word === asked);
  if (found !== undefined) return found;
  const list = words.join(", ");
  throw fault("HUB_BAD_ARGUMENT", {
    place: option,
    remedy: { en: `Use one of: ${list}.`, fr: `Choisissez parmi : ${list}.` },
  });
}
