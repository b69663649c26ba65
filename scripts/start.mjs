// `npm start`: the simulators, then the hub, in the foreground until one of them ends or a signal arrives.
//
// The hub's stdout is passed through (it prints `preau ready http://127.0.0.1:8700`); what the simulators print goes
// to stderr. Exit code: 0 after Ctrl-C or SIGTERM, else that of the one that died first, 4 when a port is taken.
// PREAU_SIMULATORS=off starts the hub alone. The environment reaches both unchanged, but that the hub is told where the
// simulated GAR stands, with its three protocols, and the simulated support desk.
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const apps = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), "apps");
const READY = "simulators ready";
const READY_WITHIN = 60_000;
const STOP_WITHIN = 10_000;
const PORT_TAKEN = 4;

const running = new Set();
let exitCode; // set once, by the first that dies or the signal that stops all

function startProgram(name, app, stdout, more = {}) {
  const script = path.join(apps, app, "dist", "cli.js");
  const env = { ...process.env, ...more };
  const child = spawn(process.execPath, [script, "serve"], { stdio: ["ignore", stdout, "pipe"], env });
  running.add(child);
  let portTaken = false;
  child.stderr.on("data", (chunk) => {
    portTaken ||= String(chunk).includes("EADDRINUSE");
    process.stderr.write(chunk);
  });
  child.on("close", (code, signal) => {
    running.delete(child);
    if (exitCode === undefined)
      process.stderr.write(`preau: the ${name} ended (${signal ?? `exit ${code}`})\n`);
    stopAll(portTaken ? PORT_TAKEN : (code ?? 1));
  });
  return child;
}

function stopAll(code, signal = "SIGTERM") {
  exitCode ??= code;
  if (running.size === 0) process.exit(exitCode);
  for (const child of running) child.kill(signal);
}

/** Resolves when the simulators say that they listen. */
function simulatorsReady(child) {
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      process.stderr.write(`preau: the simulators are not ready after ${READY_WITHIN / 1000} s\n`);
      stopAll(PORT_TAKEN);
    }, READY_WITHIN);
    child.on("exit", () => clearTimeout(late));
    createInterface({ input: child.stdout }).on("line", (line) => {
      process.stderr.write(`${line}\n`);
      if (line.trim() !== READY) return;
      clearTimeout(late);
      resolve();
    });
  });
}

let asked = 0;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    asked += 1;
    exitCode ??= 0;
    const heard = signal === "SIGINT" && process.stdin.isTTY; // a terminal tells the whole group by itself
    if (asked > 1) stopAll(0, "SIGKILL");
    else if (!heard || running.size === 0) stopAll(0, signal);
    setTimeout(() => stopAll(0, "SIGKILL"), STOP_WITHIN).unref();
  });
}
// A launcher that was killed outright cannot forward anything: do not outlive it, the ports would stay taken.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && stopAll(1), 1000).unref();

const simulated = process.env.PREAU_SIMULATORS !== "off";
if (simulated) await simulatorsReady(startProgram("simulators", "simulators", "pipe"));
if (exitCode === undefined) {
  const told = simulated ? { ...simulatedGar(process.env), ...simulatedDesk(process.env) } : {};
  startProgram("hub", "hub", "inherit", told);
}

/**
 * Where the simulated GAR stands, for a hub that is told of no other: on the port that was chosen, with the secret that it
 * made in the data folder. What the environment says already is left as it is.
 */
function simulatedGar(env) {
  if (env.PREAU_GAR_IDP_METADATA) return {};
  const url = `http://localhost:${env.PREAU_SIM_GAR_PORT || 8701}`;
  const data = path.resolve(env.PREAU_DATA || ".preau");
  const found = {
    PREAU_GAR_IDP_METADATA: `${url}/idp/metadata`,
    PREAU_GAR_OIDC_ISSUER: `${url}/oidc`,
    PREAU_GAR_OIDC_CLIENT_SECRET_FILE: path.join(data, "simulators", "gar", "oidc-client-secret"),
    PREAU_GAR_OIDC_ID_RESSOURCE: "ark:/99999/plume-openid-connect",
    PREAU_GAR_CAS_SERVER: url,
  };
  return Object.fromEntries(Object.entries(found).filter(([name]) => !env[name]));
}

/** Where the simulated desk stands, for a hub that is told of no other; its secrets are those that it made in the data folder. */
function simulatedDesk(env) {
  if (env.PREAU_SUPPORT_DESK) return {};
  const url = `http://localhost:${env.PREAU_SIM_DESK_PORT || 8704}`;
  const folder = path.join(path.resolve(env.PREAU_DATA || ".preau"), "simulators", "desk");
  const website = env.PREAU_SIM_DESK_WEBSITE || "5f0c2b9e-7a41-4d36-9f18-2c6e8d03b7a5";
  return {
    PREAU_SUPPORT_DESK: "crisp",
    PREAU_SUPPORT_WEBSITE: website,
    PREAU_SUPPORT_API: `${url}/v1`,
    PREAU_SUPPORT_IDENTIFIER: "e83f6a17-5d2c-4b09-a7e4-60c9d1b8f3a2",
    PREAU_SUPPORT_CHAT: `${url}/chat/embed/?website_id=${website}`,
    PREAU_SUPPORT_KEY_FILE: path.join(folder, "plugin-key"),
    PREAU_SUPPORT_HOOK_SECRET_FILE: path.join(folder, "hook-secret"),
  };
}
