/** `preau journal verify` and `preau journal key`. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type Verification, verifyReceiptOrProof } from "@preau/journal";
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
    FALSE: "FALSE   un contrôle échoue : ce fichier n'est pas ce que le journal a signé",
    UNKNOWN:
      "UNKNOWN tout concorde, mais avec la seule clé trouvée dans le fichier ; donnez la clé du journal avec --vkey",
  },
} as const;

export interface VerifyOptions {
  readonly vkey?: string;
  readonly json?: boolean;
}

/** Needs no hub, no database and no network. 0 TRUE, 1 FALSE, 3 UNKNOWN. @throws HUB_FILE_UNREADABLE */
export function verifyCommand(context: CommandContext, file: string, options: VerifyOptions): number {
  const verification = verifyReceiptOrProof(
    readProof(path.resolve(context.cwd, file)),
    options.vkey === undefined ? {} : { vkey: options.vkey },
  );
  if (options.json === true) {
    context.out(`${JSON.stringify(verification)}\n`);
  } else {
    context.out(`${SAYS[terminalLanguage(context.environment)][verification.result]}\n`);
    context.out(detailsOf(verification));
  }
  return EXIT[verification.result];
}

function detailsOf(verification: Verification): string {
  const lines = Object.entries(verification.checks).map(
    ([check, holds]) => `  ${holds ? "✓" : "✗"} ${check}\n`,
  );
  if (verification.origin !== undefined) lines.push(`  origin ${verification.origin}\n`);
  if (verification.index !== undefined) {
    lines.push(`  entry  ${verification.index} of ${verification.size ?? "?"}\n`);
  }
  if (verification.key !== undefined) lines.push(`  key    ${verification.key}\n`);
  return lines.join("");
}

function readProof(file: string): string {
  try {
    if (statSync(file).size > MOST_BYTES) throw new RangeError("too large");
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw fault("HUB_FILE_UNREADABLE", { place: path.basename(file), cause });
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
