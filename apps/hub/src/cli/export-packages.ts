/**
 * Writes packages and says what was written. All of them or none: when one fails, those that this run had finished go
 * too, so that nobody takes half of what was ordered for the whole.
 * @clause DD.2, D10.1a
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { type PackageContent, type PackageKind, type Protection, writePackage } from "@preau/data-export";
import type { Language, SubjectId } from "@preau/kernel";
import { fault } from "../errors.ts";
import { makeFolder } from "../make-folder.ts";
import type { CommandContext } from "./command-context.ts";
import { isWhole, type PackageFacts, readFacts } from "./export-facts.ts";
import { makeProgressLine } from "./export-progress.ts";
import { sumsText, writtenText } from "./export-report.ts";
import { terminalLanguage } from "./report-error.ts";

export interface Ordered {
  /** Absolute. */
  readonly file: string;
  readonly content: PackageContent;
  /** Whom it is about, where it is about somebody. */
  readonly subject?: SubjectId;
}

/** One of the answer's packages (`preau.export/1`). */
export interface Written extends PackageFacts {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly kind: PackageKind;
  readonly subject?: SubjectId;
  readonly entries: number;
}

export interface Way {
  readonly protection: Protection;
  readonly signal: AbortSignal;
  readonly language: Language;
  /** Enters what was written in the journal. */
  readonly record: (written: readonly Written[]) => Promise<void>;
}

/** @throws what a builder or the disk refuses, and the reason of the signal; then nothing is left */
export async function writePackages(
  context: CommandContext,
  ordered: readonly Ordered[],
  { protection, signal, language, record }: Way,
): Promise<readonly Written[]> {
  const progress = makeProgressLine(context, language);
  const written: Written[] = [];
  try {
    for (const [done, { file, content, subject }] of ordered.entries()) {
      makeOutFolder(path.dirname(file));
      const { bytes, sha256, entries } = await writePackage(content, {
        ...{ out: file, protection, signal, at: context.clock.now() },
        onProgress: (far) => progress.show(far, { done, of: ordered.length }),
      });
      const named = subject === undefined ? {} : { subject };
      const facts = readFacts(content.facts());
      written.push({ file, bytes, sha256, kind: content.kind, ...named, entries, ...facts });
    }
    await record(written);
    return written;
  } catch (error) {
    for (const { file } of written) rmSync(file, { force: true });
    throw error;
  } finally {
    progress.clear();
  }
}

function makeOutFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    throw fault("HUB_FILE_UNWRITABLE", { place: "--out", cause });
  }
}

/** 0, or 3 where a package says of itself that something is missing. */
export function answerWritten(
  context: CommandContext,
  { json }: { readonly json?: boolean },
  written: readonly Written[],
): number {
  if (json === true) context.out(`${JSON.stringify({ schema: "preau.export/1", packages: written })}\n`);
  else {
    const language = terminalLanguage(context.environment);
    context.out(sumsText(written, context.cwd));
    context.err(writtenText(written, language));
  }
  return written.every(isWhole) ? 0 : 3;
}
