/** `preau mail suppressed …`: the addresses that nobody writes to. None of them is ever told; one is given by a file, or piped in. */
import { isFault } from "@preau/kernel";
import { listSuppressed, removeSuppressed, suppressAddress } from "@preau/mailer";
import { fault } from "../errors.ts";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { bytesOf, limitOf, scopeOf } from "./mail-commands.ts";
import { mailOptionsOf } from "./mail-options.ts";
import { mailTexts } from "./mail-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface SuppressedArguments {
  readonly controller?: string;
  readonly limit?: string;
  readonly json?: boolean;
}

/** 0. */
export async function suppressedListCommand(
  context: CommandContext,
  given: SuppressedArguments,
): Promise<number> {
  const words = mailTexts[terminalLanguage(context.environment)];
  const limit = limitOf(given);
  return withHub(context, {}, async ({ ports }) => {
    const query = { scope: scopeOf(given), now: ports.clock.now(), limit };
    const entries = await ports.unitOfWork.transaction((unit) => listSuppressed(unit, query));
    const suppressed = entries.map(({ subject: _subject, ...entry }) => entry);
    if (given.json === true) context.out(`${JSON.stringify({ suppressed })}\n`);
    else if (suppressed.length === 0) context.out(`${words.nobodySuppressed}\n`);
    else
      context.out(
        alignedTable(
          suppressed.map(({ id, controller, kind, strikes, since, until }) => [
            ...[id, kind, String(strikes), since, until, controller],
          ]),
        ),
      );
    return 0;
  });
}

/** 0 when all of them are on it; 2 with nothing written when one is no address. */
export async function suppressedAddCommand(
  context: CommandContext,
  file: string,
  given: SuppressedArguments,
): Promise<number> {
  const controller = scopeOf(given);
  if (controller === "all") throw fault("HUB_BAD_ARGUMENT", { place: "--controller" });
  const lines = (await bytesOf(context, file)).toString("utf8").split(/\r?\n/);
  const addresses = lines.map((line) => line.trim()).filter((line) => line !== "");
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const { suppress } = mailOptionsOf(hub);
    const ids = await ports.unitOfWork.transaction(async (unit) => {
      const made: string[] = [];
      for (const [index, address] of addresses.entries()) {
        const report = { controller, address, kind: "manual", at: ports.clock.now() } as const;
        try {
          made.push((await suppressAddress(unit, ports, suppress, report)).id);
        } catch (error) {
          // The line, never what stands in it.
          throw isFault(error, "MAIL_BAD")
            ? fault("HUB_BAD_ARGUMENT", { place: `line ${index + 1}` })
            : error;
        }
      }
      return made;
    });
    const words = mailTexts[terminalLanguage(context.environment)];
    const text = ids.map((id) => `${id} ${words.suppressed}\n`).join("");
    context.out(given.json === true ? `${JSON.stringify({ controller, suppressed: ids })}\n` : text);
    return 0;
  });
}

/** 0; 2 for an entry that is not there. */
export async function suppressedRemoveCommand(
  context: CommandContext,
  id: string,
  given: SuppressedArguments,
): Promise<number> {
  return withHub(context, {}, async ({ ports }) => {
    await ports.unitOfWork.transaction((unit) => removeSuppressed(unit, scopeOf(given), id));
    const words = mailTexts[terminalLanguage(context.environment)];
    context.out(given.json === true ? `${JSON.stringify({ removed: id })}\n` : `${id} ${words.released}\n`);
    return 0;
  });
}
