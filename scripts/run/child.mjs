import { spawn } from "node:child_process";

/** Something that stops the launcher before the task: the message says what to do. */
export class LauncherError extends Error {}

/**
 * Runs a command whose whole output goes to stderr. Resolves with its exit code and the last 20,000 characters.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd: string, env: NodeJS.ProcessEnv}} options
 * @returns {Promise<{code: number, output: string}>}
 */
export function runToStderr(command, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const windows = process.platform === "win32"; // npx is npx.cmd there, which only a shell can start
    const child = spawn(windows ? `${command}.cmd` : command, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      shell: windows,
    });
    let output = "";
    const keep = (chunk) => {
      process.stderr.write(chunk);
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const stop = (signal) => child.kill(signal);
    process.once("SIGINT", stop).once("SIGTERM", stop);
    child.on("error", (error) => reject(new LauncherError(`${command} does not start: ${error.message}`)));
    child.on("close", (code, signal) => {
      process.removeListener("SIGINT", stop).removeListener("SIGTERM", stop);
      if (signal !== null) reject(new LauncherError(`${command} was stopped by ${signal}`));
      else resolve({ code: code ?? 1, output });
    });
  });
}
