/** The hub and the simulated GAR as two processes on free ports, and all that the hub says and is told. */
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "@preau/testing";
import { collect, startPreau } from "./run-preau.ts";

/** A request, or an answer, that the hub got or sent: its address, and its headers as `name: value`. */
interface Recorded {
  readonly way: "got" | "sent";
  readonly part: "request" | "answer";
  readonly url: string;
  readonly headers: readonly string[];
}

export interface WalkedHouse {
  readonly url: string;
  readonly gar: string;
  /** The hub's data folder. */
  readonly data: string;
  readonly recorded: () => readonly Recorded[];
  /** What the hub wrote to stdout and stderr. */
  readonly written: () => string;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const RECORDER = fileURLToPath(new URL("programs/record-requests.ts", import.meta.url));

/** The controllers of the demonstration, and no LMS. */
function controllers(): string {
  const [before = ""] = readFileSync(path.join(ROOT, "preau.yaml"), "utf8").split("\nlms:");
  return before.slice(before.indexOf("\ncontrollers:"));
}

export async function startWalkedHouse(folder: string): Promise<WalkedHouse> {
  const [at, garFolder] = [path.join(folder, "hub"), path.join(folder, "gar")];
  for (const each of [at, garFolder]) mkdirSync(each);
  writeFileSync(path.join(at, "preau.yaml"), controllers());
  const requests = path.join(folder, "requests.jsonl");
  writeFileSync(requests, "");

  // Both at once: what takes the time is each making its keys.
  const [PREAU_PORT, garPort] = [String(await freePort()), String(await freePort())];
  const gar = `http://localhost:${garPort}`;
  const simulator = startPreau(["simulate", "gar", "--port", garPort, "--json"], {
    cwd: garFolder,
    env: { PREAU_PORT, PREAU_SIM_GAR_SUBSCRIPTIONS_PORT: "off" },
  });
  const hub = startPreau(["serve"], {
    cwd: at,
    env: {
      PREAU_PORT,
      PREAU_LOG: "info",
      PREAU_GAR_IDP_METADATA: `${gar}/idp/metadata`,
      PREAU_GAR_OIDC_ISSUER: `${gar}/oidc`,
      PREAU_GAR_OIDC_CLIENT_SECRET_FILE: path.join(garFolder, ".preau/simulators/gar/oidc-client-secret"),
      PREAU_GAR_OIDC_ID_RESSOURCE: "ark:/99999/plume-openid-connect",
      PREAU_GAR_CAS_SERVER: gar,
      PREAU_TEST_REQUESTS: requests,
      NODE_OPTIONS: `--import=${RECORDER}`,
    },
  });
  const [out, err] = [collect(hub.stdout), collect(hub.stderr)];
  await Promise.all(
    [hub, simulator].map((each) => Promise.race([once(each.stdout!, "data"), once(each, "close")])),
  );
  if (hub.exitCode !== null || simulator.exitCode !== null) throw new Error(`no start: ${err()}`);

  return {
    url: `http://127.0.0.1:${PREAU_PORT}`,
    gar,
    data: path.join(at, ".preau"),
    written: () => out() + err(),
    recorded: () =>
      readFileSync(requests, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((each) => JSON.parse(each) as Recorded),
    stop: async () => {
      const ended = [hub, simulator].map((each) => once(each, "close"));
      for (const each of [hub, simulator]) each.kill("SIGTERM");
      await Promise.all(ended);
    },
  };
}
