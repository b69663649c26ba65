/** `preau journal verify`, `preau journal key` and `preau journal audit`. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type AuditReport, type Verification, verifyReceiptOrProof } from "@preau/journal";
import { isFault, type Language } from "@preau/kernel";
import { fault } from "../errors.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";

const MOST_BYTES = 64 << 20;
const EXIT = { TRUE: 0, FALSE: 1, UNKNOWN: 3 } as const;
const SAYS = {
  en: {
    TRUE: "TRUE    every check holds, with the key that you gave",
    FALSE: "FALSE   a check fails: this file is not what the journal signed",
    UNKNOWN:
      "UNKNOWN every check holds, but only with the key found in the file; give the journal's key with --vkey",
  },
  fr: {
    TRUE: "TRUE    tout concorde, avec la clé que vous avez donnée",
    FALSE: "FALSE   un contrôle échoue : ce fichier n’est pas ce que le journal a signé",
    UNKNOWN:
      "UNKNOWN tout concorde, mais avec la seule clé trouvée dans le fichier ; donnez la clé du journal avec --vkey",
  },
} as const;

export interface VerifyOptions {
  readonly vkey?: string;
  readonly json?: boolean;
}

/** `<name>+<key id>+<base64 of 33 bytes>`, as C2SP signed-note writes a verifier key. */
const VKEY = /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/;

/**
 * Needs no hub, no database and no network. 0 TRUE, 1 FALSE, 3 UNKNOWN.
 * @throws HUB_FILE_UNREADABLE, HUB_FILE_TOO_LARGE, HUB_BAD_ARGUMENT when the key has not the form of one
 */
export function verifyCommand(context: CommandContext, file: string, options: VerifyOptions): number {
  if (options.vkey !== undefined && !VKEY.test(options.vkey))
    throw fault("HUB_BAD_ARGUMENT", { place: "--vkey" });
  const verification = verifyReceiptOrProof(
    readProof(path.resolve(context.cwd, file)),
    options.vkey === undefined ? {} : { vkey: options.vkey },
  );
  if (options.json === true) {
    context.out(`${JSON.stringify(verification)}\n`);
  } else {
    const language = terminalLanguage(context.environment);
    context.out(`${SAYS[language][verification.result]}\n`);
    context.out(detailsOf(verification, language));
  }
  return EXIT[verification.result];
}

const LABELS = {
  en: { origin: "origin", entry: "entry", of: "of", key: "key" },
  fr: { origin: "origine", entry: "entrée", of: "sur", key: "clé" },
} as const;

function detailsOf(verification: Verification, language: Language): string {
  const words = LABELS[language];
  const line = (label: string, text: string) => `  ${label.padEnd(7)} ${text}\n`;
  const lines = Object.entries(verification.checks).map(
    ([check, holds]) => `  ${holds ? "✓" : "✗"} ${check}\n`,
  );
  if (verification.origin !== undefined) lines.push(line(words.origin, verification.origin));
  if (verification.index !== undefined)
    lines.push(line(words.entry, `${verification.index} ${words.of} ${verification.size ?? "?"}`));
  if (verification.key !== undefined) lines.push(line(words.key, verification.key));
  return lines.join("");
}

function readProof(file: string): string {
  const place = path.basename(file);
  try {
    const found = statSync(file);
    if (!found.isFile()) throw fault("HUB_FILE_UNREADABLE", { place });
    if (found.size > MOST_BYTES) throw fault("HUB_FILE_TOO_LARGE", { place });
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw isFault(cause) ? cause : fault("HUB_FILE_UNREADABLE", { place, cause });
  }
}

/** Prints the verifier keys of both logs. */
export async function keyCommand(
  context: CommandContext,
  options: { readonly json?: boolean },
): Promise<number> {
  return withHub(context, { sources: [] }, async (hub) => {
    const keys = { evidence: hub.journal.vkey("evidence"), activity: hub.journal.vkey("activity") };
    context.out(
      options.json === true
        ? `${JSON.stringify(keys)}\n`
        : `evidence  ${keys.evidence}\nactivity  ${keys.activity}\n`,
    );
    return 0;
  });
}

const AUDIT_SAYS = {
  en: { size: "size", at: "at" },
  fr: { size: "taille", at: "en" },
} as const;

/** Computes both logs again. 0 both hold, 1 one does not. */
export async function auditCommand(
  context: CommandContext,
  options: { readonly json?: boolean },
): Promise<number> {
  return withHub(context, { sources: [] }, async ({ journal }) => {
    const reports = { evidence: await journal.audit("evidence"), activity: await journal.audit("activity") };
    const language = terminalLanguage(context.environment);
    const lines = Object.entries(reports).map(([log, report]) => `${log}  ${auditLine(report, language)}\n`);
    context.out(options.json === true ? `${JSON.stringify(reports)}\n` : lines.join(""));
    return Object.values(reports).every(({ holds }) => holds) ? 0 : 1;
  });
}

function auditLine({ at, size }: AuditReport, language: Language): string {
  const words = AUDIT_SAYS[language];
  const sized = `${words.size} ${size}`;
  return at === undefined ? `HOLDS  ${sized}` : `BROKEN ${words.at} ${at}  ${sized}`;
}
