import { databaseMigrations, inUnit, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { type ActorId, type ActorRole, type ControllerId, controllerId, type Journal } from "@preau/kernel";
import { describeEachDatabase, inMemoryPorts } from "@preau/testing";
import { PUBLISHER, webMigrations } from "@preau/web";
import { expect, it } from "vitest";
import { feedOfAccount, makeFeed, readerOfToken, revokeFeed } from "../src/calendar-feed.ts";
import { calendarPlugin } from "../src/calendar-plugin.ts";

const MINISTRY = controllerId("ministry");
const { clock } = inMemoryPorts();
const off = { demonstration: false };

describeEachDatabase("an address that a calendar subscribes to", openDatabase, (fresh) => {
  async function start() {
    const database = await fresh();
    await migrate(
      database,
      [
        databaseMigrations,
        { owner: "web", migrations: webMigrations },
        { owner: "calendar", migrations: calendarPlugin.migrations },
      ],
      { clock },
    );
    const types: string[] = [];
    // What is recorded is the journal's own test, in the whole house: here only that it is.
    const journal = {
      record: (_unit: unknown, { type }: { type: string }) => types.push(type),
    } as unknown as Journal;
    const ports = { clock, journal, unitOfWork: makeUnitOfWork(database) };
    const change = (id: ActorId, to: Readonly<Record<string, unknown>>) =>
      ports.unitOfWork.transaction(async (unit) => {
        await inUnit(unit)("web_account").where({ id }).update(to);
      });
    const account = async (actorRole: ActorRole, controller: ControllerId, demonstration = 0) => {
      const actor: ActorId = `act_${actorRole.toLowerCase()}_${controller}`;
      await ports.unitOfWork.transaction(async (unit) => {
        await inUnit(unit)("web_account").insert({
          ...{ id: actor, controller, role: actorRole, state: "active", email_hash: actor, sealed: "" },
          ...{ factor_step: 0, demonstration, created_at: clock.now() },
        });
      });
      return { actor, actorRole, controller };
    };
    return { database, ports, types, account, change };
  }

  it("leads to its account's controller and role, and to nobody else's", async () => {
    const { ports, account } = await start();
    const [client, staff] = [await account("controllerDpo", MINISTRY), await account("support", PUBLISHER)];
    const [one, two] = [await makeFeed(ports, client, "fr"), await makeFeed(ports, staff, "en")];
    expect(await readerOfToken(ports, one, off)).toEqual({
      controller: MINISTRY,
      actorRole: "controllerDpo",
      language: "fr",
    });
    expect(await readerOfToken(ports, two, off)).toMatchObject({
      controller: PUBLISHER,
      actorRole: "support",
    });
    expect(await feedOfAccount(ports, { ...client, controller: PUBLISHER })).toBeUndefined();
  });

  it("keeps no token, and one feed an account", async () => {
    const { database, ports, account, types } = await start();
    const owner = await account("operations", PUBLISHER);
    const tokens = [await makeFeed(ports, owner, "fr"), await makeFeed(ports, owner, "fr")] as const;
    const rows = await database.knex("hub_calendar_feed").select();
    expect(rows).toHaveLength(1);
    for (const token of tokens) expect(JSON.stringify(rows)).not.toContain(token);
    expect(await readerOfToken(ports, tokens[0], off)).toBeUndefined();
    expect(await readerOfToken(ports, tokens[1], off)).toBeDefined();
    await revokeFeed(ports, owner);
    await revokeFeed(ports, owner);
    expect(await readerOfToken(ports, tokens[1], off)).toBeUndefined();
    expect(types).toEqual(["calendar.feedMade", "calendar.feedMade", "calendar.feedRevoked"]);
  });

  it("follows what its account is today: another role, suspended, revoked, gone", async () => {
    const { database, ports, account, change } = await start();
    const owner = await account("controllerAdministrator", MINISTRY);
    const token = await makeFeed(ports, owner, "fr");
    const reader = () => readerOfToken(ports, token, off);
    await change(owner.actor, { role: "controllerDpo" });
    expect(await reader()).toMatchObject({ actorRole: "controllerDpo" });
    await change(owner.actor, { role: "dataSubject" });
    expect(await reader()).toBeUndefined();
    await change(owner.actor, { role: "controllerDpo", state: "suspended" });
    expect(await reader()).toBeUndefined();
    await change(owner.actor, { state: "active" });
    expect(await reader()).toBeDefined();
    await change(owner.actor, { state: "revoked" });
    expect(await reader()).toBeUndefined();
    expect(await database.knex("hub_calendar_feed").select()).toEqual([]);
    await change(owner.actor, { state: "active" });
    expect(await reader()).toBeUndefined();
  });

  it("shows nothing for an account of the demonstration once that is off", async () => {
    const { ports, account } = await start();
    const token = await makeFeed(ports, await account("publisherDpo", PUBLISHER, 1), "fr");
    expect(await readerOfToken(ports, token, { demonstration: true })).toBeDefined();
    expect(await readerOfToken(ports, token, off)).toBeUndefined();
  });

  it("finds nothing for what is no token, without asking the database", async () => {
    const { ports } = await start();
    for (const text of ["", "a", "%", "é".repeat(43), "a".repeat(44), "a".repeat(43)])
      expect(await readerOfToken(ports, text, off)).toBeUndefined();
  });
});
