import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export interface Folder {
  readonly path: string;
  remove(): void;
}

/** A new empty folder with a short path, readable by nobody else. The caller removes it: for `beforeAll`. */
export function makeFolder(): Folder {
  const path = mkdtempSync(join(shortTemporaryRoot(), "preau-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** The path of a new empty folder, removed when the running test (or the test of this `beforeEach`) has finished. */
export function temporaryFolder(): string {
  const folder = makeFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

/** A socket's path has at most 107 bytes, so a long TMPDIR is left aside. */
export function shortTemporaryRoot(): string {
  const root = tmpdir();
  return root.length <= 60 ? root : "/tmp";
}
