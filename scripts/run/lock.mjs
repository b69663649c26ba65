// One installation or build at a time, however many launchers start at once.
//
// The lock is a file made with O_EXCL whose holder touches it every two seconds. It is stale when its process is
// gone (same machine), or when nobody has touched it for fifteen seconds (another container, a reused pid).
// A stale lock is renamed away before a new one is made, so that two waiters cannot both take it over.
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT = 2000;
const STALE = 15_000;

/**
 * Runs `work` while holding the lock file.
 *
 * @template T
 * @param {string} file
 * @param {string} purpose  shown to those who wait: "installation", "build"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, purpose, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: os.hostname(), nonce: Math.random() });
  for (let waited = 0; !take(file, mine); waited += 1) {
    if (waited === 0) process.stderr.write(`preau: waiting for another ${purpose} to finish\n`);
    await sleep(150);
    if (isStale(file)) dropStale(file);
  }
  const beat = setInterval(() => touch(file), BEAT);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (read(file) === mine) rmSync(file, { force: true });
  }
}

function take(file, mine) {
  try {
    writeFileSync(file, mine, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function isStale(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > STALE) return true;
    const { pid, host } = JSON.parse(readFileSync(file, "utf8"));
    return host === os.hostname() && !isAlive(pid);
  } catch {
    return false; // gone meanwhile, or not yet written whole: look again
  }
}

function dropStale(file) {
  const away = `${file}.${process.pid}`;
  try {
    renameSync(file, away);
    if (isStale(away)) rmSync(away, { force: true });
    else restore(away, file); // somebody took it over between the look and the rename: give it back
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}

function restore(away, file) {
  try {
    linkSync(away, file);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  rmSync(away, { force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // swept away with node_modules: the work itself goes on
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
