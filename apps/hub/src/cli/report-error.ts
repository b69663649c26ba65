/** Errors as a terminal shows them: code, sentence, place, clause, remedy, on stderr; the exit code of INTERFACES. */
import { type Language, PreauError } from "@preau/kernel";

export interface Streams {
  out(text: string): void;
  err(text: string): void;
}

/** The language of a terminal, from `LC_ALL`, `LC_MESSAGES` or `LANG`; English unless it is French. */
export function terminalLanguage(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? "";
  return locale.toLowerCase().startsWith("fr") ? "fr" : "en";
}

const LABELS = {
  en: {
    place: "place",
    clause: "clause",
    remedy: "remedy",
    bug: "Something unforeseen happened; nothing more was done.",
  },
  fr: {
    place: "endroit",
    clause: "clause",
    remedy: "remède",
    bug: "Un imprévu s’est produit ; rien de plus n’a été fait.",
  },
} as const;

/**
 * Prints an error and returns the exit code. An unforeseen error prints its kind, not its text, which could hold data;
 * `PREAU_DEBUG=1` prints the stack.
 */
export function reportError(
  error: unknown,
  streams: Streams,
  environment: Readonly<Record<string, string | undefined>>,
): number {
  const language = terminalLanguage(environment);
  const words = LABELS[language];
  if (environment["PREAU_DEBUG"] === "1" && error instanceof Error)
    streams.err(`${error.stack ?? error.message}\n`);
  if (!(error instanceof PreauError)) {
    streams.err(`preau: UNEXPECTED  ${words.bug} (${error instanceof Error ? error.name : typeof error})\n`);
    return 4;
  }
  const lines = [`preau: ${error.code}  ${error.entry.says[language]}`];
  if (error.place !== undefined) lines.push(`  ${words.place}: ${error.place}`);
  if (error.clause !== undefined) lines.push(`  ${words.clause}: ${error.clause}`);
  const remedy = error.remedy(language);
  if (remedy !== undefined) lines.push(`  ${words.remedy}: ${remedy}`);
  streams.err(`${lines.join("\n")}\n`);
  return error.exit;
}
