import path from "node:path";
import { fileURLToPath } from "node:url";
import { brokenTool, tool } from "./tool.mjs";

const config = path.join(path.dirname(fileURLToPath(import.meta.url)), "knip.jsonc");

/** Kinds of knip's report that are findings, in our words. What a face exports may be unused inside the house. */
const KINDS = {
  files: ["is used by nothing", "delete it, or import it"],
  exports: ["is exported and used by nothing", "delete it, or drop the export keyword"],
  types: ["is an exported type that nothing uses", "delete it, or drop the export keyword"],
  duplicates: ["is exported under two names", "keep one"],
  dependencies: ["is a dependency that nothing imports", "remove it from package.json"],
  devDependencies: ["is a devDependency that nothing imports", "remove it from package.json"],
  unlisted: ["is imported and not in package.json", "add it to dependencies or devDependencies"],
  unresolved: ["cannot be resolved", undefined],
};

/**
 * Dead files, dead exports, and dependencies that do not match the imports, by knip.
 *
 * @returns {Promise<import("./findings.mjs").Finding[]>}
 */
export async function checkDeadExports(root) {
  const relative = path.relative(root, config); // knip wants it from its own working directory
  const run = await tool(root, "knip", [
    "--reporter=json",
    "--no-progress",
    "--no-config-hints",
    `--config=${relative}`,
  ]);
  let report;
  try {
    report = JSON.parse(run.stdout);
  } catch {
    return brokenTool("knip", run);
  }
  return report.issues.flatMap((issue) =>
    Object.entries(KINDS).flatMap(([kind, [message, remedy]]) =>
      (issue[kind] ?? [])
        .filter((entry) => !String(entry.name).startsWith("@preau/")) // the floors say it better
        .map((entry) => ({
          file: issue.file,
          line: entry.line,
          message:
            kind === "files"
              ? message
              : `${entry.name ?? entry.map((one) => one.name).join(", ")} ${message}`,
          remedy,
        })),
    ),
  );
}
