/** Reads a PDF with poppler's tools, which are another's code: text, tags, fonts. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Why no PDF is read here; undefined when one can be. Under CI that is an error. */
export function popplerSkipReason(): string | undefined {
  const found = spawnSync("pdftotext", ["-v"]).status === 0;
  const reason = found ? undefined : "no pdftotext (Debian: poppler-utils)";
  if (reason !== undefined && process.env["CI"]) throw new Error(reason);
  if (reason !== undefined) process.stderr.write(`skipped: ${reason}\n`);
  return reason;
}

function run(
  tool: string,
  pdf: Uint8Array,
  before: readonly string[],
  after: readonly string[] = [],
): string {
  const folder = mkdtempSync(path.join(tmpdir(), "pdf-"));
  try {
    const file = path.join(folder, "a.pdf");
    writeFileSync(file, pdf);
    const { stdout, stderr, status } = spawnSync(tool, [...before, file, ...after], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0 || /error/iu.test(stderr)) throw new Error(`${tool}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text in the order in which it was drawn, page by page. */
export const rawPages = (pdf: Uint8Array) => run("pdftotext", pdf, ["-raw"], ["-"]).split("\f").slice(0, -1);
/** As a person reads it. */
export const text = (pdf: Uint8Array) => run("pdftotext", pdf, [], ["-"]);
export const info = (pdf: Uint8Array) => run("pdfinfo", pdf, []);
/** The tree of tags, with its texts. */
export const structure = (pdf: Uint8Array) => run("pdfinfo", pdf, ["-struct-text"]);
export const fonts = (pdf: Uint8Array) => run("pdffonts", pdf, []).split("\n").slice(2).filter(Boolean);
