import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const bin = path.join(
  path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url)))),
  "node_modules",
  ".bin",
);

/**
 * Runs one of our tools in a folder and collects what it prints.
 *
 * @param {string} root  working directory
 * @param {string} name  a command of node_modules/.bin
 * @param {string[]} args
 * @returns {Promise<{code: number, stdout: string, stderr: string}>}
 */
export function tool(root, name, args) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };
    const child = spawn(path.join(bin, name), args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    const out = { stdout: [], stderr: [] };
    child.stdout.on("data", (chunk) => out.stdout.push(chunk));
    child.stderr.on("data", (chunk) => out.stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(out.stdout).toString(),
        stderr: Buffer.concat(out.stderr).toString(),
      }),
    );
  });
}

/** A tool that failed without a report: its own words are the finding. */
export function brokenTool(name, { stdout, stderr }) {
  return [
    {
      file: name,
      message: `did not run: ${(stderr || stdout).trim().split("\n").slice(0, 12).join("\n      ")}`,
    },
  ];
}
