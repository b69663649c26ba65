import { describe, expect, it } from "vitest";
import { PUBLISHER } from "../src/account.ts";
import { makeAccountMeans } from "../src/account-means.ts";
import { signInWithCode } from "../src/second-factor.ts";
import { type PasswordSignIn, signInAccount } from "../src/sign-in-account.ts";
import { type AccountChange, changeAccount } from "../src/store/account-rows.ts";
import { describeEachKind } from "./describe-each-kind.ts";
import {
  codeNow,
  member,
  type OpenAccounts,
  openAccounts,
  PASSWORD,
  person,
  typesOf,
  visitTo,
} from "./open-accounts.ts";

describeEachKind("sign-in with a password (DD.4, DD.7)", (kind) => {
  const attempt = (email: string, password: string): PasswordSignIn => ({
    email,
    password,
    nextPath: "/accounts",
  });

  /** Counts argon2id and what each was asked. */
  const counted = (open: OpenAccounts) => {
    let hashes = 0;
    const { means } = open;
    const counting = {
      ...means,
      hasher: {
        ...means.hasher,
        verify: (password: string, phc: string | null) => {
          hashes += 1;
          return means.hasher.verify(password, phc);
        },
      },
    };
    return { means: counting, hashes: () => hashes };
  };

  it("asks for the second factor, then opens a session, and journals both under the actor", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("publisherDpo"));
    open.entries.length = 0;
    const visit = visitTo(open);
    const first = await signInAccount(open.means, attempt(dpo.email.toUpperCase(), PASSWORD), visit);
    expect(first.step).toBe("factor");
    expect(visit.started).toEqual([]);
    if (first.step !== "factor") return;
    const second = await signInWithCode(open.means, first.token, codeNow(open, dpo.secret!), visit);
    expect(second).toEqual({ step: "signedIn", nextPath: "/accounts" });
    expect(visit.started[0]?.data).toEqual({
      controller: PUBLISHER,
      actorRole: "publisherDpo",
      actor: dpo.actor.id,
      categories: [],
      dropped: [],
      refusals: [],
    });
    expect(open.entries).toEqual([
      expect.objectContaining({
        type: "accounts.signedIn",
        log: "activity",
        actor: { role: "publisherDpo", id: dpo.actor.id },
        payload: { by: "password", secondFactor: true },
      }),
    ]);
  });

  it("opens a session at once for a role that needs no second factor", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("controllerDpo"));
    const visit = visitTo(open);
    expect(await signInAccount(open.means, attempt(dpo.email, PASSWORD), visit)).toMatchObject({
      step: "signedIn",
    });
    expect(visit.started).toHaveLength(1);
  });

  it("does the same work and gives the same answer whatever is wrong", async () => {
    const open = await openAccounts(kind);
    const states = ["suspended", "revoked", "invited"] as const;
    for (const state of states) {
      const one = await member(open, person("controllerDpo", { email: `${state}@editions.example` }));
      await open.ports.unitOfWork.transaction((unit) =>
        changeAccount(unit, { controller: one.actor.controller, id: one.actor.id }, { state }),
      );
    }
    const right = await member(open, person("controllerDpo"));
    const cases: PasswordSignIn[] = [
      attempt("nobody@editions.example", PASSWORD),
      attempt(right.email, "tout autre chose que cela"),
      attempt("no address", PASSWORD),
      attempt("", ""),
      attempt(right.email, "é".repeat(5_000)),
      { ...attempt(right.email, PASSWORD), controller: PUBLISHER },
      ...states.map((state) => attempt(`${state}@editions.example`, PASSWORD)),
    ];
    for (const [at, each] of cases.entries()) {
      const { means, hashes } = counted(open);
      expect(await signInAccount(means, each, visitTo(open, `192.0.2.${at}`)), String(at)).toEqual({
        step: "refused",
      });
      expect(hashes(), String(at)).toBe(1);
    }
  });

  it("waits longer and longer by address, the same for one without an account, and forgets after a right one", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("controllerDpo"));
    for (const email of [dpo.email, "nobody@editions.example"]) {
      const seen: string[] = [];
      for (let n = 0; n < 6; n += 1) {
        const answer = await signInAccount(
          open.means,
          attempt(email, "non"),
          visitTo(open, `198.51.100.${n}`),
        );
        seen.push(answer.step === "wait" ? `${answer.step} ${answer.until}` : answer.step);
      }
      // Three free, the fourth sets a wait of one second.
      const wait = "wait 2026-11-23T08:00:01.000Z";
      expect(seen).toEqual(["refused", "refused", "refused", "refused", wait, wait]);
    }
    open.clock.advance(1_000);
    expect(await signInAccount(open.means, attempt(dpo.email, PASSWORD), visitTo(open))).toMatchObject({
      step: "signedIn",
    });
    for (let n = 0; n < 3; n += 1)
      expect((await signInAccount(open.means, attempt(dpo.email, "non"), visitTo(open))).step).toBe(
        "refused",
      );
  });

  it("locks after ten failures, and the lock ends by itself", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("controllerDpo"));
    for (let n = 0; n < 10; n += 1) {
      open.clock.advance(120_000);
      expect((await signInAccount(open.means, attempt(dpo.email, "non"), visitTo(open))).step).toBe(
        "refused",
      );
    }
    open.clock.advance(29 * 60_000);
    expect((await signInAccount(open.means, attempt(dpo.email, PASSWORD), visitTo(open))).step).toBe("wait");
    open.clock.advance(60_000);
    expect((await signInAccount(open.means, attempt(dpo.email, PASSWORD), visitTo(open))).step).toBe(
      "signedIn",
    );
  });

  it("counts a burst before it looks: of fifty at once no more than the free ones are tried", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("controllerDpo"));
    const { means, hashes } = counted(open);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        signInAccount(means, attempt(dpo.email, "non"), visitTo(open, `n${n}`)),
      ),
    );
    expect(hashes()).toBe(4);
    expect(answers.filter(({ step }) => step === "wait")).toHaveLength(46);
  });

  it("keeps off a network that fails with many addresses, and adds no row for those that follow", async () => {
    const open = await openAccounts(kind, { networkFreeAttempts: 3, networkLockAfter: 5 });
    for (let n = 0; n < 12; n += 1) {
      await signInAccount(open.means, attempt(`n${n}@editions.example`, "non"), visitTo(open));
      if (n < 4) open.clock.advance(10_000);
    }
    const rows = await open.database.knex("web_attempt").select("key_hash");
    expect(rows).toHaveLength(1 + 5);
    expect((await signInAccount(open.means, attempt("x@editions.example", "non"), visitTo(open))).step).toBe(
      "wait",
    );
    expect(
      (await signInAccount(open.means, attempt("x@editions.example", "non"), visitTo(open, "203.0.113.9")))
        .step,
    ).toBe("refused");
  });

  it("forgets what a network failed after a day without a failure, though others sign in from it meanwhile", async () => {
    const open = await openAccounts(kind, { networkFreeAttempts: 4, networkLockAfter: 4 });
    const known = await member(open, person("controllerDpo"));
    const from = async (email: string, password: string) =>
      (await signInAccount(open.means, { email, password, nextPath: "/" }, visitTo(open))).step;
    for (const n of [1, 2, 3]) expect(await from(`nobody${n}@editions.example`, "non")).toBe("refused");
    for (const _half of ["day", "night"]) {
      open.clock.advance(13 * 3_600_000);
      expect(await from(known.email, PASSWORD)).toBe("signedIn");
    }
    for (const n of [4, 5]) expect(await from(`nobody${n}@editions.example`, "non")).toBe("refused");
  });

  it("opens nothing for an account that has changed while its password was verified", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("controllerDpo"));
    const ref = { controller: dpo.actor.controller, id: dpo.actor.id };
    for (const change of [{ password: null }, { password: "$other" }, { state: "suspended" }] as const) {
      const { password } = await open.database.knex("web_account").where({ id: ref.id }).first();
      const meanwhile = (to: AccountChange) =>
        open.ports.unitOfWork.transaction((unit) => changeAccount(unit, ref, to));
      const hasher = {
        ...open.means.hasher,
        verify: async (given: string, phc: string | null) => {
          const right = await open.means.hasher.verify(given, phc);
          await meanwhile(change);
          return right;
        },
      };
      const visit = visitTo(open, JSON.stringify(change));
      const answer = await signInAccount({ ...open.means, hasher }, attempt(dpo.email, PASSWORD), visit);
      expect([answer.step, visit.started]).toEqual(["refused", []]);
      await meanwhile({ password, state: "active" });
    }
  });

  it("counts no attempt that could not be looked at, because too many waited", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("controllerDpo"));
    const full = makeAccountMeans(open.ports, { ...open.means.options, hashesAtOnce: 0, hashesWaiting: 0 });
    for (let n = 0; n < 12; n += 1)
      await expect(signInAccount(full, attempt(dpo.email, PASSWORD), visitTo(open))).rejects.toMatchObject({
        code: "WEB_BUSY",
      });
    expect((await signInAccount(open.means, attempt(dpo.email, PASSWORD), visitTo(open))).step).toBe(
      "signedIn",
    );
  });

  it("hashes again at sign-in when the cost has changed", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("controllerDpo"));
    const kept = async () =>
      (await open.database.knex("web_account").where({ id: dpo.actor.id }).first("password"))
        .password as string;
    expect(await kept()).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    const dearer = makeAccountMeans(open.ports, { ...open.means.options, hashMemoryKiB: 128 });
    expect((await signInAccount(dearer, attempt(dpo.email, PASSWORD), visitTo(open))).step).toBe("signedIn");
    expect(await kept()).toContain("$m=128,t=1,p=1$");
    expect((await signInAccount(dearer, attempt(dpo.email, PASSWORD), visitTo(open))).step).toBe("signedIn");
  });

  it("keeps no address, name, password or token in clear", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("publisherDpo"));
    await signInAccount(open.means, attempt(dpo.email, "non"), visitTo(open));
    const tables = ["web_account", "web_attempt", "web_session", "web_account_token", "web_recovery_code"];
    const all = JSON.stringify(await Promise.all(tables.map((table) => open.database.knex(table))));
    for (const text of [dpo.email, "Tilleul", "Camille", PASSWORD, dpo.secret!, ...dpo.codes])
      expect(all).not.toContain(text);
    expect(JSON.stringify(open.entries)).not.toMatch(/tilleul|@editions|192\.0\.2/i);
  });

  it("journals refusals in bulk, and says of none whose it was", async () => {
    const open = await openAccounts(kind);
    for (let n = 0; n < 20; n += 1)
      await signInAccount(open.means, attempt(`n${n}@editions.example`, "non"), visitTo(open, `n${n}`));
    expect(typesOf(open)).toEqual(["accounts.signInRefused"]);
    await open.means.attempts.settle();
    expect(
      open.entries.map(({ payload, actor }) => [payload?.["reason"], payload?.["count"], actor]),
    ).toEqual([
      ["password", 1, { role: "system" }],
      ["password", 19, { role: "system" }],
    ]);
  });
});

describe("an account of a demonstration that is over", () => {
  it("cannot sign in, and is answered like any other", async () => {
    const open = await openAccounts("sqlite", { demonstration: true });
    const dpo = await member(open, person("controllerDpo"), {
      role: "system",
      controller: PUBLISHER,
      demonstration: true,
    });
    const over = makeAccountMeans(open.ports, { ...open.means.options, demonstration: false });
    const given = { email: dpo.email, password: PASSWORD, nextPath: "/" };
    expect((await signInAccount(open.means, given, visitTo(open))).step).toBe("signedIn");
    expect((await signInAccount(over, given, visitTo(open))).step).toBe("refused");
  });
});
