import {
  type ActorId,
  addHours,
  type ControllerId,
  type Instant,
  makeIds,
  manualClock,
  type SubjectId,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { makeSessions, type SessionKey, type SessionRows } from "../src/index.ts";
import { dataOf, OTHER_SCHOOL, SCHOOL, ZOE } from "./application.ts";

const ADAM = "sub_0000000000000000000000000a" as SubjectId;
const GAR = "https://idp.gar.example";

/** What every store of session rows owes. */
export function sessionsContract(title: string, makeRows: () => Promise<SessionRows>): void {
  const setUp = async () => {
    const clock = manualClock();
    const rows = await makeRows();
    const sessions = makeSessions({ rows, clock, ids: makeIds(clock), idleMinutes: 30, absoluteHours: 8 });
    const start = async (
      controller: ControllerId = SCHOOL,
      subject: SubjectId = ZOE,
      keys: SessionKey[] = [],
    ) => (await sessions.start({ data: dataOf("dataSubject", { controller, subject }), keys })).secret;
    const alive = async (secret: string) => (await sessions.find(secret)) !== undefined;
    return { clock, sessions, start, alive };
  };

  describe(`${title}: sessions`, () => {
    it("finds what was started, data and sealed part", async () => {
      const { sessions } = await setUp();
      const data = dataOf("dataSubject", {
        origin: "gar",
        product: "kaligo",
        role: "teacher",
        categories: ["name", "profile"],
        dropped: ["GAR inconnu"],
        refusals: [{ category: "workEmail", clause: "DB.K.gar-teacher", reason: "UNNAMED_CATEGORY" }],
      });
      const { secret, session } = await sessions.start({ data, sealed: { name: "Zoé Tilleul" } });
      expect(secret).toMatch(/^[\w-]{43}$/);
      const found = await sessions.find(secret);
      expect(found?.data).toEqual(data);
      expect(found?.sealed).toEqual({ name: "Zoé Tilleul" });
      expect(found?.csrfToken).toBe(session.csrfToken);
      expect(found?.expiresAt).toBe(addHours(session.startedAt, 8));
    });

    it("finds nothing for a text that is no secret, an unknown one, or a changed one", async () => {
      const { sessions, start } = await setUp();
      const secret = await start();
      const changed = `${secret.startsWith("A") ? "B" : "A"}${secret.slice(1)}`;
      for (const wrong of [undefined, "", "x", "A".repeat(43), changed, secret.toUpperCase(), `${secret} `]) {
        expect(await sessions.find(wrong)).toBeUndefined();
      }
    });

    it("is over after thirty minutes without a request, and lives on with them", async () => {
      const { clock, start, alive } = await setUp();
      const [idle, busy] = [await start(), await start()];
      clock.advance(29 * 60_000);
      expect(await alive(busy)).toBe(true);
      clock.advance(60_000);
      expect([await alive(idle), await alive(busy)]).toEqual([false, true]);
    });

    it("is over after eight hours, whatever happens", async () => {
      const { clock, start, alive } = await setUp();
      const secret = await start();
      for (let quarter = 1; quarter < 32; quarter += 1) {
        clock.advance(15 * 60_000);
        expect(await alive(secret)).toBe(true);
      }
      clock.advance(15 * 60_000);
      expect(await alive(secret)).toBe(false);
    });

    it("ends every session of one person at one controller, and no other (D12.2)", async () => {
      const { sessions, start, alive } = await setUp();
      const ended = [await start(), await start()];
      const others = [await start(OTHER_SCHOOL, ZOE), await start(SCHOOL, ADAM)];
      expect(await sessions.revoke(SCHOOL, ZOE)).toBe(2);
      expect(await sessions.revoke(SCHOOL, ZOE)).toBe(0);
      for (const secret of ended) expect(await alive(secret)).toBe(false);
      for (const secret of others) expect(await alive(secret)).toBe(true);
    });

    it("ends the sessions of one account alone, all or all but one, and lists those that live", async () => {
      const { clock, sessions, alive } = await setUp();
      const started = async (actor: ActorId, controller = SCHOOL, endsBy?: Instant) => {
        const data = dataOf("support", { controller, actor });
        return sessions.start({ data, ...(endsBy === undefined ? {} : { endsBy }) });
      };
      const own = [await started("act_1"), await started("act_1"), await started("act_1")];
      const others = [await started("act_2"), await started("act_1", OTHER_SCHOOL)];
      expect((await sessions.ofActor(SCHOOL, "act_1")).map(({ id }) => id).sort()).toEqual(
        own.map(({ session }) => session.id).sort(),
      );
      const [kept] = own;
      expect(await sessions.revokeActor(SCHOOL, "act_1", { but: kept!.session.id })).toBe(2);
      expect(await alive(kept!.secret)).toBe(true);
      expect(await sessions.revokeActor(SCHOOL, "act_1")).toBe(1);
      for (const { secret } of own) expect(await alive(secret)).toBe(false);
      for (const { secret } of others) expect(await alive(secret)).toBe(true);
      const soon = await started("act_3", SCHOOL, addHours(clock.now(), 1));
      const late = await started("act_3", SCHOOL, addHours(clock.now(), 99));
      expect([soon.session.expiresAt, late.session.expiresAt]).toEqual([
        addHours(clock.now(), 1),
        addHours(clock.now(), 8),
      ]);
      clock.advance(31 * 60_000);
      expect(await sessions.ofActor(SCHOOL, "act_3")).toEqual([]);
    });

    it("ends the sessions that a provider's logout names, by its own keys alone", async () => {
      const { sessions, start, alive } = await setUp();
      const key = (value: string, issuer = GAR, kind = "saml.sessionIndex") => ({ kind, issuer, value });
      const secret = await start(SCHOOL, ZOE, [key("_1"), key("_1"), key("zoe", GAR, "saml.nameId")]);
      const other = await start(SCHOOL, ADAM, [key("_2")]);
      expect(await sessions.revokeByKey(key("_1", "https://other.example"))).toBe(0);
      expect(await sessions.revokeByKey(key("_1", GAR, "oidc.sid"))).toBe(0);
      expect(await sessions.revokeByKey(key("_1"))).toBe(1);
      expect([await alive(secret), await alive(other)]).toEqual([false, true]);
      expect(await sessions.revokeByKey(key("zoe", GAR, "saml.nameId"))).toBe(0);
    });

    it("ends one session by itself, and sweeps away those that are over", async () => {
      const { clock, sessions, start, alive } = await setUp();
      const [one, two] = [await start(), await start()];
      await (await sessions.find(one))?.end();
      expect([await alive(one), await alive(two)]).toEqual([false, true]);
      await start();
      expect(await sessions.sweep()).toBe(0);
      clock.advance(31 * 60_000);
      const fresh = await start();
      expect(await sessions.sweep(1)).toBe(1);
      expect(await sessions.sweep()).toBe(1);
      expect(await alive(fresh)).toBe(true);
    });
  });
}
