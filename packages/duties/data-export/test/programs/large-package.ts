/** Writes a package of so many MiB that nothing can compress; says how much memory the process took, and how fast it was. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { systemClock } from "@preau/kernel";
import { makeAgeIdentity } from "@preau/keys";
import { openSpool } from "../../src/spool.ts";
import { writePackage } from "../../src/write-package.ts";
import type { Protection } from "../../src/write-package-bytes.ts";
import { contentOf, noise } from "../package.ts";

const [, , folder = "", kind = "none", mebibytes = "64"] = process.argv;
const FILES = 16;
const size = (Number(mebibytes) * 1024 * 1024) / FILES;
const files = Array.from({ length: FILES }, (_, n) => ({
  path: `f${n}.bin`,
  bytes: () => noise(size),
  packed: true,
}));
const { recipient } = await makeAgeIdentity();
const protections: Readonly<Record<string, Protection>> = {
  none: { kind: "none" },
  zip: { kind: "zip", passphrase: "correct horse battery" },
  age: { kind: "age", recipients: [recipient] },
};
const protection = protections[kind.replace("+spool", "")] ?? { kind: "none" };
const parts = path.join(folder, "parts");
mkdirSync(parts, { recursive: true });
let peak = 0;
const before = performance.now();
const { bytes } = await writePackage(contentOf(files), {
  ...{ out: path.join(folder, "large"), protection, at: systemClock.now() },
  ...(kind.endsWith("+spool") ? { spool: openSpool(parts, Buffer.alloc(32, 3)) } : {}),
  onProgress: () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  },
});
const seconds = (performance.now() - before) / 1_000;
const told = {
  kind,
  bytes,
  rssMiB: Math.round(peak / 2 ** 20),
  mibPerSecond: Math.round(bytes / 2 ** 20 / seconds),
};
process.stdout.write(`${JSON.stringify(told)}\n`);
