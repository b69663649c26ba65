/** Hooks of the simulated desk at the real hub: spelt in eight ways, repeated, out of order, forged, and under a new secret. */
import { appendFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { inUnit } from "@preau/database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type SupportHouse, startSupportHouse } from "./support-house.ts";

interface Delivery {
  readonly event: string;
  readonly status: number;
  readonly state: string;
}

let house: SupportHouse;
beforeAll(async () => {
  house = await startSupportHouse();
  // A rotation: the secret in force and the one that comes stand beside each other.
  const folder = path.join(house.folder, "simulators/desk");
  appendFileSync(
    path.join(folder, "hook-secret"),
    `\n${readFileSync(path.join(folder, "hook-secret-next"), "utf8")}`,
  );
}, 60_000);
afterAll(() => house.stop());
beforeEach(async () => {
  await house.ask("DELETE", "/_faults");
  await house.ask("DELETE", "/_hooks");
  await house.ask("DELETE", "/_desk");
});

const rows = (table: string) =>
  house.hub.ports.unitOfWork.transaction(
    async (unit) => (await inUnit(unit)(table).orderBy("id")) as readonly Record<string, unknown>[],
  );
const defect = (name: string, value = "on") => house.ask("POST", "/_faults", { [name]: value });
const deliveries = async () =>
  (await house.ask<{ deliveries: readonly Delivery[] }>("GET", "/_hooks")).deliveries;

describe("hooks of the desk (support-bridge 1)", () => {
  it("in eight spellings, each three times: all are taken, one message is one", async () => {
    await defect("every-spelling");
    await defect("duplicates", "2");
    await house.write({ content: "Le cahier s’ouvre mal : où / comment ?", fingerprint: 176408320012345 });
    const sent = (await deliveries()).filter(({ event }) => event === "message:send");
    expect(sent).toHaveLength(24);
    expect(sent.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await rows("spt_words")).toHaveLength(1);
    const stored = (await rows("spt_event")).filter(({ state }) => state === "done");
    expect(stored).toHaveLength(1);
  });

  it("last first: every message stands once, whatever was told of its writer before or after", async () => {
    const before = (await rows("spt_words")).length;
    await defect("reordered", "20");
    const session = await house.write({
      nickname: "Camille",
      email: "camille@exemple.example",
      content: "un",
    });
    await house.write({ session_id: session, content: "deux" });
    await house.write({ session_id: session, content: "trois" });
    expect((await rows("spt_words")).length - before).toBe(3);
    const { hub } = house;
    const text = JSON.stringify(await rows("spt_event"));
    expect(text).not.toContain("camille");
    expect(hub.config.publicUrl).toBe(house.url);
  });

  it.each([
    ["unsigned", "on"],
    ["wrong-key", "on"],
    ["tampered", "on"],
    ["timestamp-tampered", "on"],
    ["stale", "301"],
    ["future", "301"],
  ])("with the defect %s: refused, and nothing is stored", async (name, value) => {
    const before = [await rows("spt_event"), await rows("spt_words")];
    await defect(name, value);
    await defect("retry-ms", "1");
    await house.write({ content: "Bonjour" });
    const sent = await deliveries();
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter(({ status }) => status !== 401)).toEqual([]);
    expect([await rows("spt_event"), await rows("spt_words")]).toEqual(before);
  });

  it("under the secret that comes next are taken, while both stand in the file", async () => {
    const before = (await rows("spt_words")).length;
    await defect("signs-with-next");
    await house.write({ content: "Bonjour" });
    expect((await deliveries()).filter(({ status }) => status !== 200)).toEqual([]);
    expect((await rows("spt_words")).length - before).toBe(1);
  });

  it("played again, byte for byte, do nothing", async () => {
    await house.write({ content: "Encore une question" });
    const before = [await rows("spt_event"), await rows("spt_words"), await rows("spt_case")];
    const { deliveries: kept } = await house.ask<{ deliveries: readonly (Delivery & { id: string })[] }>(
      "GET",
      "/_hooks",
    );
    for (const { id } of kept)
      expect(await house.ask("POST", `/_hooks/${id}/again`)).toMatchObject({ status: 200 });
    await house.work();
    expect([await rows("spt_event"), await rows("spt_words"), await rows("spt_case")]).toEqual(before);
  });
});

describe("a conversation that is not the desk's (DC)", () => {
  const held = () =>
    house.ask<{ conversations: readonly unknown[]; people: readonly unknown[]; files: readonly unknown[] }>(
      "GET",
      "/_desk",
    );

  it("leaves it whole, files and profile too, and its file was never fetched", async () => {
    const file = { name: "Zoé Perrin 6eB.png", type: "image/png", base64: "aGVsbG8=" };
    await house.ask("DELETE", "/_captured");
    const session = await house.write({
      ...{ nickname: "Zoé", email: "zoe.perrin@exemple.example", content: "je suis en 6e et ça bug", file },
    });
    await house.work();
    expect(await held()).toEqual({ conversations: [], people: [], files: [] });
    const cases = await rows("spt_case");
    expect(cases.filter(({ reason }) => reason === "CHILD")).toMatchObject([{ side: "hub", desk: "gone" }]);
    const { captured: all } = await house.ask<{ captured: readonly { side: string }[] }>("GET", "/_captured");
    const captured = JSON.stringify(all.filter(({ side }) => side !== "visitor"));
    expect(captured).toContain(session);
    expect(captured).not.toMatch(/Perrin|6eB|bucket/);
  });

  it("is due to a person where the desk refuses", async () => {
    await defect("deletions-refused");
    await house.write({ content: "Ma fille est en CE1 et ne voit plus rien" });
    expect((await rows("spt_case")).filter(({ desk }) => desk === "stuck")).toHaveLength(1);
    const { allDues, clock } = house.hub.ports;
    const dues = (await allDues?.({ controller: "all", before: clock.now() })) ?? [];
    expect(dues.filter(({ id }) => id.startsWith("stuck."))).toMatchObject([{ clause: "DC" }]);
  });
});
