/** A package of 70,000 files and one of 5 GiB (times the scale): both take ZIP64, and stock tools find every file whole. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { systemClock } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { writePackage } from "../src/write-package.ts";
import { contentOf, noise } from "../test/package.ts";

const run = promisify(execFile);
const FILES = 70_000;
const BYTES = 5 * 2 ** 30;

export async function soak({ scale }: { readonly scale: number }): Promise<Readonly<Record<string, number>>> {
  const folder = makeFolder();
  try {
    const many = Math.round(FILES * scale);
    const files = function* () {
      for (let n = 0; n < many; n += 1) yield { path: `f/${n}`, bytes: "", packed: true };
    };
    await whole(path.join(folder.path, "many.zip"), contentOf(files()), many);
    const bytes = Math.round(BYTES * scale);
    const large = [{ path: "large.bin", bytes: () => noise(bytes), packed: true }];
    await whole(path.join(folder.path, "large.zip"), contentOf(large), 1);
    return { files: many, bytes };
  } finally {
    folder.remove();
  }
}

async function whole(out: string, content: ReturnType<typeof contentOf>, files: number): Promise<void> {
  await writePackage(content, { out, protection: { kind: "none" }, at: systemClock.now() });
  const { stdout } = await run("unzip", ["-Zt", out]);
  if (!stdout.startsWith(`${files + 2} files`)) throw new Error(`unzip lists ${stdout}`);
  await run("unzip", ["-tqq", out]);
  await run("7z", ["t", "-bd", "-bso0", out]);
}
