import { brokenTool, tool } from "./tool.mjs";

/**
 * Layout and import order, by biome.
 *
 * @returns {Promise<import("./findings.mjs").Finding[]>}
 */
export async function checkFormat(root, { fix = false } = {}) {
  const run = await tool(root, "biome", [
    "check",
    "--reporter=json",
    "--max-diagnostics=none",
    ...(fix ? ["--write"] : []),
  ]);
  let report;
  try {
    report = JSON.parse(run.stdout);
  } catch {
    return brokenTool("biome", run);
  }
  return report.diagnostics.map(({ category, message, location }) => ({
    file: location?.path ?? "biome.json",
    line: location?.start?.line || undefined,
    message: category === "format" ? "is not laid out as biome does" : message,
    remedy: "run: npm run format",
  }));
}
