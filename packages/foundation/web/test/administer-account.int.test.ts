import { controllerId } from "@preau/kernel";
import { expect, it } from "vitest";
import { acceptLink } from "../src/accept-link.ts";
import { type AccountActor, accountRoles, PUBLISHER } from "../src/account.ts";
import { grantableRoles, mayGrant } from "../src/account-rights.ts";
import {
  changeRole,
  issueLink,
  resetFactor,
  restoreAccount,
  revokeAccount,
  suspendAccount,
  unlockAccount,
} from "../src/administer-account.ts";
import { eraseAccount } from "../src/erase-account.ts";
import { inviteAccount } from "../src/invite-account.ts";
import { accountsOf } from "../src/list-accounts.ts";
import { signInAccount } from "../src/sign-in-account.ts";
import { OTHER_SCHOOL, SCHOOL } from "./application.ts";
import { describeEachKind } from "./describe-each-kind.ts";
import {
  type Member,
  member,
  type OpenAccounts,
  OTHER_PASSWORD,
  openAccounts,
  PASSWORD,
  person,
  TERMINAL,
  typesOf,
  visitTo,
} from "./open-accounts.ts";

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: unknown) => (error as { code?: string }).code ?? "no fault",
  );
let networks = 0;
const refOf = ({ actor }: Member) => ({ controller: actor.controller, id: actor.id });
const step = async (open: OpenAccounts, { email }: Member, password = PASSWORD) =>
  (
    await signInAccount(
      open.means,
      { email, password, nextPath: "/" },
      visitTo(open, `network ${(networks += 1)}`),
    )
  ).step;

describeEachKind("administration of accounts (DD.5, DD.7)", (kind) => {
  it("lets a client's administrator invite and revoke for that client alone, and no staff", async () => {
    const open = await openAccounts(kind);
    const { means } = open;
    const admin = await member(open, person("controllerAdministrator"));
    const theirs = await member(
      open,
      person("controllerDpo", { email: "dpo@acacias.example", controller: OTHER_SCHOOL }),
    );
    const dpo = await member(open, person("publisherDpo"));
    const invite = (role: (typeof accountRoles)[number], controller: string) =>
      codeOf(
        inviteAccount(means, admin.actor, {
          ...person(role, { email: `${role}@new.example` }),
          controller: controllerId(controller),
        }),
      );
    expect(await invite("controllerDpo", SCHOOL)).toBe("done");
    expect(await invite("controllerAdministrator", SCHOOL)).toBe("done");
    expect(await invite("controllerDpo", OTHER_SCHOOL)).toBe("ACCOUNT_NOT_YOURS");
    for (const role of ["publisherDpo", "operations", "support", "auditor"] as const) {
      expect(await invite(role, PUBLISHER)).toBe("ACCOUNT_NOT_YOURS");
      expect(await invite(role, SCHOOL)).toBe("ACCOUNT_BAD_ROLE");
    }
    expect(await invite("controllerDpo", PUBLISHER)).toBe("ACCOUNT_BAD_ROLE");
    for (const other of [theirs, dpo])
      for (const deed of [suspendAccount, revokeAccount, unlockAccount, issueLink, resetFactor])
        expect(await codeOf(deed(means, admin.actor, refOf(other)))).toBe("ACCOUNT_UNKNOWN");
    // The right id under the own controller's name is nobody.
    expect(await codeOf(revokeAccount(means, admin.actor, { controller: SCHOOL, id: theirs.actor.id }))).toBe(
      "ACCOUNT_UNKNOWN",
    );
    expect(await codeOf(accountsOf(means, admin.actor, OTHER_SCHOOL))).toBe("ACCOUNT_UNKNOWN");
    expect(await codeOf(changeRole(means, admin.actor, refOf(theirs), "controllerAdministrator"))).toBe(
      "ACCOUNT_UNKNOWN",
    );
    expect(await step(open, theirs)).toBe("signedIn");
  });

  it("never leaves a client without an administrator, also when two go at the same moment", async () => {
    const open = await openAccounts(kind);
    const { means } = open;
    const one = await member(open, person("controllerAdministrator"));
    for (const deed of [suspendAccount, revokeAccount])
      expect(await codeOf(deed(means, TERMINAL, refOf(one)))).toBe("ACCOUNT_LAST_ADMINISTRATOR");
    expect(await codeOf(changeRole(means, TERMINAL, refOf(one), "controllerDpo"))).toBe(
      "ACCOUNT_LAST_ADMINISTRATOR",
    );
    // One who is invited is no successor yet.
    await inviteAccount(
      means,
      TERMINAL,
      person("controllerAdministrator", { email: "invited@school.example" }),
    );
    expect(await codeOf(revokeAccount(means, TERMINAL, refOf(one)))).toBe("ACCOUNT_LAST_ADMINISTRATOR");
    const two = await member(open, person("controllerAdministrator", { email: "two@school.example" }));
    const each = await Promise.all([
      codeOf(revokeAccount(means, one.actor, refOf(two))),
      codeOf(revokeAccount(means, two.actor, refOf(one))),
    ]);
    expect(each.filter((code) => code === "done")).toHaveLength(1);
  });

  it("lets nobody act upon the own account, nor after the right is gone", async () => {
    const open = await openAccounts(kind);
    const { means } = open;
    const dpo = await member(open, person("publisherDpo"));
    const second = await member(open, person("publisherDpo", { email: "second@editions.example" }));
    const support = await member(open, person("support"));
    for (const deed of [suspendAccount, revokeAccount, unlockAccount, issueLink, resetFactor])
      expect(await codeOf(deed(means, dpo.actor, refOf(dpo)))).toBe("ACCOUNT_NOT_YOURS");
    expect(await codeOf(changeRole(means, support.actor, refOf(support), "publisherDpo"))).toBe(
      "ACCOUNT_NOT_YOURS",
    );
    await suspendAccount(means, dpo.actor, refOf(second));
    expect(await codeOf(suspendAccount(means, second.actor, refOf(support)))).toBe("ACCOUNT_NOT_YOURS");
    // A session's role is not believed: the account's own is.
    const forged: AccountActor = { ...support.actor, role: "publisherDpo" };
    expect(await codeOf(suspendAccount(means, forged, refOf(dpo)))).toBe("ACCOUNT_NOT_YOURS");
    expect(await codeOf(inviteAccount(means, forged, person("auditor")))).toBe("ACCOUNT_NOT_YOURS");
  });

  it("suspends at once, restores, and revokes for good: no password, factor, code, link or session is left", async () => {
    const open = await openAccounts(kind);
    const { means, ports } = open;
    const dpo = await member(open, person("publisherDpo"));
    const support = await member(open, person("support"));
    const { controller, id } = refOf(support);
    expect(await ports.sessions.ofActor(controller, id)).toHaveLength(1);
    await suspendAccount(means, dpo.actor, { controller, id });
    expect(await ports.sessions.ofActor(controller, id)).toEqual([]);
    expect(await step(open, support)).toBe("refused");
    expect(await codeOf(suspendAccount(means, dpo.actor, { controller, id }))).toBe("ACCOUNT_WRONG_STATE");
    await restoreAccount(means, dpo.actor, { controller, id });
    expect(await step(open, support)).toBe("factor");
    const link = await issueLink(means, dpo.actor, { controller, id });
    await revokeAccount(means, dpo.actor, { controller, id });
    expect(await step(open, support)).toBe("refused");
    for (const deed of [restoreAccount, issueLink, resetFactor, revokeAccount])
      expect(await codeOf(deed(means, dpo.actor, { controller, id }))).toBe("ACCOUNT_WRONG_STATE");
    const given = { token: link.token, password: OTHER_PASSWORD };
    expect(await codeOf(acceptLink(means, "recovery", given, visitTo(open)))).toBe("ACCOUNT_LINK_DEAD");
    const row = await open.database.knex("web_account").where({ id }).first();
    expect([row.password, row.factor, row.next_factor]).toEqual([null, null, null]);
    for (const table of ["web_recovery_code", "web_account_token"])
      expect(await open.database.knex(table).where({ account: id })).toEqual([]);
    expect(
      typesOf(open)
        .filter((type) => type !== "accounts.signInRefused")
        .slice(-4),
    ).toEqual(["accounts.suspended", "accounts.restored", "accounts.recoveryIssued", "accounts.revoked"]);
  });

  it("resets a lost factor together with the password, so that the password alone enrols nobody else", async () => {
    const open = await openAccounts(kind);
    const { means } = open;
    const support = await member(open, person("support"));
    const dpo = await member(open, person("publisherDpo"));
    const link = await resetFactor(means, dpo.actor, refOf(support));
    expect(link.purpose).toBe("recovery");
    expect(await step(open, support)).toBe("refused");
    const answer = await acceptLink(
      means,
      "recovery",
      { token: link.token, password: OTHER_PASSWORD },
      visitTo(open),
    );
    expect(answer).toMatchObject({ step: "enrol" });
    expect(await step(open, support, OTHER_PASSWORD)).toBe("enrol");
  });

  it("asks a longer password of who becomes an administrator, and ends the sessions of before", async () => {
    const open = await openAccounts(kind);
    const { means, ports } = open;
    await member(open, person("controllerAdministrator"));
    const dpo = await member(open, person("controllerDpo"));
    const link = await changeRole(means, TERMINAL, refOf(dpo), "controllerAdministrator");
    expect(await ports.sessions.ofActor(SCHOOL, dpo.actor.id)).toEqual([]);
    expect(await step(open, dpo)).toBe("refused");
    const short = await acceptLink(
      means,
      "recovery",
      { token: link!.token, password: "nuage tulipe" },
      visitTo(open),
    );
    expect(short).toEqual({ flaw: "tooShort" });
    const right = await acceptLink(
      means,
      "recovery",
      { token: link!.token, password: OTHER_PASSWORD },
      visitTo(open),
    );
    expect(right).toMatchObject({ step: "enrol" });
    expect(await codeOf(changeRole(means, TERMINAL, refOf(dpo), "support"))).toBe("ACCOUNT_BAD_ROLE");
  });

  it("lifts a lock, by an administrator", async () => {
    const open = await openAccounts(kind);
    const admin = await member(open, person("controllerAdministrator"));
    const dpo = await member(open, person("controllerDpo"));
    for (let n = 0; n < 6; n += 1) await step(open, dpo, "non");
    expect(await step(open, dpo)).toBe("wait");
    const { accounts } = await accountsOf(open.means, admin.actor, SCHOOL);
    expect(accounts.find(({ account }) => account.id === dpo.actor.id)?.lockedUntil).toBeDefined();
    await unlockAccount(open.means, admin.actor, refOf(dpo));
    expect(await step(open, dpo)).toBe("signedIn");
  });

  it("lets nobody's right password or lifted lock at one client forgive what failed at another's with that address", async () => {
    const open = await openAccounts(kind);
    const { means, clock } = open;
    const theirs = await member(open, person("controllerDpo", { controller: OTHER_SCHOOL }));
    clock.advance(1_000);
    const admin = await member(open, person("controllerAdministrator"));
    // A client's administrator makes an account for somebody else's address, and holds its link.
    const planted = await member(open, person("controllerDpo", { email: theirs.email }), admin.actor);
    const at = (controller: typeof SCHOOL, password: string) =>
      signInAccount(
        means,
        { email: theirs.email, password, controller, nextPath: "/" },
        visitTo(open, `network ${(networks += 1)}`),
      ).then((answer) => answer.step);
    for (let n = 0; n < 3; n += 1) expect(await at(OTHER_SCHOOL, "non")).toBe("refused");
    expect(await at(SCHOOL, PASSWORD)).toBe("signedIn");
    expect(await at(OTHER_SCHOOL, "non")).toBe("refused");
    expect(await at(OTHER_SCHOOL, "non")).toBe("wait");
    expect(await codeOf(unlockAccount(means, admin.actor, refOf(planted)))).toBe("ACCOUNT_NOT_YOURS");
    expect(await at(OTHER_SCHOOL, PASSWORD)).toBe("wait");
    await revokeAccount(means, admin.actor, refOf(planted));
    await eraseAccount(means, admin.actor, refOf(planted));
    expect(await at(OTHER_SCHOOL, PASSWORD)).toBe("wait");
    await unlockAccount(means, TERMINAL, refOf(theirs));
    expect(await at(OTHER_SCHOOL, PASSWORD)).toBe("signedIn");
  });

  it("keeps the demonstration's people, whose passwords are public, off every account that outlives it", async () => {
    const open = await openAccounts(kind, { demonstration: true });
    const { means } = open;
    const support = await member(open, person("support"));
    const demo = { ...TERMINAL, demonstration: true };
    const dpo = await member(open, person("publisherDpo", { email: "dpo@demo.example" }), demo);
    for (const deed of [suspendAccount, revokeAccount, unlockAccount, issueLink, resetFactor])
      expect(await codeOf(deed(means, dpo.actor, refOf(support)))).toBe("ACCOUNT_NOT_YOURS");
    expect(await codeOf(changeRole(means, dpo.actor, refOf(support), "publisherDpo"))).toBe(
      "ACCOUNT_NOT_YOURS",
    );
    const shown = await member(open, person("auditor", { email: "audit@demo.example" }), demo);
    expect(await codeOf(suspendAccount(means, dpo.actor, refOf(shown)))).toBe("done");
  });

  it("says no of the same address at one client twice, and lets it have an account at another", async () => {
    const open = await openAccounts(kind);
    const one = await member(open, person("controllerDpo"));
    expect(await codeOf(inviteAccount(open.means, TERMINAL, person("controllerDpo")))).toBe("ACCOUNT_EXISTS");
    open.clock.advance(1_000);
    const two = await member(open, person("controllerDpo", { controller: OTHER_SCHOOL }));
    const at = async (controller: typeof SCHOOL | undefined) => {
      const visit = visitTo(open);
      await signInAccount(
        open.means,
        { email: one.email, password: PASSWORD, controller, nextPath: "/" },
        visit,
      );
      return visit.started[0]?.data.actor;
    };
    expect([await at(undefined), await at(SCHOOL), await at(OTHER_SCHOOL)]).toEqual([
      one.actor.id,
      one.actor.id,
      two.actor.id,
    ]);
  });

  it("journals a look of the publisher's staff at a client's accounts, under that client", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("publisherDpo"));
    await accountsOf(open.means, dpo.actor, SCHOOL);
    expect(open.entries.at(-1)).toMatchObject({
      type: "accounts.listSeen",
      controller: SCHOOL,
      actor: { role: "publisherDpo", id: dpo.actor.id },
    });
  });
});

it("who may grant what, role by role (DD.5)", () => {
  const matrix = [...accountRoles, "dataSubject", "system"] as const;
  expect(matrix.map((role) => [role, grantableRoles({ role }).length])).toEqual([
    ["publisherDpo", 6],
    ["operations", 4],
    ["support", 0],
    ["auditor", 0],
    ["controllerAdministrator", 2],
    ["controllerDpo", 0],
    ["dataSubject", 0],
    ["system", 6],
  ]);
  const at = (role: AccountActor["role"], controller: string) => ({
    role,
    controller: controllerId(controller),
  });
  expect(mayGrant(at("operations", PUBLISHER), "publisherDpo", PUBLISHER)).toBe(false);
  expect(mayGrant(at("controllerAdministrator", SCHOOL), "controllerDpo", OTHER_SCHOOL)).toBe(false);
  expect(mayGrant(at("publisherDpo", PUBLISHER), "controllerAdministrator", PUBLISHER)).toBe(false);
  expect(mayGrant(at("publisherDpo", PUBLISHER), "support", SCHOOL)).toBe(false);
});
