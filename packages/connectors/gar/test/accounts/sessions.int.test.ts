import { describe, expect, it } from "vitest";
import { keyedSessions } from "../../src/keyed-sessions.ts";
import { MINISTRY } from "./accounts-base.ts";
import { openHouse } from "./open-accounts.ts";

const HOUR = 3_600_000;
const ISSUER = "https://idp.example";

describe("the session of whoever signs in through the GAR (D4.1, DD.7)", () => {
  it("ends at the next sign-in, from another browser too, and another person's does not", async () => {
    const house = await openHouse();
    const first = await house.comesIn({ ido: "zoe" });
    const other = await house.comesIn({ ido: "adam" });
    const second = await house.comesIn({ ido: "zoe" });
    expect(second.subject).toBe(first.subject);
    expect(await house.sessions.find(first.secret)).toBeUndefined();
    expect(await house.sessions.find(second.secret)).toBeDefined();
    expect(await house.sessions.find(other.secret)).toBeDefined();
  });

  it("ends at the sign-in over another protocol: the three doors are one person's", async () => {
    const house = await openHouse();
    const first = await house.comesIn({ ido: "zoe" });
    const second = await house.comesIn({ ido: "zoe", provider: { id: "gar.cas", protocol: "cas" } });
    expect(second.subject).toBe(first.subject);
    expect(await house.sessions.find(first.secret)).toBeUndefined();
    expect(await house.rows("gar_account")).toMatchObject([{ provider: "gar.cas" }]);
  });

  it("lives six hours at most, whatever is done in it", async () => {
    const house = await openHouse();
    const { secret, session } = await house.comesIn({ ido: "zoe" });
    expect(Date.parse(session.expiresAt) - Date.parse(session.startedAt)).toBe(6 * HOUR);
    for (let minutes = 0; minutes < 359; minutes += 20) {
      expect(await house.sessions.find(secret)).toBeDefined();
      house.clock.advance(20 * 60_000);
    }
    expect(await house.sessions.find(secret)).toBeUndefined();
  });

  it("ends by the person's identifier, without the browser, at its issuer's word alone", async () => {
    const house = await openHouse();
    const { secret } = await house.comesIn({ ido: "zoe" });
    const key = { kind: "gar.ido", issuer: ISSUER, value: "zoe".padEnd(128, "0") };
    const [other, own] = await keyedSessions(house.vault, MINISTRY, [
      { ...key, issuer: "https://other.example" },
      key,
    ]);
    for (const strange of [key, other!]) expect(await house.sessions.revokeByKey(strange)).toBe(0);
    expect(await house.sessions.find(secret)).toBeDefined();
    expect(await house.sessions.revokeByKey(own!)).toBe(1);
    expect(await house.sessions.find(secret)).toBeUndefined();
  });

  it("is not begun for whoever is restricted, until that is lifted (D10.1a)", async () => {
    const house = await openHouse();
    const { subject } = await house.comesIn({ ido: "zoe" });
    const before = await house.rows("gar_account");
    const { source } = house.sources.get("gar")!;
    await source.restrict(MINISTRY, { subject, identifiers: [] });
    for (const product of ["plume", "jardin"])
      await expect(house.comesIn({ ido: "zoe", provider: { product } })).rejects.toMatchObject({
        ...{ code: "GATE_REFUSED", clause: "D10.1a" },
      });
    await house.comesIn({ ido: "adam" });
    await source.lift(MINISTRY, { subject, identifiers: [] });
    expect((await house.rows("gar_account")).filter((row) => row["subject"] === subject)).toEqual(before);
    expect((await house.comesIn({ ido: "zoe" })).subject).toBe(subject);
  });

  it("is a new person's once the directory has forgotten the old one, whatever account stands (D12.2)", async () => {
    const house = await openHouse();
    const { subject } = await house.comesIn({ ido: "zoe" });
    const rows = await house.rows("gar_account");
    await house.erase([subject]);
    // What a sign-in wrote between the two stores' turns.
    await house.database.knex("gar_account").insert(rows);
    const again = await house.comesIn({ ido: "zoe" });
    expect(again.subject).not.toBe(subject);
    expect(await house.subjectOf("zoe")).toBe(again.subject);
    expect(await house.rows("gar_account")).toMatchObject([{ subject: again.subject }]);
    expect((await house.comesIn({ ido: "zoe" })).subject).toBe(again.subject);
  });

  it("bears the names of this sign-in, not of an earlier one, and no table has either", async () => {
    const house = await openHouse();
    await house.comesIn({ ido: "zoe", name: ["Zoé", "TILLEUL"] });
    const renamed = await house.comesIn({ ido: "zoe", name: ["Zoé", "ÉRABLE"] });
    expect(renamed.session.sealed).toMatchObject({ displayName: "Zoé ÉRABLE" });
    const { knex } = house.database;
    const tables: string[] = await knex("sqlite_master").where({ type: "table" }).pluck("name");
    for (const table of tables) {
      const text = JSON.stringify(await knex(table).select());
      for (const name of ["TILLEUL", "ÉRABLE", "zoe000"])
        expect([table, text.includes(name)]).toEqual([table, false]);
    }
  });
});
