import { refusalBehind } from "@preau/gar/subscriptions";
import type { CommandContext } from "./command-context.ts";
import { garTexts } from "./gar-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** Does it; when the service refuses, its own words go to the terminal of whoever asked, and nowhere else. */
export async function sayRefusal<T>(context: CommandContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = refusalBehind(error)?.serviceMessage;
    const words = garTexts[terminalLanguage(context.environment)];
    if (message !== undefined) context.err(`preau: ${words.serviceSays(message)}\n`);
    throw error;
  }
}
