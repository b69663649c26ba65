import { performance } from "node:perf_hooks";
import { checkClauses } from "./clauses.mjs";
import { checkDeadExports } from "./dead-exports.mjs";
import { checkErrors } from "./errors.mjs";
import { checkFloors } from "./floors.mjs";
import { checkFormat } from "./format.mjs";
import { checkLayers } from "./layers.mjs";
import { checkLint } from "./lint.mjs";
import { checkLock } from "./lock.mjs";
import { checkShape } from "./shape.mjs";
import { checkTypes } from "./types.mjs";

/** In the order of the report. `slow` ones are processes of seconds; the others read files. */
export const CHECKS = [
  { name: "format", check: checkFormat },
  { name: "lint", check: checkLint, slow: true },
  { name: "types", check: checkTypes, slow: true },
  { name: "floors", check: checkFloors },
  { name: "layers", check: checkLayers },
  { name: "shape", check: checkShape },
  { name: "dead exports", check: checkDeadExports, slow: true },
  { name: "errors", check: checkErrors },
  { name: "clauses", check: checkClauses },
  { name: "lock", check: checkLock },
];
const LANES = 2; // processes at a time

/**
 * Runs the checks, the longest first and two at a time; with `fix` one after the other, in order, since each reads
 * what the one before has written.
 *
 * @param {string} root
 * @param {typeof CHECKS} chosen
 * @param {{fix?: boolean}} [options]
 * @returns {Promise<{name: string, findings: import("./findings.mjs").Finding[], ms: number}[]>}
 */
export async function runChecks(root, chosen, { fix = false } = {}) {
  const results = new Map();
  const weight = ({ name, slow }) => (name === "lint" ? 2 : slow ? 1 : 0);
  const queue = fix ? [...chosen] : [...chosen].sort((a, b) => weight(b) - weight(a));
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      results.set(next.name, await runOne(root, next, fix));
  };
  await Promise.all(Array.from({ length: fix ? 1 : LANES }, lane));
  return chosen.map(({ name }) => results.get(name));
}

async function runOne(root, { name, check }, fix) {
  const start = performance.now();
  let findings;
  try {
    findings = await check(root, { fix });
  } catch (error) {
    findings = [{ file: `the check "${name}"`, message: `broke: ${error.stack}` }];
  }
  return { name, findings, ms: Math.round(performance.now() - start) };
}
