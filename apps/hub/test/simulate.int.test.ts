import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { silentLog, systemClock } from "@preau/kernel";
import { garSimulator, startSimulators } from "@preau/simulators";
import { freePort, makeFolder, temporaryFolder } from "@preau/testing";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../src/config.ts";
import { openHub } from "../src/hub.ts";
import { serve } from "../src/serve.ts";
import { browserLike } from "./browser-like.ts";
import { preauHere } from "./preau-here.ts";
import { startPreau } from "./run-preau.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

interface Simulators {
  readonly simulators: readonly {
    readonly id: string;
    readonly url: string;
    readonly addresses: Record<string, string>;
  }[];
}

describe("preau simulate", () => {
  const keys = makeFolder(); // made once for both: making keys is what takes time
  afterAll(() => keys.remove());
  it.each(["SIGTERM", "SIGKILL"] as const)(
    "starts the GAR, says where everything is in JSON, and is gone after %s",
    async (signal) => {
      const child = startPreau(["simulate", "gar", "--port", "0", "--json"], { cwd: keys.path });
      onTestFinished(() => void child.kill("SIGKILL"));
      const [line] = (await once(createInterface({ input: child.stdout! }), "line")) as [string];
      const [gar] = (JSON.parse(line) as Simulators).simulators;
      const metadata = gar?.addresses["samlMetadata"] ?? "";
      expect(await (await fetch(metadata)).text()).toContain(`entityID="${gar?.url ?? ""}/cas/idp"`);
      const ended = once(child, "exit");
      child.kill(signal);
      const [code] = await ended;
      expect(code).toBe(signal === "SIGTERM" ? 0 : null);
      await expect
        .poll(
          () =>
            fetch(metadata).then(
              () => "answers",
              () => "gone",
            ),
          { timeout: 5_000 },
        )
        .toBe("gone");
    },
  );

  it("refuses what is no port, and a simulator that is not there", async () => {
    const cwd = temporaryFolder();
    const port = await preauHere(["simulate", "gar", "--port", "many"], { cwd });
    expect([port.code, port.err]).toEqual([2, expect.stringContaining("SIMULATOR_BAD_PORT")]);
    expect((await preauHere(["simulate", "moon"], { cwd })).code).toBe(2);
  });

  it("helps in French and in English", async () => {
    const cwd = temporaryFolder();
    const help = async (LANG: string) =>
      (await preauHere(["simulate", "--help"], { cwd, env: { LANG } })).out;
    expect(await help("fr_FR.UTF-8")).toContain("un GAR, une école, un prestataire de messagerie");
    expect(await help("C")).toContain("a simulated GAR, school, mail provider");
  });
});

describe("preau simulate agreement (DB.K.gar-pupil)", () => {
  it("writes an agreement that passes the check and lets a pupil of the GAR in with what it lists alone (without it: walk.int.test.ts)", async () => {
    const cwd = temporaryFolder();
    const agreement = path.join(cwd, "agreement");
    expect((await preauHere(["simulate", "agreement", "agreement"], { cwd })).code).toBe(0);
    const check = (...more: string[]) =>
      preauHere(["agreement", "check", "--strict", "--json", ...more], { cwd });
    const [own, reference] = [await check("agreement"), await check()];
    expect([own.code, (JSON.parse(own.out) as { valid: boolean }).valid]).toEqual([reference.code, true]);

    const [gar, hub] = [await freePort(), await freePort()];
    const config = path.join(cwd, "preau.yaml");
    const [controllers = ""] = readFileSync(path.join(ROOT, "preau.yaml"), "utf8").split("\nlms:");
    writeFileSync(config, `${controllers}\nagreement: ${agreement}\n`);
    const environment = {
      PREAU_DATA: path.join(cwd, "data"),
      PREAU_REPLAY_LIST: path.join(cwd, "replay"),
      PREAU_PORT: String(hub),
      PREAU_CONFIG: config,
      PREAU_SIM_GAR_PORT: String(gar),
    };
    const [simulated] = await startSimulators(environment, [garSimulator]);
    onTestFinished(() => simulated?.stop());
    const idp = { PREAU_GAR_IDP_METADATA: `http://localhost:${gar}/idp/metadata` };
    const opened = await openHub(readConfig({ ...environment, ...idp }, ROOT), {
      clock: systemClock,
      log: silentLog,
    });
    const serving = await serve(opened);
    onTestFinished(() => serving.stop());

    const browser = browserLike();
    const choice = await browser.go(`${serving.url}/gar/saml/login`);
    const posting = await browser.submit(choice, "", "eleve.bergamote");
    const me = await browser.submit(posting, "/gar/saml/acs");
    expect([me.status, new URL(me.url).pathname]).toEqual([200, "/me"]);
    const session = JSON.parse((await browser.go(`${serving.url}/session`)).html) as Record<string, unknown>;
    expect(session).toMatchObject({ origin: "gar", role: "pupil" });
    expect(session["categories"]).toEqual(
      expect.arrayContaining(["name", "classAndGroup", "connectionAndUsage"]),
    );
    expect(session["dropped"]).toEqual(expect.arrayContaining(["PRO", "E_MS4"]));
  });

  it("writes over nothing", async () => {
    const cwd = temporaryFolder();
    await preauHere(["simulate", "agreement", "one"], { cwd });
    const again = await preauHere(["simulate", "agreement", "one"], { cwd });
    expect([again.code, again.err]).toEqual([4, expect.stringContaining("HUB_FILE_UNWRITABLE")]);
  });
});
