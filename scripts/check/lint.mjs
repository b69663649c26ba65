import path from "node:path";
import { brokenTool, tool } from "./tool.mjs";

/**
 * What the types allow and the eye overlooks: typed eslint rules.
 *
 * @returns {Promise<import("./findings.mjs").Finding[]>}
 */
export async function checkLint(root, { fix = false } = {}) {
  const run = await tool(root, "eslint", [
    "--format=json",
    "--no-error-on-unmatched-pattern",
    ...(fix ? ["--fix"] : []),
    // Half of its time is for tests: where minutes are counted, sources and benches alone.
    ...(process.env["PREAU_LINT"] === "sources" ? ["--ignore-pattern", "**/test/**"] : []),
    ".",
  ]);
  let report;
  try {
    report = JSON.parse(run.stdout);
  } catch {
    return brokenTool("eslint", run);
  }
  return report.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message, ruleId }) => ({
      file: path.relative(root, filePath),
      line,
      message: ruleId === null ? message : `${message} (${ruleId})`,
    })),
  );
}
