// `npm test [-- VITEST ARGS]`: the compiled programs that tests start, the types, then every test.
//
// Last line on stdout, always: `N passed, N failed, N skipped`. A type error or a broken build counts as one failure.
// With CI=true a skipped test is a failure too, and is named. A whole green run (no arguments) also proves
// docs/clauses.md: every row that says `enforced` must have had its test pass in this very run.
import { spawn } from "node:child_process";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { verifyAgainstReport } from "./check/clauses.mjs";
import { printFindings } from "./check/findings.mjs";
import { readReport, reportFile } from "./check/test-report.mjs";
import { build } from "./run/build.mjs";
import { LauncherError } from "./run/child.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const whole = args.length === 0;
const named = args.some(
  (arg) => arg === "-t" || arg.startsWith("--testNamePattern") || arg.startsWith("-t="),
);

/** Resolves with the exit code; output as it comes, to our stdout or (for tools that come before the tests) stderr. */
function run(command, commandArgs, { stdout = "inherit", env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(path.join(root, "node_modules", ".bin", command), commandArgs, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", stdout === "stderr" ? 2 : "inherit", "inherit"],
    });
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => child.kill(signal));
    child.on("error", () => resolve(127));
    child.on("close", (code, signal) => resolve(signal === null ? code : 1));
  });
}

async function compile() {
  try {
    await build(root);
    return true;
  } catch (error) {
    process.stderr.write(`preau: ${error instanceof LauncherError ? error.message : error.stack}\n`);
    return false;
  }
}

function finish({ passed, failed, skipped }, ok) {
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`, () =>
    process.exit(ok ? 0 : 1),
  );
}

/** Where the next minute could be saved. */
function sayLongest(longest) {
  process.stdout.write("\nThe longest files, in seconds:\n");
  for (const { file, ms } of longest)
    process.stdout.write(`${(ms / 1000).toFixed(1).padStart(7)}  ${path.relative(root, file)}\n`);
}

async function main() {
  const [built, types] = await Promise.all([
    compile(),
    run("tsc", ["-b", "--pretty", "false"], { stdout: "stderr" }),
  ]);
  if (!built || types !== 0) {
    process.stderr.write(built ? "preau: types do not hold; no test was run\n" : "preau: no test was run\n");
    return finish({ passed: 0, failed: 1, skipped: 0 }, false);
  }

  // A report of its own: other vitest runs in the same folder may write theirs at the same time.
  const own = `${reportFile(root)}.${process.pid}`;
  mkdirSync(path.dirname(own), { recursive: true });
  const status = await run("vitest", ["run", ...args], { env: { PREAU_TEST_REPORT: own } });
  const report = readReport(own);
  if (report === undefined) return finish({ passed: 0, failed: 1, skipped: 0 }, false);
  if (whole) renameSync(own, reportFile(root));
  else rmSync(own);
  if (whole) sayLongest(report.longest);

  const { passed, skipped } = report;
  const failed = report.failed === 0 && status !== 0 ? 1 : report.failed; // an error outside any test
  let ok = failed === 0 && status === 0;
  if (process.env.CI === "true" && !named && report.skippedTitles.length > 0) {
    process.stdout.write("\nSkipped, which CI does not allow:\n");
    for (const title of report.skippedTitles) process.stdout.write(`  ${title}\n`);
    ok = false;
  }
  if (whole && ok) {
    const findings = verifyAgainstReport(root, report);
    if (findings.length > 0) {
      process.stdout.write("\ndocs/clauses.md says more than this run proved:\n");
      printFindings(findings, process.stdout);
      ok = false;
    }
  }
  finish({ passed, failed, skipped }, ok);
}

await main();
