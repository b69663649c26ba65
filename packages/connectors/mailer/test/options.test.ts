import { manualClock } from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import { mailerOptions, transportNameOf } from "../src/index.ts";
import { mailDues } from "../src/mail-dues.ts";
import { makeMailHouse, message, openHouseDatabases, TILLEULS } from "./mail-house.ts";

describe("how messages leave", () => {
  it.each([
    [{}, "none"],
    [{ demonstration: true }, "catcher"],
    [{ demonstration: true, host: "smtp.example" }, "smtp"],
    [{ host: "smtp.example", transport: "none" }, "none"],
    [{ transport: "catcher" }, "catcher"],
  ] as const)("%j: %s", (given, name) => {
    expect(transportNameOf(mailerOptions.parse(given))).toBe(name);
  });

  it.each([
    { from: "a@b.example, c@d.example" },
    { from: "x\r\n@b.example" },
    { returnTo: `${"x".repeat(33)}@b.example` },
    { host: "smtp://user:password@b.example" },
    { keepHours: 1_000 },
  ])("is not told by %j", (given) => {
    expect(mailerOptions.safeParse(given).success).toBe(false);
  });
});

describe("what is due of messages (DC)", () => {
  async function house(options: object) {
    const both = await openHouseDatabases("sqlite::memory:");
    onTestFinished(() =>
      Promise.all([both.database.close(), both.keysDatabase.close()]).then(() => undefined),
    );
    const made = await makeMailHouse(both, manualClock(), { options });
    await made.send(message());
    await made.send(message({ key: "relay/rqs_2" }));
    return made;
  }
  const before = "2999-01-01T00:00:00.000Z" as never;

  it("says to the publisher's people that messages wait because nothing leaves", async () => {
    const { ports, options, clock } = await house({});
    const dues = await mailDues(ports, options)({ controller: "all", before });
    expect(dues).toMatchObject([
      {
        controller: "lycee-des-acacias",
        clause: "DC",
        title: { en: "2 messages wait: no transport is configured" },
      },
    ]);
    expect(dues[0]?.dueAt).toBe(clock.now());
    expect(await mailDues(ports, options)({ controller: TILLEULS, before })).toEqual([]);
  });

  it("says nothing where messages leave", async () => {
    const { ports, options } = await house({ transport: "catcher" });
    expect(await mailDues(ports, options)({ controller: "all", before })).toEqual([]);
  });
});
