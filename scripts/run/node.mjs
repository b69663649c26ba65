import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { LauncherError } from "./child.mjs";

const windows = process.platform === "win32";

/**
 * The Node that runs our code: the pinned one (an optional dependency), or the machine's own when it is new enough.
 * better-sqlite3 does not refuse an old Node, it crashes: hence a check and not a hope.
 *
 * @param {string} root
 * @returns {string} path of the binary
 */
export function findNode(root) {
  const pinned = path.join(root, "node_modules", ".bin", windows ? "node.exe" : "node");
  const node = existsSync(pinned) ? pinned : "node";
  if (node === pinned && realpathSync(pinned) === realpathSync(process.execPath)) return process.execPath; // no spawn
  const found = spawnSync(node, ["-p", "process.versions.node"], { encoding: "utf8" }).stdout?.trim() ?? "";
  const [major = 0, minor = 0] = found.split(".").map(Number);
  if (major > 24 || (major === 24 && minor >= 11)) return node;
  throw new LauncherError(
    `Node 24.11 or newer is needed, and no pinned binary exists for ${process.platform}-${process.arch} ` +
      `(found ${found || "none"}).`,
  );
}

/** Environment of a task: our tools first on PATH, and compiled code kept between runs. */
export function taskEnvironment(root) {
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE:
      process.env.NODE_COMPILE_CACHE ?? path.join(root, "node_modules", ".cache", "compile"),
  };
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  env[key] = path.join(root, "node_modules", ".bin") + path.delimiter + (env[key] ?? "");
  return env;
}

/** Environment of npx, pnpm and turbo: no telemetry, no questions, and caches in the project when HOME is read-only. */
export function installerEnvironment(root) {
  const env = {
    ...taskEnvironment(root),
    TURBO_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
    npm_config_update_notifier: "false",
    npm_config_prefer_offline: "true", // npx asks the registry about an exact version it already has, unless told not to
  };
  delete env.npm_config_loglevel; // `npm run -s` must not silence the reason why an installation failed
  if (homeIsWritable()) return env;
  const caches = path.join(root, "node_modules", ".cache", "home");
  return {
    ...env,
    npm_config_cache: path.join(caches, "npm"),
    XDG_CACHE_HOME: path.join(caches, "cache"),
    XDG_DATA_HOME: path.join(caches, "data"),
    XDG_STATE_HOME: path.join(caches, "state"),
  };
}

function homeIsWritable() {
  try {
    accessSync(os.homedir(), constants.W_OK);
    return true;
  } catch {
    return false; // read-only, absent, or without a name
  }
}
