// `npm run -s bench -- NAME [--json] [--write] [--runs N] [--seed N]`: one benchmark against its peer.
//
// NAME is a file bench/NAME.bench.ts of a package or an app, which exports
// `async function bench({ runs, seed }): Promise<{ cases: Case[] }>`. It runs on the compiled packages.
// --json prints one JSON document, --write rewrites the benchmark's section of docs/benchmarks.md.
// Exit 0 even when a goal is not met: a figure is an answer. Without NAME, lists what there is.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chooseProgram, circumstances, stdoutForTheAnswer } from "./measure/program.mjs";
import { table, withSection } from "./measure/report.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    runs: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
});
const options = { runs: Number(values.runs), seed: Number(values.seed) };
const { name, file } = chooseProgram(root, "bench", positionals[0]);

const print = stdoutForTheAnswer();
const { bench } = await import(file);
const { cases } = await bench(options);
const result = { name, ...circumstances(root), ...options, cases: cases.map(withVerdict) };

if (values.write) {
  const page = path.join(root, "docs", "benchmarks.md");
  mkdirSync(path.dirname(page), { recursive: true });
  writeFileSync(page, withSection(existsSync(page) ? readFileSync(page, "utf8") : undefined, result));
}
print(values.json ? `${JSON.stringify(result)}\n` : table(result));
process.exit(0); // a forgotten handle of a peer must not keep us here

/** Adds what follows from the figures: the ratio (our cost by the peer's) and whether the goal is met. */
function withVerdict(one) {
  const ratio = one.ratio ?? (one.peer?.median ? one.ours.median / one.peer.median : undefined);
  const goal = /^(<=|>=|<|>)\s*([\d.]+)$/.exec(one.goal ?? "");
  const met =
    one.met ?? (goal !== null && ratio !== undefined ? holds(ratio, goal[1], Number(goal[2])) : undefined);
  return {
    ...one,
    ...(ratio === undefined ? {} : { ratio: Number(ratio.toPrecision(3)) }),
    ...(met === undefined ? {} : { met }),
  };
}

function holds(value, sign, limit) {
  if (sign === "<=") return value <= limit;
  if (sign === ">=") return value >= limit;
  return sign === "<" ? value < limit : value > limit;
}
