import { isFault } from "@preau/kernel";
import { freePort, makeFolder } from "@preau/testing";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { garSimulator } from "../src/gar/gar-simulator.ts";
import { listen } from "../src/listen.ts";
import { sayStarted, simulate, startedJson } from "../src/simulate.ts";
import { startSimulators } from "../src/simulators.ts";

const folder = makeFolder();
afterAll(() => folder.remove());

async function environmentFor(more: Record<string, string> = {}) {
  return { PREAU_DATA: folder.path, PREAU_SIM_GAR_PORT: String(await freePort()), ...more };
}

async function refusal(
  start: Promise<unknown>,
): Promise<{ code: string; exit: number; place: string | undefined }> {
  const error = await start.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isFault(error)) throw new Error("it was not refused");
  return { code: error.code, exit: error.exit, place: error.place };
}

describe("starting the simulators", () => {
  it("serves on 127.0.0.1 and ::1 under one name, and stops", async () => {
    const env = await environmentFor();
    const [running] = await startSimulators(env, [garSimulator]);
    expect(running?.url).toBe(`http://localhost:${env.PREAU_SIM_GAR_PORT}`);
    expect((await fetch(`http://127.0.0.1:${env.PREAU_SIM_GAR_PORT}/`)).status).toBe(200);
    await running?.stop();
    await expect(fetch(`http://127.0.0.1:${env.PREAU_SIM_GAR_PORT}/`)).rejects.toThrow();
  });

  it("says which port is taken, with exit code 4, and leaves nothing running", async () => {
    const env = await environmentFor();
    const squatter = await listen((_request, response) => response.end(), Number(env.PREAU_SIM_GAR_PORT));
    onTestFinished(() => squatter.stop());
    expect(await refusal(startSimulators(env, [garSimulator]))).toEqual({
      code: "SIMULATOR_PORT_TAKEN",
      exit: 4,
      place: `port ${env.PREAU_SIM_GAR_PORT}`,
    });
  });

  it("refuses what is no port", async () => {
    const env = await environmentFor({ PREAU_SIM_GAR_PORT: "87oh" });
    expect(await refusal(startSimulators(env, [garSimulator]))).toEqual({
      code: "SIMULATOR_BAD_PORT",
      exit: 2,
      place: "PREAU_SIM_GAR_PORT",
    });
  });

  it("leaves the GAR out where a real identity provider is configured", async () => {
    const env = await environmentFor({ PREAU_GAR_IDP_METADATA: "idp.xml" });
    expect(await startSimulators(env, [garSimulator])).toEqual([]);
  });

  it("keeps its keys between two starts", async () => {
    const env = await environmentFor();
    const metadata = async () => {
      const [running] = await startSimulators(env, [garSimulator]);
      const text = await (await fetch(`${running?.url ?? ""}/idp/metadata`)).text();
      await running?.stop();
      return text;
    };
    expect(await metadata()).toBe(await metadata());
  });
});

describe("simulating one for somebody's own tests", () => {
  it("starts the GAR beside a real one, on any port, and says where everything is", async () => {
    const environment = await environmentFor({ PREAU_GAR_IDP_METADATA: "idp.xml" });
    const started = await simulate({ which: "gar", port: "0", environment });
    onTestFinished(async () => {
      await Promise.all(started.map((each) => each.stop()));
    });
    const [gar] = started;
    const { addresses = [], url = "" } = gar ?? {};
    expect(new URL(url).port).not.toBe(environment.PREAU_SIM_GAR_PORT);
    for (const { at } of addresses) {
      for (const language of ["en", "fr"] as const) expect(sayStarted(started, language)).toContain(at);
    }
    const json = JSON.parse(startedJson(started)) as { simulators: { addresses: Record<string, string> }[] };
    const { samlMetadata = "", oidcDiscovery = "", subscriptions } = json.simulators[0]?.addresses ?? {};
    expect([(await fetch(samlMetadata)).status, (await fetch(oidcDiscovery)).status]).toEqual([200, 200]);
    expect(subscriptions).toMatch(/^https:\/\/localhost:\d+$/);
  });

  it("refuses one that is not there, one port for all, and what is no list of resources", async () => {
    const environment = await environmentFor();
    expect((await refusal(simulate({ which: "moon", environment }))).code).toBe("SIMULATOR_UNKNOWN");
    expect(await refusal(simulate({ which: "all", port: "1", environment }))).toMatchObject({
      code: "SIMULATOR_BAD_PORT",
      place: "--port",
    });
    for (const resources of ["Plume", "Plume=javascript:alert(1)", "=http://localhost/"]) {
      const wrong = { ...environment, PREAU_SIM_GAR_RESOURCES: resources };
      expect((await refusal(simulate({ which: "gar", environment: wrong }))).code).toBe(
        "SIMULATOR_BAD_RESOURCE",
      );
    }
  });
});
