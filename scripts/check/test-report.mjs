import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Where the last whole test run left its JSON report. */
export function reportFile(root) {
  return path.join(root, "node_modules", ".cache", "preau", "test-report.json");
}

/**
 * A vitest JSON report, reduced to what the checks ask. A file that does not load counts as one failed test.
 *
 * @param {string} file
 * @returns {undefined | {
 *   startedAt: number, passed: number, failed: number, skipped: number, skippedTitles: string[],
 *   tests: {file: string, title: string, status: string}[], files: string[], longest: {file: string, ms: number}[]
 * }} undefined when there is no report, or half of one
 */
export function readReport(file) {
  if (!existsSync(file)) return undefined;
  let json;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
  const tests = json.testResults.flatMap((suite) =>
    suite.assertionResults.map((test) => ({
      file: suite.name,
      title: [...test.ancestorTitles, test.title].filter(Boolean).join(" "),
      status: test.status,
    })),
  );
  const broken = json.testResults.filter(
    (suite) => suite.status === "failed" && !suite.assertionResults.some((test) => test.status === "failed"),
  );
  const skipped = tests.filter((test) => test.status !== "passed" && test.status !== "failed");
  return {
    startedAt: json.startTime,
    passed: tests.filter((test) => test.status === "passed").length,
    failed: tests.filter((test) => test.status === "failed").length + broken.length,
    skipped: skipped.length,
    skippedTitles: skipped.map((test) => `${test.title} (${test.status})`),
    tests,
    files: json.testResults.map((suite) => suite.name),
    longest: json.testResults
      .map(({ name, startTime, endTime }) => ({ file: name, ms: Math.round(endTime - startTime) }))
      .sort((a, b) => b.ms - a.ms)
      .slice(0, 10),
  };
}
