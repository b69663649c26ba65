// `npm run check [-- --fix] [NAMES…]`: everything that can be judged without running the product.
// `npm run check -- --without NAMES…`: all but those.
//
// One line a check, then its findings with place and remedy. All run even when one fails; exit 1 on any finding.
// --fix lays the files out, applies the linter's safe fixes and writes the generated pages.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { CHECKS, runChecks } from "./check/all.mjs";
import { printFindings } from "./check/findings.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const names = args.filter((arg) => arg !== "--fix" && arg !== "--without");
const wanted = ({ name }) =>
  args.includes("--without") ? !names.includes(name) : names.length === 0 || names.includes(name);
const unknown = names.find((name) => !CHECKS.some((one) => one.name === name));
if (unknown !== undefined) {
  process.stderr.write(
    `preau: no check "${unknown}"; there are ${CHECKS.map(({ name }) => name).join(", ")}\n`,
  );
  process.exit(2);
}

const chosen = CHECKS.filter(wanted);
const results = await runChecks(root, chosen, { fix: args.includes("--fix") });
const width = Math.max(...results.map(({ name }) => name.length));
for (const { name, findings, ms } of results) {
  const ok = findings.length === 0;
  const count = ok ? "" : `  ${findings.length} finding${findings.length === 1 ? "" : "s"}`;
  process.stdout.write(`${ok ? "✓" : "✗"} ${name.padEnd(width)} ${String(ms).padStart(6)} ms${count}\n`);
  printFindings(findings, process.stdout);
}
process.exitCode = results.every(({ findings }) => findings.length === 0) ? 0 : 1;
