// npm starts us through a shell. A SIGTERM kills npm and that shell and reaches nobody else; a SIGKILL kills npm alone.
// Either way the task would live on and keep its ports: so the launcher looks whether its npm is still there.
import { readFileSync } from "node:fs";

const EVERY = 500;

/** Calls `stop` once the npm that started this process is gone. Does nothing when npm did not start it. */
export function whenNpmDies(stop) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const npm = parentOf(parent);
  const watched = npm !== undefined && isNpm(npm) ? npm : undefined; // Linux; elsewhere the shell alone is watched
  const timer = setInterval(() => {
    if (process.ppid === parent && (watched === undefined || parentOf(parent) === watched)) return;
    clearInterval(timer);
    stop();
  }, EVERY);
  timer.unref();
}

function parentOf(pid) {
  try {
    // "pid (name) state ppid …": the name may hold spaces and parentheses
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ")[1]);
  } catch {
    return undefined;
  }
}

function isNpm(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("npm");
  } catch {
    return false;
  }
}
