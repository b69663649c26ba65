import { brokenTool, tool } from "./tool.mjs";

/** @returns {Promise<import("./findings.mjs").Finding[]>} */
export async function checkTypes(root) {
  const run = await tool(root, "tsc", ["-b", "--pretty", "false"]);
  const findings = run.stdout.split("\n").flatMap((text) => {
    const match =
      /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/.exec(text) ?? /^()()error (TS\d+: .*)$/.exec(text);
    return match === null
      ? []
      : [{ file: match[1] || "tsconfig.json", line: Number(match[2]) || undefined, message: match[3] }];
  });
  return run.code === 0 || findings.length > 0 ? findings : brokenTool("tsc", run);
}
