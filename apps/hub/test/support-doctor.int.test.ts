/** What `preau support doctor` reads of a hub with the simulated desk, well and in each of its troubles. @clause DC */
import { appendFileSync, chmodSync } from "node:fs";
import path from "node:path";
import { inUnit } from "@preau/database";
import { type SupportFinding, scheduleKnowing, supportDoctor } from "@preau/support-bridge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { supportOptionsOf } from "../src/cli/support-options.ts";
import { preauHere } from "./preau-here.ts";
import { ACACIAS, type SupportHouse, startSupportHouse, TILLEULS } from "./support-house.ts";

let house: SupportHouse;
beforeAll(async () => {
  house = await startSupportHouse();
}, 60_000);
afterAll(() => house.stop());

const look = async (change: object = {}) =>
  new Map(
    (await supportDoctor(house.hub.ports, { ...supportOptionsOf(house.hub), ...change })).map(
      (finding) => [finding.check, finding] as const,
    ),
  );
const resultsOf = (found: ReadonlyMap<string, SupportFinding>) =>
  Object.fromEntries([...found].map(([check, { result }]) => [check, result]));
const secretFile = () => path.join(house.folder, "simulators/desk/hook-secret");

describe("preau support doctor (DC)", () => {
  it("says what is well, what nobody knows, and what to do, in both languages", async () => {
    await house.write({ content: "Bonjour" });
    await scheduleKnowing(house.hub.ports, [ACACIAS]);
    await house.work();
    const found = await look();
    expect(resultsOf(found)).toEqual({
      ...{
        "files.hookSecretFile": "PASS",
        "hooks.secret": "PASS",
        "hooks.seen": "PASS",
      },
      ...{ "desk.reach": "PASS", "desk.clock": "PASS", "agreement.desk": "PASS", "desk.stuck": "PASS" },
      // The reference agreement does not know within what time the desk erases.
      ...{ "agreement.deletionDelay": "UNKNOWN", "rights.proposals": "PASS" },
      ...{ "known.persons": "WARN", [`known.${TILLEULS}`]: "WARN" },
    });
    for (const { result, evidence, remedy, check } of found.values()) {
      expect(evidence.fr).not.toBe("");
      if (result !== "PASS" && !check.startsWith("known.")) expect(remedy?.fr).not.toBe(remedy?.en);
    }
    await scheduleKnowing(house.hub.ports, [TILLEULS]);
    await house.work();
    expect((await look()).get("known.persons")?.result).toBe("PASS");
    const told = await preauHere(["support", "doctor"], {
      ...{ cwd: house.folder, env: { ...house.environment, LANG: "fr_FR.UTF-8" } },
    });
    expect([told.code, told.err]).toEqual([3, ""]);
    expect(told.out).toMatch(/^UNKNOWN\s+agreement\.deletionDelay\s+l’annexe C ne dit pas d’heures$/m);
    expect(told.out).toContain("Demandez par écrit au service");
  });

  it("fails where others may read a secret, and warns of two of them", async () => {
    chmodSync(secretFile(), 0o644);
    expect((await look()).get("files.hookSecretFile")).toMatchObject({
      ...{ result: "FAIL", evidence: { en: expect.stringContaining("0644") } },
    });
    chmodSync(secretFile(), 0o600);
    appendFileSync(secretFile(), "\nanother-secret-of-thirty-two-letters\n");
    await expect
      .poll(async () => (await look()).get("hooks.secret")?.result, { timeout: 10_000, interval: 500 })
      .toBe("WARN");
    expect((await look({ hooks: "address" })).get("hooks.signed")?.result).toBe("WARN");
  });

  it("fails where annex C has no such recipient, a conversation does not leave, or a proposal waits too long", async () => {
    expect((await look({ recipient: "nobody" })).get("agreement.desk")?.result).toBe("FAIL");
    await house.write({ content: "Je demande l’effacement de toutes mes données personnelles." });
    const set = (table: string, values: object) =>
      house.hub.ports.unitOfWork.transaction((unit) => inUnit(unit)(table).update(values));
    expect((await look()).get("rights.proposals")?.result).toBe("WARN");
    await set("spt_words", { proposal_due_at: "2026-01-01T00:00:00.000Z" });
    await set("spt_case", { desk: "stuck" });
    await set("spt_event", { received_at: "2026-01-01T00:00:00.000Z" });
    const found = await look();
    expect(found.get("rights.proposals")?.result).toBe("FAIL");
    expect(found.get("desk.stuck")?.result).toBe("FAIL");
    expect(found.get("hooks.seen")?.result).toBe("UNKNOWN");
  });

  it("fails where the desk does not answer to the key; without a desk it says so", async () => {
    const { ports } = house.hub;
    const client = {
      ...ports.support.client,
      reach: () => Promise.reject(new Error("silent")),
    };
    const broken = { ...ports, support: { ...ports.support, client } } as typeof ports;
    const found = await supportDoctor(broken, supportOptionsOf(house.hub));
    expect(found.find(({ check }) => check === "desk.reach")?.result).toBe("FAIL");
    const none = await supportDoctor(ports, { ...supportOptionsOf(house.hub), desk: "none" });
    expect(none[0]).toMatchObject({ check: "desk.supplier", result: "PASS" });
  });
});
