/** One line typed at a terminal that is not shown. */
import type { CommandContext } from "./command-context.ts";

const [ENTER, RETURN, END, INTERRUPT, RUBOUT, BACKSPACE] = ["\n", "\r", "\u0004", "\u0003", "\u007f", "\b"];

/** Undefined where the input is no terminal, and when the person stops (Ctrl-C, Ctrl-D). */
export async function readHidden(context: CommandContext, question: string): Promise<string | undefined> {
  const { input } = context;
  if (input?.isTTY !== true || input.setRawMode === undefined) return undefined;
  context.err(`${question} `);
  input.setRawMode(true);
  input.resume();
  try {
    return await new Promise<string | undefined>((resolve) => {
      let text = "";
      const decoder = new TextDecoder();
      const ended = () => {
        resolve(undefined);
      };
      const typed = (chunk: Uint8Array | string) => {
        const said = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
        for (const key of said) {
          if (key === ENTER || key === RETURN || key === INTERRUPT || key === END) {
            input.off("data", typed);
            input.off("end", ended);
            resolve(key === ENTER || key === RETURN ? text : undefined);
            return;
          }
          if (key === RUBOUT || key === BACKSPACE) text = Array.from(text).slice(0, -1).join("");
          else text += key;
        }
      };
      input.on("data", typed);
      input.once("end", ended);
    });
  } finally {
    input.setRawMode(false);
    input.pause();
    context.err("\n");
  }
}
