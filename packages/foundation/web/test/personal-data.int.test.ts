import { type Database, migrate, openDatabase } from "@preau/database";
import { type ErasurePlan, makeIds, manualClock, type PlanRequest, type SubjectId } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { makeSessions, sessionRows, webMigrations, webPersonalData } from "../src/index.ts";
import { dataOf, OTHER_SCHOOL, SCHOOL, ZOE } from "./application.ts";

const ADAM = "sub_0000000000000000000000000a" as SubjectId;
const zoe = { subject: ZOE, identifiers: [{ kind: "email", value: "zoe.tilleul@lycee.example" }] };
const adam = { subject: ADAM, identifiers: [{ kind: "email", value: "adam.acacia@lycee.example" }] };

async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describeEachDatabase("sessions as personal data", openDatabase, (fresh) => {
  const setUp = async () => {
    const database: Database = await fresh();
    await migrate(database, [{ owner: "web", migrations: webMigrations }]);
    const clock = manualClock();
    const sessions = makeSessions({ rows: sessionRows(database), clock, ids: makeIds(clock) });
    const start = (subject: SubjectId, controller = SCHOOL) =>
      sessions.start({
        data: dataOf("dataSubject", { subject, controller }),
        keys: [{ kind: "oidc.sid", issuer: "https://idp.example", value: `${subject} ${controller}` }],
      });
    const secret = (await start(ZOE)).secret;
    await start(ZOE);
    const others = [(await start(ADAM)).secret, (await start(ZOE, OTHER_SCHOOL)).secret];
    const { source, second } = webPersonalData({ database });
    const plan = (change: Partial<PlanRequest> = {}) =>
      source.plan({ controller: SCHOOL, subjects: [zoe], ground: "account-deleted", ...change });
    return { database, sessions, secret, others, source, second, plan };
  };
  const counts = (plan: Pick<ErasurePlan, "tables">) =>
    plan.tables.map(({ table, erased }) => [table, erased]);

  describe("collect (D10.1a)", () => {
    it("gives that person's sessions at that controller, without a secret", async () => {
      const { source, secret } = await setUp();
      const records = await listOf(source.collect({ controller: SCHOOL, subject: zoe }));
      expect(records.map(({ where, category, purpose }) => [where, category, purpose])).toEqual([
        ["web_session", "connectionAndUsage", "runPlatform"],
        ["web_session", "connectionAndUsage", "runPlatform"],
      ]);
      expect(JSON.stringify(records)).not.toContain(secret);
      expect(await listOf(source.collect({ controller: OTHER_SCHOOL, subject: adam }))).toEqual([]);
      const stopped = listOf(
        source.collect({ controller: SCHOOL, subject: zoe, signal: AbortSignal.abort() }),
      );
      await expect(stopped).rejects.toThrow();
    });
  });

  describe("erase (D12.2)", () => {
    it("erases what the plan counted, once, and ends those sessions alone", async () => {
      const { sessions, secret, others, source, plan } = await setUp();
      const made = JSON.parse(JSON.stringify(await plan())) as ErasurePlan;
      expect(counts(made)).toEqual([
        ["web_session", 2],
        ["web_session_key", 2],
      ]);
      expect(await source.remaining(made)).toEqual(made.tables);
      const steps = await listOf(source.erase(made));
      expect(steps.map(({ table, erased }) => [table, erased]).sort()).toEqual(counts(made));
      expect((await listOf(source.erase(made))).every(({ erased }) => erased === 0)).toBe(true);
      expect(counts({ tables: await source.remaining(made) })).toEqual([
        ["web_session", 0],
        ["web_session_key", 0],
      ]);
      expect(await listOf(source.collect({ controller: SCHOOL, subject: zoe }))).toEqual([]);
      expect(await sessions.find(secret)).toBeUndefined();
      for (const other of others) expect(await sessions.find(other)).toBeDefined();
    });

    it("blocks a held person and erases the others of the plan", async () => {
      const { source, plan, secret, sessions } = await setUp();
      const held = [{ subject: ZOE, clause: "D6.2c" }];
      const made = await plan({ subjects: [zoe, adam], held });
      expect(made.blocked).toEqual([{ subject: ZOE, reason: "held", clause: "D6.2c" }]);
      expect(made.subjects).toEqual([ADAM]);
      await listOf(source.erase(made));
      expect(await sessions.find(secret)).toBeDefined();
    });

    it("refuses to restrict or correct what lives for some hours, aloud (D10.1a)", async () => {
      const { source } = await setUp();
      expect((await source.restrict(SCHOOL, zoe)).refused).toHaveLength(1);
      const changes = [{ where: "web_session", field: "data", value: "x" }];
      expect((await source.rectify({ controller: SCHOOL, subject: zoe, changes })).refused).toHaveLength(1);
      expect(await source.lift(SCHOOL, zoe)).toEqual({ changed: 0, refused: [] });
    });
  });

  describe("the second look (D12.2)", () => {
    it("finds the person before, nobody after, and nobody at another controller", async () => {
      const { source, second, plan } = await setUp();
      const made = await plan();
      const before = await second.lookAgain(SCHOOL, made.traces);
      expect(before.hits).toBeGreaterThanOrEqual(2);
      await listOf(source.erase(made));
      expect(await second.lookAgain(SCHOOL, made.traces)).toMatchObject({ hits: 0, where: [] });
    });

    it("finds a residue in any column, and names the place, not the value", async () => {
      const { database, source, second, plan } = await setUp();
      const made = await plan();
      await listOf(source.erase(made));
      const residue = JSON.stringify({ note: "Écrire à ZOE.TILLEUL@lycee.example" });
      await database
        .knex("web_session")
        .where({ controller: SCHOOL, subject: ADAM })
        .update({ data: residue });
      await database
        .knex("web_session_key")
        .where({ controller: SCHOOL })
        .update({ session: made.traces.subjects[0]?.references[1]?.value ?? "" });
      const report = await second.lookAgain(SCHOOL, made.traces);
      expect(report.where).toEqual([
        { place: "web_session.data", hits: 1 },
        { place: "web_session_key.session", hits: 1 },
      ]);
      expect(JSON.stringify(report)).not.toMatch(/tilleul/i);
    });
  });
});
