/** Where documents go: stdout, a file, or a folder with a file each. What they could not say is counted on stderr. */
import { createHash } from "node:crypto";
import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Document } from "@preau/documents";
import type { Language } from "@preau/kernel";
import { documentFileName, needsController, renderDocument } from "../document-set.ts";
import { fault } from "../errors.ts";
import { makeFolder } from "../make-folder.ts";
import type { CommandContext } from "./command-context.ts";
import type { RenderOptions } from "./render-options.ts";
import { terminalLanguage } from "./report-error.ts";

/** A document that is made when its turn has come: ten thousand of them are never held at once. */
export interface Asked {
  /** A controller, or an agreement by its id. */
  readonly of: string;
  readonly make: () => Promise<Document>;
}

interface Written {
  readonly file: string;
  readonly of: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly gaps: number;
}

/** @throws HUB_FILE_UNWRITABLE */
export async function writeDocuments(
  context: CommandContext,
  options: RenderOptions,
  asked: readonly Asked[],
): Promise<void> {
  const { what, language, format, out, json, controller } = options;
  const [only] = asked;
  if (out === undefined) {
    if (only !== undefined) await print(context, options, only);
    return;
  }
  const folder = path.resolve(context.cwd, out);
  // One for each of a register stands in a folder, also where the register has one controller.
  const asFolder =
    (needsController(what) && controller === undefined) || /[\\/]$/u.test(out) || isFolder(folder);
  const written: Written[] = [];
  for (const { of, make } of asked) {
    const document = await make();
    const file = asFolder
      ? path.join(folder, documentFileName({ name: what, format, language, of }))
      : folder;
    const bytes = await renderDocument(document, format);
    write(file, bytes, out);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    written.push({ file, of, bytes: bytes.length, sha256, gaps: document.gaps.length });
    if (!json) context.out(`${file}\n`);
  }
  const gaps = written.reduce((sum, each) => sum + each.gaps, 0);
  if (json) {
    context.out(
      `${JSON.stringify({ schema: "preau.documents/1", what, language, format, files: written })}\n`,
    );
  } else sayGaps(context, gaps);
}

async function print(
  context: CommandContext,
  { what, language, format, json }: RenderOptions,
  { of, make }: Asked,
): Promise<void> {
  const document = await make();
  if (json) {
    context.out(`${JSON.stringify({ schema: "preau.document/1", what, of, language, document })}\n`);
    return;
  }
  const bytes = await renderDocument(document, format);
  if (format === "pdf") context.bytes?.(bytes);
  else context.out(new TextDecoder().decode(bytes));
  sayGaps(context, document.gaps.length);
}

/** It may name persons: nobody else on the machine reads it. */
function write(file: string, bytes: Uint8Array, place: string): void {
  try {
    makeFolder(path.dirname(file));
    writeFileSync(file, bytes, { mode: 0o600 });
  } catch (cause) {
    throw fault("HUB_FILE_UNWRITABLE", { place, cause });
  }
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

const GAPS: Readonly<Record<Language, (count: number) => string>> = {
  fr: (count) =>
    count === 1 ? "1 point manque ou reste inconnu" : `${count} points manquent ou restent inconnus`,
  en: (count) => (count === 1 ? "1 thing is missing or unknown" : `${count} things are missing or unknown`),
};

function sayGaps(context: CommandContext, count: number): void {
  if (count > 0) context.err(`${GAPS[terminalLanguage(context.environment)](count)}\n`);
}
