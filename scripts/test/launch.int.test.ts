import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const scripts = path.resolve(import.meta.dirname, "..");
let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "launch here "));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** Starts Node in the folder; `out` grows as it prints, `ended` gives exit code or signal. */
function node(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, ...env } });
  children.push(child);
  const seen = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (seen.out += String(chunk)));
  child.stderr.on("data", (chunk) => (seen.err += String(chunk)));
  const ended = new Promise<number | string>((resolve) =>
    child.on("close", (code, signal) => resolve(code ?? signal ?? "?")),
  );
  return { child, seen, ended };
}

async function until(holds: () => boolean) {
  for (const end = Date.now() + 20_000; !holds(); ) {
    if (Date.now() > end) throw new Error("waited for nothing");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("the launcher's lock", () => {
  // Written before any worker starts: one that reads it half written would end without a word.
  beforeEach(() => {
    writeFileSync(
      path.join(folder, "worker.mjs"),
      `import { appendFileSync } from "node:fs";
       import { withLock } from ${JSON.stringify(path.join(scripts, "run", "lock.mjs"))};
       await withLock("lock", "test", async () => {
         appendFileSync("log", "in ");
         await new Promise((ok) => setTimeout(ok, 100));
         appendFileSync("log", "out ");
       });`,
    );
  });
  const worker = () => node(["worker.mjs"]);

  it("lets one in at a time", async () => {
    const workers = [worker(), worker(), worker()];
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    expect(readFileSync(path.join(folder, "log"), "utf8")).toBe("in out in out in out ");
    expect(existsSync(path.join(folder, "lock"))).toBe(false);
  });

  it("is taken over from a process that is gone", async () => {
    const dead = node(["-e", "0"]);
    await dead.ended;
    writeFileSync(
      path.join(folder, "lock"),
      JSON.stringify({ pid: dead.child.pid, host: os.hostname(), nonce: 1 }),
    );
    const workers = [worker(), worker()];
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(readFileSync(path.join(folder, "log"), "utf8")).toBe("in out in out ");
  });

  it("is taken over from another machine that no longer touches it", async () => {
    const lock = path.join(folder, "lock");
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: "elsewhere", nonce: 1 }));
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    expect(await worker().ended).toBe(0);
  });
});

describe("npm start", () => {
  /** Two programs that say what they hear; `hub` and `simulators` are the bodies of their cli.js. */
  function programs({ hub = "", simulators = 'console.log("simulators ready");' }) {
    cpSync(path.join(scripts, "start.mjs"), path.join(folder, "scripts", "start.mjs"));
    for (const [name, body] of Object.entries({ hub, simulators })) {
      const dist = path.join(folder, "apps", name, "dist");
      mkdirSync(dist, { recursive: true });
      writeFileSync(
        path.join(dist, "cli.js"),
        `process.on("SIGTERM", () => { console.error("${name} stops"); process.exit(0); });
         const alive = setInterval(() => {}, 1000);
         console.error("${name} starts " + process.argv[2] + " " + process.env.PREAU_DATA);
         ${body}`,
      );
    }
    return (env: Record<string, string> = {}) => node(["scripts/start.mjs"], { PREAU_DATA: "here", ...env });
  }
  const serving = 'console.log("preau ready http://127.0.0.1:8700");';

  it("starts the simulators first, passes the hub's line through, and stops both on SIGTERM", async () => {
    const { child, seen, ended } = programs({ hub: serving })();
    await until(() => seen.out !== "");
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(seen.out).toBe("preau ready http://127.0.0.1:8700\n");
    expect(seen.err).toMatch(/simulators starts serve here[^]*simulators ready[^]*hub starts serve here/);
    expect(seen.err).toContain("hub stops");
    expect(seen.err).toContain("simulators stops");
  });

  it("ends with the code of the one that died first", async () => {
    const { seen, ended } = programs({ hub: "setTimeout(() => process.exit(9), 50);" })();
    expect(await ended).toBe(9);
    expect(seen.err).toContain("the hub ended (exit 9)");
    expect(seen.err).toContain("simulators stops");
  });

  it("ends with 4 when a port is taken, and does not start the hub", async () => {
    const taken = 'clearInterval(alive); throw new Error("listen EADDRINUSE: address already in use");';
    const { seen, ended } = programs({ hub: serving, simulators: taken })();
    expect(await ended).toBe(4);
    expect(seen.err).not.toContain("hub starts");
  });

  it("tells the hub where the simulated GAR stands, with three protocols, and nothing when it has another one", async () => {
    const names = "IDP_METADATA OIDC_ISSUER OIDC_CLIENT_SECRET_FILE CAS_SERVER".split(" ");
    const hub = `console.log(${JSON.stringify(names)}.map((name) => process.env["PREAU_GAR_" + name] ?? "").join(" "));`;
    const said = async (env: Record<string, string>) => {
      const { child, seen, ended } = programs({ hub })(env);
      await until(() => seen.out !== "");
      child.kill("SIGTERM");
      await ended;
      return seen.out.trim();
    };
    const clean = { PREAU_GAR_IDP_METADATA: "", PREAU_GAR_OIDC_ISSUER: "", PREAU_GAR_CAS_SERVER: "" };
    const moved = { ...clean, PREAU_SIM_GAR_PORT: "9901" };
    const at = (url: string, secret: string) => `${url}/idp/metadata ${url}/oidc ${secret} ${url}`;
    const secret = (data: string) =>
      expect.stringContaining(`/${data}/simulators/gar/oidc-client-secret`) as string;
    const [usual, there] = [await said(clean), await said(moved)];
    expect(usual).toEqual(secret("here"));
    expect(usual.replace(/ \/.*secret /, " S ")).toBe(at("http://localhost:8701", "S"));
    expect(there.replace(/ \/.*secret /, " S ")).toBe(at("http://localhost:9901", "S"));
    expect(await said({ ...moved, PREAU_GAR_CAS_SERVER: "https://cas.example" })).toContain(
      "https://cas.example",
    );
    expect(await said({ ...moved, PREAU_GAR_IDP_METADATA: "idp.xml" })).toBe("idp.xml");
    expect(await said({ ...moved, PREAU_SIMULATORS: "off" })).toBe("");
  });

  it("starts the hub alone with PREAU_SIMULATORS=off", async () => {
    const { child, seen, ended } = programs({ hub: serving })({ PREAU_SIMULATORS: "off" });
    await until(() => seen.out !== "");
    child.kill("SIGINT");
    expect(await ended).not.toBe(4);
    expect(seen.err).not.toContain("simulators starts");
  });
});
