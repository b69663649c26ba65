import { addMillis, type Instant, type Ports, type SubjectId } from "@preau/kernel";
import { codeOf } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { findAccount, rememberSignIn } from "../../src/accounts/account-links.ts";
import { approveRelink, viewRelink } from "../../src/accounts/approve-relink.ts";
import { askRelink, cancelRelink, pendingRelink } from "../../src/accounts/ask-relink.ts";
import type { Approver } from "../../src/accounts/judge-relink.ts";
import { garPlugin } from "../../src/plugin.ts";
import { MINISTRY, OTHER_UAI, SCHOOL, UAI } from "./accounts-base.ts";
import { askerOf, changeOfSchool, DAY, options } from "./change-of-school.ts";
import { openHouse } from "./open-accounts.ts";

describe("join the old account after a change of school (D10.1a, DD.7)", () => {
  it("gives the new identifier to the old person, moves the row, ends both sessions and journals who approved", async () => {
    const house = await changeOfSchool();
    const { code, id } = await house.askAs(house.now);
    const lastly = house.clock.now();
    expect(await house.approve(code)).toBe(house.old.subject);
    expect(await house.subjectOf("after")).toBe(house.old.subject);
    expect(await house.subjectOf("before")).toBe(house.old.subject);
    const rows = (await house.rows("gar_account")).filter(({ subject }) => subject !== house.teacher.subject);
    expect(rows).toMatchObject([
      { subject: house.old.subject, first_at: "2026-03-02T08:00:00.000Z", last_at: lastly, role: "pupil" },
    ]);
    expect(await house.rows("gar_relink")).toEqual([]);
    expect(await house.sessions.find(house.now.secret)).toBeUndefined();
    expect(await house.sessions.find(house.teacher.secret)).toBeDefined();
    expect(await house.entries("gar.relinked")).toMatchObject([
      {
        log: "evidence",
        clause: "DD.7",
        actorRole: "dataSubject",
        actor: { id: house.teacher.subject },
        subject: { id: house.old.subject, payload: { request: id, was: house.now.subject } },
        payload: { request: id, product: "plume", role: "pupil", accounts: 1 },
      },
    ]);
    const again = await house.comesIn({ ido: "after" });
    expect(again.subject).toBe(house.old.subject);
    expect((await house.comesIn({ ido: "before" })).subject).toBe(house.old.subject);
  });

  it("ends a session of the old account too", async () => {
    const house = await changeOfSchool();
    const { secret } = await house.sessions.start({
      data: { ...house.old.session.data, categories: [], dropped: [], refusals: [] },
    });
    const { code } = await house.askAs(house.now);
    await house.approve(code);
    expect(await house.sessions.find(secret)).toBeUndefined();
  });

  it("forgets the person of the days between: what the journal said of it cannot be opened", async () => {
    const house = await changeOfSchool();
    const { code } = await house.askAs(house.now);
    await house.approve(code);
    await house.subjects.finishForgetting();
    const asked = await house.entries("gar.relinkAsked");
    expect(asked).toHaveLength(1);
    expect(asked[0]?.actor).toBeUndefined();
    const left = await house.unitOfWork.transaction((unit) =>
      house.subjects.identifiers(unit, MINISTRY, house.now.subject),
    );
    expect(left).toEqual([]);
  });

  it("moves the accounts of every product in which the new identifier has signed in", async () => {
    const house = await changeOfSchool();
    const elsewhere = await house.comesIn({ ido: "after", provider: { product: "jardin" } });
    expect(elsewhere.subject).toBe(house.now.subject);
    const { code } = await house.askAs(house.now);
    await house.approve(code);
    const rows = (await house.rows("gar_account")).filter(({ subject }) => subject === house.old.subject);
    expect(rows.map(({ product }) => product).sort()).toEqual(["jardin", "plume"]);
  });

  it("finds the old account by its number in an application", async () => {
    const house = await changeOfSchool();
    const account = { kind: "school.account", value: "210" };
    await house.unitOfWork.transaction((unit) =>
      house.subjects.link(unit, MINISTRY, house.old.subject, account),
    );
    const { code } = await house.askAs(house.now);
    const asked = { approver: house.approver, wish: { code, old: account } };
    expect(await approveRelink(house.ports, options, asked)).toBe(house.old.subject);
  });

  it("lets the controller's staff approve, and the publisher on a written instruction alone", async () => {
    const house = await changeOfSchool();
    const { code } = await house.askAs(house.now);
    const wish = { code, old: house.old.subject };
    const publisher = { kind: "staff", controller: MINISTRY, role: "publisherDpo" } as const;
    expect(await codeOf(approveRelink(house.ports, options, { approver: publisher, wish }))).toBe(
      "GAR_RELINK_NEEDS_INSTRUCTION",
    );
    const approver = { ...publisher, actor: "act_dpo", instruction: " letter 2026-41 " } as const;
    await approveRelink(house.ports, options, { approver, wish });
    expect(await house.entries("gar.relinked")).toMatchObject([
      { actorRole: "publisherDpo", actor: { id: "act_dpo" }, payload: { instruction: "letter 2026-41" } },
    ]);
  });

  it("a sign-in at the same moment is tried again, and comes to the old person", async () => {
    const house = await changeOfSchool();
    const identifier = { kind: "gar.ido", value: "after".padEnd(128, "0") };
    const trace = { provider: "gar.saml", role: "pupil", schoolYear: "2026-2027", now: house.clock.now() };
    const found: (SubjectId | undefined)[] = [];
    await house.unitOfWork.transaction(async (unit) => {
      const account = await findAccount(unit, house.vault, {
        controller: MINISTRY,
        product: "plume",
        identifier,
      });
      found.push(account.subject);
      const stale = { ...account, subject: found.length === 1 ? house.old.subject : account.subject! };
      await rememberSignIn(unit, stale, { ...trace, subject: stale.subject });
    });
    expect(found).toEqual([house.now.subject, house.now.subject]);
  });

  it("shows facts that name nobody, and writes nothing", async () => {
    const house = await changeOfSchool();
    const { code } = await house.askAs(house.now);
    const before = await house.rows("gar_account");
    const wish = { code: ` ${code.toLowerCase().slice(0, 4)}-${code.slice(4)} `, old: house.old.subject };
    const view = await viewRelink(house.ports, options, { approver: house.approver, wish });
    expect(view).toEqual({
      product: "plume",
      role: "pupil",
      old: {
        subject: house.old.subject,
        stores: 0,
        firstAt: "2026-03-02T08:00:00.000Z",
        lastAt: "2026-03-02T08:00:00.000Z",
      },
      now: { firstAt: house.clock.now(), lastAt: house.clock.now() },
    });
    expect(await house.rows("gar_account")).toEqual(before);
    expect(await house.rows("gar_relink")).toHaveLength(1);
  });
});

describe("what is not joined (D4.1, DD.7)", () => {
  const refused = async (run: (house: Awaited<ReturnType<typeof changeOfSchool>>) => Promise<unknown>) => {
    const house = await changeOfSchool();
    const before = await house.rows("gar_account");
    const code = await codeOf(run(house));
    if (code !== undefined) {
      expect(await house.subjectOf("before")).toBe(house.old.subject);
      expect((await house.rows("gar_account")).length).toBeGreaterThanOrEqual(before.length);
      expect(await house.entries("gar.relinked")).toEqual([]);
    }
    return code;
  };

  it("a code that was used", async () => {
    const house = await changeOfSchool();
    const { code } = await house.askAs(house.now);
    await house.approve(code);
    expect(await codeOf(house.approve(code))).toBe("GAR_RELINK_CODE_UNKNOWN");
  });

  it("a code that has expired, and one that a newer one took the place of, and one that was cancelled", async () => {
    const house = await changeOfSchool();
    const first = await house.askAs(house.now);
    const second = await house.askAs(house.now);
    expect(await house.rows("gar_relink")).toHaveLength(1);
    expect(await codeOf(house.approve(first.code))).toBe("GAR_RELINK_CODE_UNKNOWN");
    house.clock.advance(options.relinkHours * 3_600_000);
    expect(await codeOf(house.approve(second.code))).toBe("GAR_RELINK_CODE_EXPIRED");
    const pending = () =>
      house.unitOfWork.transaction((unit) => pendingRelink(unit, house.ports, askerOf(house.now)));
    expect(await pending()).toBeUndefined();
    const third = await house.askAs(house.now);
    expect(await pending()).toBe(third.expiresAt);
    await house.unitOfWork.transaction((unit) => cancelRelink(unit, house.ports, askerOf(house.now)));
    expect(await codeOf(house.approve(third.code))).toBe("GAR_RELINK_CODE_UNKNOWN");
    expect(await house.entries("gar.relinkCancelled")).toHaveLength(1);
  });

  it("requests that nobody finished go when somebody asks", async () => {
    const house = await changeOfSchool();
    await house.askAs(house.now);
    house.clock.advance(3 * DAY);
    const other = await house.comesIn({ ido: "other" });
    await house.askAs(other);
    expect((await house.rows("gar_relink")).map(({ subject }) => subject)).toEqual([other.subject]);
  });

  it("requests of before the period of the logs go with them (DD.8)", async () => {
    const house = await changeOfSchool();
    const { expiresAt } = await house.askAs(house.now);
    const ended = (before: Instant) =>
      house.unitOfWork.transaction((unit) =>
        garPlugin.on(house.ports as unknown as Ports)["logs.ended"]({ before }, unit),
      );
    await ended(expiresAt);
    expect(await house.rows("gar_relink")).toHaveLength(1);
    await ended(addMillis(expiresAt, 1));
    expect(await house.rows("gar_relink")).toEqual([]);
  });

  it("an account of another controller, of another product, of another role, or of nobody", async () => {
    const house = await changeOfSchool();
    const there = await house.comesIn({ ido: "before", provider: { controller: SCHOOL } });
    const garden = await house.comesIn({ ido: "garden", provider: { product: "jardin" } });
    const { code } = await house.askAs(house.now);
    const against = (subject: SubjectId) => codeOf(house.approve(code, {}, subject));
    expect(await against(there.subject)).toBe("GAR_RELINK_ACCOUNT_UNKNOWN");
    expect(await against("sub_0000000000000000000stranger")).toBe("GAR_RELINK_ACCOUNT_UNKNOWN");
    expect(await against(garden.subject)).toBe("GAR_RELINK_OTHER_PRODUCT");
    const teachers = await house.comesIn({ ido: "elsewhere", role: "teacher", schools: [OTHER_UAI] });
    expect(await against(teachers.subject)).toBe("GAR_RELINK_OTHER_ROLE");
    expect(await against(house.now.subject)).toBe("GAR_RELINK_SAME_ACCOUNT");
    expect(await codeOf(house.approve(code, { controller: SCHOOL }))).toBe("GAR_RELINK_CODE_UNKNOWN");
  });

  it("on the word of a teacher of another school, of another way in, of a pupil, or of the person concerned", async () => {
    const house = await changeOfSchool();
    const { code } = await house.askAs(house.now);
    expect(await codeOf(house.approve(code, { schools: [OTHER_UAI] }))).toBe("GAR_RELINK_OTHER_SCHOOL");
    expect(await codeOf(house.approve(code, { schools: [] }))).toBe("GAR_RELINK_OTHER_SCHOOL");
    expect(await codeOf(house.approve(code, { origin: "outsideGar" }))).toBe("GAR_RELINK_OTHER_SCHOOL");
    expect(await codeOf(house.approve(code, { role: "pupil" }))).toBe("GAR_RELINK_NOT_APPROVER");
    expect(await codeOf(house.approve(code, { subject: house.now.subject }))).toBe("GAR_RELINK_SELF");
    expect(await codeOf(house.approve(code, { subject: house.old.subject }))).toBe("GAR_RELINK_SELF");
  });

  it("an account to which somebody signed in lately, the last of August as the first of September", async () => {
    const active = await refused(async (house) => {
      const rival = await house.comesIn({ ido: "rival" });
      house.clock.advance(13 * DAY);
      const { code } = await house.askAs(await house.comesIn({ ido: "after" }));
      return house.approve(code, {}, rival.subject);
    });
    expect(active).toBe("GAR_RELINK_ACTIVE_ACCOUNT");
    const rested = await refused(async (house) => {
      const rival = await house.comesIn({ ido: "rival" });
      house.clock.advance(15 * DAY);
      const { code } = await house.askAs(await house.comesIn({ ido: "after" }));
      return house.approve(code, {}, rival.subject);
    });
    expect(rested).toBeUndefined();
    const house = await openHouse("sqlite", "2026-08-31T20:00:00.000Z");
    const old = await house.comesIn({ ido: "before", schools: [OTHER_UAI] });
    house.clock.advance(12 * 3_600_000); // the first of September in Paris: another school year
    const now = await house.comesIn({ ido: "after" });
    const teacher = await house.comesIn({ ido: "teacher", role: "teacher" });
    const { code } = await house.unitOfWork.transaction((unit) =>
      askRelink(unit, house.ports, options, askerOf(now)),
    );
    const approver: Approver = {
      ...{ kind: "teacher", controller: MINISTRY, origin: "gar", role: "teacher", schools: [UAI] },
      ...{ identifierKind: "gar.ido", subject: teacher.subject },
    };
    const asked = { approver, wish: { code, old: old.subject } };
    expect(await codeOf(approveRelink(house.ports, options, asked))).toBe("GAR_RELINK_ACTIVE_ACCOUNT");
  });

  it("an account of another provider, on whoever's word: neither ENT nor GAR takes the other's people over", async () => {
    const house = await changeOfSchool();
    const ent = { id: "ent", origin: "outsideGar", identifierKind: "sso.ent" } as const;
    const other = { ...ent, id: "other", identifierKind: "sso.other" };
    const [now, old] = [
      await house.comesIn({ ido: "evil", provider: ent }),
      await house.comesIn({ ido: "victim", provider: other }),
    ];
    house.clock.advance(15 * DAY);
    const { code } = await house.askAs(await house.comesIn({ ido: "evil", provider: ent }), {
      origin: "outsideGar",
    });
    expect(now.subject).not.toBe(old.subject);
    const entTeacher = { origin: "outsideGar", identifierKind: "sso.ent" } as const;
    for (const before of [house.old.subject, old.subject]) {
      expect(await codeOf(house.approve(code, entTeacher, before))).toBe("GAR_RELINK_OTHER_PROVIDER");
      const staff = { kind: "staff", controller: MINISTRY, role: "controllerDpo" } as const;
      const asked = { approver: staff, wish: { code, old: before } };
      expect(await codeOf(approveRelink(house.ports, options, asked))).toBe("GAR_RELINK_OTHER_PROVIDER");
    }
    const foreign = { ...entTeacher, identifierKind: "sso.other" };
    expect(await codeOf(house.approve(code, foreign, old.subject))).toBe("GAR_RELINK_OTHER_SCHOOL");
    expect(await codeOf(house.askAs(now, { identifierKind: "gar.ido" }))).toBe("GAR_RELINK_NO_ACCOUNT");
  });

  it("a teacher's account on a teacher's word: the controller's staff join it", async () => {
    const house = await changeOfSchool();
    const before = await house.comesIn({ ido: "colleague", role: "teacher", schools: [OTHER_UAI] });
    house.clock.advance(15 * DAY);
    const { code } = await house.askAs(await house.comesIn({ ido: "returned", role: "teacher" }));
    expect(await codeOf(house.approve(code, {}, before.subject))).toBe("GAR_RELINK_STAFF_ALONE");
    const staff = { kind: "staff", controller: MINISTRY, role: "controllerDpo" } as const;
    const asked = { approver: staff, wish: { code, old: before.subject } };
    expect(await approveRelink(house.ports, options, asked)).toBe(before.subject);
  });

  it("anything, once ten wrong numbers were tried with the code; those who may not approve count for nothing", async () => {
    const house = await changeOfSchool();
    const { code } = await house.askAs(house.now);
    const stranger = house.old.subject.replace(/.$/, "~") as SubjectId;
    for (let times = 0; times < 10; times += 1)
      expect(await codeOf(house.approve(code, { schools: [OTHER_UAI] }))).toBe("GAR_RELINK_OTHER_SCHOOL");
    for (let times = 0; times < 9; times += 1)
      expect(await codeOf(house.approve(code, {}, stranger))).toBe("GAR_RELINK_ACCOUNT_UNKNOWN");
    const asked = { approver: house.approver, wish: { code, old: house.old.subject } };
    expect(await viewRelink(house.ports, options, asked)).toBeDefined();
    expect(await codeOf(house.approve(code, {}, stranger))).toBe("GAR_RELINK_ACCOUNT_UNKNOWN");
    expect(await codeOf(house.approve(code))).toBe("GAR_RELINK_CODE_UNKNOWN");
    expect(await house.rows("gar_relink")).toEqual([]);
  });

  it("a new account that holds work already, or of which a store cannot tell", async () => {
    const house = await changeOfSchool();
    const { code } = await house.askAs(house.now);
    const own = house.sources.get("gar")!;
    const plan = await own.source.plan({ controller: MINISTRY, subjects: [], ground: "instruction" });
    const work = {
      ...own,
      source: {
        ...own.source,
        describe: () => ({ ...own.source.describe(), id: "school" }),
        plan: () =>
          Promise.resolve({ ...plan, tables: [{ table: "essay", erased: 1, anonymised: 0, kept: 0 }] }),
      },
    };
    house.sources.set("school", work);
    expect(await codeOf(house.approve(code))).toBe("GAR_RELINK_NEW_HAS_DATA");
    const silent = { ...work.source, plan: () => Promise.reject(new Error("no answer")) };
    house.sources.set("school", { ...work, source: silent });
    expect(await codeOf(house.approve(code))).toBe("GAR_RELINK_NEW_HAS_DATA");
    house.sources.delete("school");
    expect(await house.approve(code)).toBe(house.old.subject);
  });

  it("an account that is restricted, old or new", async () => {
    const house = await changeOfSchool();
    const { code } = await house.askAs(house.now);
    const { source } = house.sources.get("gar")!;
    for (const subject of [house.old.subject, house.now.subject]) {
      await source.restrict(MINISTRY, { subject, identifiers: [] });
      expect(await codeOf(house.approve(code))).toBe("GAR_RELINK_RESTRICTED");
      await source.lift(MINISTRY, { subject, identifiers: [] });
    }
    expect(await house.approve(code)).toBe(house.old.subject);
  });

  it("a person whom a store holds or restricts, old or new (D6.2c)", async () => {
    const house = await changeOfSchool();
    const { code } = await house.askAs(house.now);
    const own = house.sources.get("gar")!;
    for (const subject of [house.old.subject, house.now.subject]) {
      const holder: typeof own.source = {
        ...own.source,
        describe: () => ({ ...own.source.describe(), id: "retention" }),
        plan: async (request) => {
          const plan = await own.source.plan({ ...request, subjects: [] });
          const held = request.subjects.filter((each) => each.subject === subject);
          const why = { reason: "held", clause: "D6.2c" } as const;
          return { ...plan, tables: [], blocked: held.map((each) => ({ subject: each.subject, ...why })) };
        },
      };
      house.sources.set("retention", { ...own, source: holder });
      await expect(house.approve(code)).rejects.toMatchObject({
        ...{ code: "GAR_RELINK_RESTRICTED", clause: "D6.2c" },
      });
      house.sources.delete("retention");
    }
    const { source } = house.sources.get("subjects")!;
    await source.restrict(MINISTRY, { subject: house.old.subject, identifiers: [] });
    expect(await codeOf(house.approve(code))).toBe("GAR_RELINK_RESTRICTED");
    await source.lift(MINISTRY, { subject: house.old.subject, identifiers: [] });
    expect(await house.approve(code)).toBe(house.old.subject);
  });

  it("a request of whoever has no account of the product", async () => {
    const house = await changeOfSchool();
    expect(await codeOf(house.askAs(house.now, { product: "jardin" }))).toBe("GAR_RELINK_NO_ACCOUNT");
    await house.erase([house.now.subject]);
    expect(await codeOf(house.askAs(house.now))).toBe("GAR_RELINK_NO_ACCOUNT");
  });
});
