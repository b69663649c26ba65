import { controllerId } from "@preau/kernel";
import { expect, it } from "vitest";
import { PUBLISHER } from "../src/account.ts";
import { makeAccountMeans } from "../src/account-means.ts";
import { actorScope } from "../src/account-secrets.ts";
import { revokeAccount } from "../src/administer-account.ts";
import { askForRecovery } from "../src/ask-recovery.ts";
import { eraseAccount, purgeAccount } from "../src/erase-account.ts";
import { inviteAccount } from "../src/invite-account.ts";
import { purgeJob } from "../src/jobs/purge-job.ts";
import { accountDues, isIdle, reviewAccess } from "../src/review-access.ts";
import { SCHOOL } from "./application.ts";
import { describeEachKind } from "./describe-each-kind.ts";
import { member, openAccounts, person, TERMINAL, visitTo } from "./open-accounts.ts";

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: unknown) => (error as { code?: string }).code,
  );
const TABLES = [
  "web_account",
  "web_account_token",
  "web_recovery_code",
  "web_identity",
  "web_session",
  "web_attempt",
  "web_recovery_asked",
];

describeEachKind("erasure of an account (DD.5)", (kind) => {
  it("leaves no row that leads to it, and destroys its key wherever it acted", async () => {
    const open = await openAccounts(kind);
    const { means, vault, database } = open;
    const dpo = await member(open, person("publisherDpo"));
    const support = await member(open, person("support"));
    const { id } = support.actor;
    await inviteAccount(means, dpo.actor, person("auditor"));
    await askForRecovery(means, support.email, visitTo(open));
    // What the journal seals of an actor who works for clients stands under a key for each of them.
    for (const controller of [SCHOOL, controllerId("ecole-des-saules")])
      await vault.seal(actorScope(controller, id), Buffer.from("slot"), "jrn_entry x actor");
    const sealed = await vault.seal(actorScope(SCHOOL, id), Buffer.from("slot"), "jrn_entry y actor");
    const ref = { controller: PUBLISHER, id };
    expect(await codeOf(eraseAccount(means, dpo.actor, ref))).toBe("ACCOUNT_WRONG_STATE");
    await revokeAccount(means, dpo.actor, ref);
    expect(await codeOf(eraseAccount(means, support.actor, ref))).toBe("ACCOUNT_NOT_YOURS");
    expect(await eraseAccount(means, dpo.actor, ref)).toEqual({ keys: 3 });
    expect(await vault.open(actorScope(SCHOOL, id), sealed, "jrn_entry y actor")).toBeUndefined();
    expect(await vault.controllersOf("actor", id)).toEqual([]);
    const all = JSON.stringify(await Promise.all(TABLES.map((table) => database.knex(table))));
    expect(all).not.toContain(id);
    expect(all).not.toContain(await means.secrets.emailHash(support.email));
    expect(open.entries.at(-1)).toMatchObject({ type: "accounts.erased", payload: { account: id } });
    expect(await codeOf(eraseAccount(means, dpo.actor, ref))).toBe("ACCOUNT_UNKNOWN");
    expect(await purgeAccount(means, ref)).toBeUndefined();
    // The address is free again, for another account with another key.
    expect(await codeOf(inviteAccount(means, dpo.actor, person("support")))).toBe("done");
  });

  it("comes by itself once the period for revoked accounts is over, and not before", async () => {
    const open = await openAccounts(kind);
    const { means, database, clock } = open;
    const dpo = await member(open, person("controllerDpo"));
    await member(open, person("controllerAdministrator"));
    const ref = { controller: SCHOOL, id: dpo.actor.id };
    await revokeAccount(means, TERMINAL, ref);
    const [job] = await database.knex("db_job").where({ name: "accounts.purge" });
    expect([job.controller, job.run_at]).toEqual([SCHOOL, "2027-11-23T08:00:30.000Z"]);
    const run = (with_ = means) =>
      purgeJob(with_).handler(
        {
          name: "accounts.purge",
          controller: SCHOOL,
          payload: { account: ref.id },
        },
        { id: "job_x", attempt: 1, signal: new AbortController().signal },
      );
    const there = async () => (await database.knex("web_account").where({ id: ref.id })).length;
    await run();
    expect(await there()).toBe(1);
    clock.advance(365 * 86_400_000);
    const longer = makeAccountMeans(open.ports, { ...means.options, revokedDays: 400 });
    await run(longer);
    expect(await there()).toBe(1);
    await run();
    expect(await there()).toBe(0);
  });
});

describeEachKind("reviews of access (DD.5)", (kind) => {
  it("are due half a year after the last one, at every controller that has accounts", async () => {
    const open = await openAccounts(kind);
    const { means, clock } = open;
    const dpo = await member(open, person("publisherDpo"));
    const admin = await member(open, person("controllerAdministrator"));
    const dues = async (controller: typeof SCHOOL | "all" = "all") => {
      const all = await accountDues(means, { controller, before: "2099-01-01T00:00:00.000Z" as never });
      return all.map(({ id, dueAt, clause }) => [id, dueAt.slice(0, 10), clause]);
    };
    expect(await dues()).toEqual([
      ["accounts.review.lycee-des-tilleuls", "2027-05-24", "DD.5"],
      ["accounts.idle.lycee-des-tilleuls", "2027-05-24", "DD.5"],
      ["accounts.review.publisher", "2027-05-24", "DD.5"],
      ["accounts.idle.publisher", "2027-05-24", "DD.5"],
    ]);
    clock.advance(10 * 86_400_000);
    expect(await codeOf(reviewAccess(means, admin.actor, PUBLISHER))).toBe("ACCOUNT_UNKNOWN");
    const done = await reviewAccess(means, admin.actor, SCHOOL);
    expect([done.accounts, done.nextDueAt.slice(0, 10)]).toEqual([1, "2027-06-03"]);
    expect((await dues(SCHOOL))[0]).toEqual(["accounts.review.lycee-des-tilleuls", "2027-06-03", "DD.5"]);
    expect(await codeOf(reviewAccess(means, dpo.actor, PUBLISHER))).toBe("done");
    expect(open.entries.at(-1)).toMatchObject({ type: "accounts.reviewed", payload: { accounts: 1 } });
    expect(await accountDues(means, { controller: "all", before: clock.now() })).toEqual([]);
  });

  it("may be done by who could revoke, and by nobody else", async () => {
    const open = await openAccounts(kind);
    const support = await member(open, person("support"));
    const dpo = await member(open, person("controllerDpo"));
    expect(await codeOf(reviewAccess(open.means, support.actor, PUBLISHER))).toBe("ACCOUNT_NOT_YOURS");
    expect(await codeOf(reviewAccess(open.means, dpo.actor, SCHOOL))).toBe("ACCOUNT_NOT_YOURS");
  });
});

it("an account is idle from the very instant, an invited or suspended one never", () => {
  const at = (text: string) => `${text}T00:00:00.000Z` as never;
  const account = { state: "active", signedInAt: at("2026-01-01"), createdAt: at("2020-01-01") } as const;
  expect(isIdle(account, at("2026-07-01"), 182)).toBe(false);
  expect(isIdle(account, at("2026-07-02"), 182)).toBe(true);
  expect(isIdle({ ...account, signedInAt: null }, at("2026-07-01"), 182)).toBe(true);
  expect(isIdle({ ...account, state: "suspended" }, at("2030-01-01"), 182)).toBe(false);
});
