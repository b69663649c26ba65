import { isFault } from "@preau/kernel";
import { freePort, makeFolder } from "@preau/testing";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { garSimulator } from "../src/gar/gar-simulator.ts";
import { listen } from "../src/listen.ts";
import { startSimulators } from "../src/simulators.ts";

const folder = makeFolder();
afterAll(() => folder.remove());

async function environment(more: Record<string, string> = {}) {
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
    const env = await environment();
    const [running] = await startSimulators(env, [garSimulator]);
    expect(running?.url).toBe(`http://localhost:${env.PREAU_SIM_GAR_PORT}`);
    expect((await fetch(`http://127.0.0.1:${env.PREAU_SIM_GAR_PORT}/`)).status).toBe(200);
    await running?.stop();
    await expect(fetch(`http://127.0.0.1:${env.PREAU_SIM_GAR_PORT}/`)).rejects.toThrow();
  });

  it("says which port is taken, with exit code 4, and leaves nothing running", async () => {
    const env = await environment();
    const squatter = await listen((_request, response) => response.end(), Number(env.PREAU_SIM_GAR_PORT));
    onTestFinished(() => squatter.stop());
    expect(await refusal(startSimulators(env, [garSimulator]))).toEqual({
      code: "SIMULATOR_PORT_TAKEN",
      exit: 4,
      place: `port ${env.PREAU_SIM_GAR_PORT}`,
    });
  });

  it("refuses what is no port", async () => {
    const env = await environment({ PREAU_SIM_GAR_PORT: "87oh" });
    expect(await refusal(startSimulators(env, [garSimulator]))).toEqual({
      code: "SIMULATOR_BAD_PORT",
      exit: 2,
      place: "PREAU_SIM_GAR_PORT",
    });
  });

  it("leaves the GAR out where a real identity provider is configured", async () => {
    const env = await environment({ PREAU_GAR_IDP_METADATA: "idp.xml" });
    expect(await startSimulators(env, [garSimulator])).toEqual([]);
  });

  it("keeps its keys between two starts", async () => {
    const env = await environment();
    const metadata = async () => {
      const [running] = await startSimulators(env, [garSimulator]);
      const text = await (await fetch(`${running?.url ?? ""}/idp/metadata`)).text();
      await running?.stop();
      return text;
    };
    expect(await metadata()).toBe(await metadata());
  });
});
