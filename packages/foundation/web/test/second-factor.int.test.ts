import { freshDatabaseUrl } from "@preau/testing";
import { expect, it } from "vitest";
import { acceptLink, findLink } from "../src/accept-link.ts";
import { issueLink } from "../src/administer-account.ts";
import { enrolFirstFactor, showFirstFactor } from "../src/enrol-factor.ts";
import { inviteAccount } from "../src/invite-account.ts";
import { checkCode, signInWithCode } from "../src/second-factor.ts";
import { signInAccount } from "../src/sign-in-account.ts";
import { readAccount } from "../src/store/account-rows.ts";
import { SCHOOL } from "./application.ts";
import { describeEachKind } from "./describe-each-kind.ts";
import {
  codeNow,
  type Member,
  member,
  type OpenAccounts,
  openAccounts,
  openAccountsAt,
  PASSWORD,
  person,
  TERMINAL,
  typesOf,
  visitTo,
} from "./open-accounts.ts";

const codeOf = (error: { code?: string }) => error.code ?? "no fault";

/** A half-done sign-in of that account. */
async function half(open: OpenAccounts, { email }: Member, network = "192.0.2.7"): Promise<string> {
  const answer = await signInAccount(
    open.means,
    { email, password: PASSWORD, nextPath: "/" },
    visitTo(open, network),
  );
  if (answer.step !== "factor") throw new Error(answer.step);
  return answer.token;
}

/** Two replicas on one database and one key store. */
async function twoReplicas(kind: "sqlite" | "mariadb") {
  const [url, keys] = [await freshDatabaseUrl(kind), await freshDatabaseUrl("sqlite")];
  return [await openAccountsAt(url, keys), await openAccountsAt(url, keys)] as const;
}

describeEachKind("the second factor (DD.4, DD.7)", (kind) => {
  it("takes a code once: not again, not on another half-done sign-in, not an older one", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("publisherDpo"));
    const [one, two] = [await half(open, dpo), await half(open, dpo)];
    const code = codeNow(open, dpo.secret!);
    const give = (token: string, given: string) => signInWithCode(open.means, token, given, visitTo(open));
    expect((await give(one, code)).step).toBe("signedIn");
    expect((await give(two, code)).step).toBe("refused");
    expect((await give(two, codeNow(open, dpo.secret!, -1))).step).toBe("refused");
    await expect(give(one, codeNow(open, dpo.secret!, 1))).rejects.toMatchObject({
      code: "ACCOUNT_SIGN_IN_OVER",
    });
    open.clock.advance(30_000);
    expect((await give(two, codeNow(open, dpo.secret!))).step).toBe("signedIn");
  });

  it("takes the code of the step before and after, none further away, and none of another shape", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("publisherDpo"));
    open.clock.advance(300_000);
    for (const [away, step] of [
      [-2, "refused"],
      [2, "refused"],
      [-1, "signedIn"],
      [1, "signedIn"],
    ] as const) {
      const code = codeNow(open, dpo.secret!, away);
      const spelled = `${code.slice(0, 3)} ${code.slice(3)}`;
      expect(
        (await signInWithCode(open.means, await half(open, dpo), spelled, visitTo(open))).step,
        String(away),
      ).toBe(step);
    }
    for (const [at, code] of [
      "",
      "12345",
      "1234567",
      "abcdef",
      "１２３４５６",
      "0".repeat(10_000),
      "000000 OR 1=1",
    ].entries()) {
      const token = await half(open, dpo, `n${at}`);
      expect(["refused", "wait"]).toContain(
        (await signInWithCode(open.means, token, code, visitTo(open, `m${at}`))).step,
      );
    }
  });

  it("brakes guesses by account, over any number of half-done sign-ins and networks", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("publisherDpo"));
    const steps: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const token = await half(open, dpo, `n${n}`);
      steps.push((await signInWithCode(open.means, token, "000000", visitTo(open, `m${n}`))).step);
    }
    expect(steps).toEqual(["refused", "refused", "refused", "refused", "wait", "wait"]);
    open.clock.advance(60_000);
    const token = await half(open, dpo);
    expect((await signInWithCode(open.means, token, codeNow(open, dpo.secret!), visitTo(open))).step).toBe(
      "signedIn",
    );
  });

  it("ends a half-done sign-in after its minutes, and knows no other token", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("publisherDpo"));
    const token = await half(open, dpo);
    open.clock.advance(10 * 60_000);
    for (const given of [token, undefined, "", "x".repeat(43), `${token}x`])
      await expect(
        signInWithCode(open.means, given, codeNow(open, dpo.secret!), visitTo(open)),
      ).rejects.toMatchObject({
        code: "ACCOUNT_SIGN_IN_OVER",
      });
  });

  it("opens nothing before it is enrolled, and enrols none where there is one", async () => {
    const open = await openAccounts(kind);
    const link = await inviteAccount(open.means, TERMINAL, person("support"));
    const visit = visitTo(open);
    const answer = await acceptLink(
      open.means,
      "invitation",
      { token: link.token, password: PASSWORD },
      visit,
    );
    if (!("token" in answer)) throw new Error("no step");
    expect(answer.step).toBe("enrol");
    expect((await signInWithCode(open.means, answer.token, "000000", visit)).step).toBe("refused");
    const shown = await showFirstFactor(open.means, answer.token);
    expect(await showFirstFactor(open.means, answer.token)).toEqual(shown);
    expect(shown.uri).toMatch(/^otpauth:\/\/totp\/Pr%C3%A9au:support%40editions\.example\?/);
    expect((await enrolFirstFactor(open.means, answer.token, "000000", visit)).step).toBe("refused");
    expect(visit.started).toEqual([]);
    const enrolled = await enrolFirstFactor(open.means, answer.token, codeNow(open, shown.secret), visit);
    if (enrolled.step !== "enrolled") throw new Error(enrolled.step);
    expect(enrolled.codes).toHaveLength(10);
    expect(visit.started).toHaveLength(1);
    const again = await half(open, { email: "support@editions.example" } as Member);
    await expect(showFirstFactor(open.means, again)).rejects.toMatchObject({ code: "ACCOUNT_SIGN_IN_OVER" });
    await expect(
      enrolFirstFactor(open.means, again, codeNow(open, shown.secret, 1), visit),
    ).rejects.toMatchObject({
      code: "ACCOUNT_SIGN_IN_OVER",
    });
  });

  it("shows a secret to one half-done sign-in alone: who saw another knows nothing of what is enrolled", async () => {
    const open = await openAccounts(kind);
    const { means } = open;
    const link = await inviteAccount(means, TERMINAL, person("support"));
    const mine = await acceptLink(
      means,
      "invitation",
      { token: link.token, password: PASSWORD },
      visitTo(open),
    );
    const given = { email: person("support").email, password: PASSWORD, nextPath: "/" };
    const theirs = await signInAccount(means, given, visitTo(open));
    if (!("token" in mine) || !("token" in theirs)) throw new Error("no step");
    const seen = await showFirstFactor(means, theirs.token);
    const shown = await showFirstFactor(means, mine.token);
    expect(shown.secret).not.toBe(seen.secret);
    const stale = await enrolFirstFactor(means, theirs.token, codeNow(open, seen.secret), visitTo(open));
    expect(stale.step).toBe("refused");
    const taken = await enrolFirstFactor(means, theirs.token, codeNow(open, shown.secret), visitTo(open));
    expect(taken.step).toBe("refused");
    const enrolled = await enrolFirstFactor(means, mine.token, codeNow(open, shown.secret), visitTo(open));
    expect(enrolled.step).toBe("enrolled");
    await expect(showFirstFactor(means, theirs.token)).rejects.toMatchObject({
      code: "ACCOUNT_SIGN_IN_OVER",
    });
  });

  it("takes a recovery code in its place, each once, however it is spelled", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("publisherDpo"));
    const [code = "", other = ""] = dpo.codes;
    expect(dpo.codes.every((each) => /^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/.test(each))).toBe(true);
    const give = async (given: string) =>
      (await signInWithCode(open.means, await half(open, dpo), given, visitTo(open))).step;
    expect(await give(code.toUpperCase().replaceAll("-", " "))).toBe("signedIn");
    expect(await give(code)).toBe("refused");
    expect(await give(other)).toBe("signedIn");
    expect(typesOf(open).filter((type) => type === "accounts.recoveryCodeUsed")).toHaveLength(2);
  });

  it("refuses another account's recovery code", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("publisherDpo"));
    const support = await member(open, person("support"));
    const answer = await signInWithCode(open.means, await half(open, dpo), support.codes[0]!, visitTo(open));
    expect(answer.step).toBe("refused");
  });

  it("gives one of twenty simultaneous uses of a recovery code, on two replicas", async () => {
    const [one, two] = await twoReplicas(kind);
    const dpo = await member(one, person("publisherDpo"));
    for (const each of [one, two]) Object.assign(each.means.options, { freeAttempts: 50, lockAfter: 90 });
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, n) => half(one, dpo, `n${n}`)));
    const answers = await Promise.all(
      tokens.map((token, n) =>
        signInWithCode(
          (n % 2 === 0 ? one : two).means,
          token,
          dpo.codes[0]!,
          visitTo(n % 2 === 0 ? one : two, `m${n}`),
        ),
      ),
    );
    expect(answers.filter(({ step }) => step === "signedIn")).toHaveLength(1);
    expect(await one.ports.sessions.ofActor(dpo.actor.controller, dpo.actor.id)).toHaveLength(2);
  });

  it("gives one of twenty simultaneous uses of one code of the authenticator, on two replicas", async () => {
    const [one, two] = await twoReplicas(kind);
    const dpo = await member(one, person("publisherDpo"));
    two.clock.set(one.clock.now());
    for (const each of [one, two]) Object.assign(each.means.options, { freeAttempts: 50, lockAfter: 90 });
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, n) => half(one, dpo, `n${n}`)));
    const code = codeNow(one, dpo.secret!);
    const answers = await Promise.all(
      tokens.map((token, n) =>
        signInWithCode(
          (n % 2 === 0 ? one : two).means,
          token,
          code,
          visitTo(n % 2 === 0 ? one : two, `m${n}`),
        ),
      ),
    );
    expect(answers.filter(({ step }) => step === "signedIn")).toHaveLength(1);
  });

  it("gives one of twenty simultaneous uses of an invitation, on two replicas", async () => {
    const [one, two] = await twoReplicas(kind);
    const link = await inviteAccount(one.means, TERMINAL, person("controllerDpo"));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const open = n % 2 === 0 ? one : two;
        const given = { token: link.token, password: `${PASSWORD} ${n}` };
        return acceptLink(open.means, "invitation", given, visitTo(open, `n${n}`)).catch(codeOf);
      }),
    );
    expect(answers.filter((each) => typeof each === "object" && "step" in each)).toHaveLength(1);
    expect(answers.filter((each) => each === "ACCOUNT_LINK_DEAD")).toHaveLength(19);
    expect(await one.ports.sessions.ofActor(SCHOOL, link.account)).toHaveLength(1);
  });

  it("gives one of twenty simultaneous uses of a recovery, on two replicas", async () => {
    const [one, two] = await twoReplicas(kind);
    const dpo = await member(one, person("controllerDpo"));
    const link = await issueLink(one.means, TERMINAL, { controller: SCHOOL, id: dpo.actor.id });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const open = n % 2 === 0 ? one : two;
        const given = { token: link.token, password: `${PASSWORD} ${n}` };
        return acceptLink(open.means, "recovery", given, visitTo(open, `n${n}`)).catch(codeOf);
      }),
    );
    expect(answers.filter((each) => typeof each === "object" && "step" in each)).toHaveLength(1);
    expect(answers.filter((each) => each === "ACCOUNT_LINK_DEAD")).toHaveLength(19);
  });

  it("uses no code up for what may not be done after all", async () => {
    const open = await openAccounts(kind);
    const dpo = await member(open, person("publisherDpo"));
    const { controller, id } = dpo.actor;
    const check = async (code: string, right: boolean) => {
      const account = await open.ports.unitOfWork.transaction((unit) => readAccount(unit, controller, id));
      return checkCode(open.means, account!, code, visitTo(open), async () =>
        right ? { step: "signedIn", nextPath: "/" } : undefined,
      );
    };
    for (const code of [codeNow(open, dpo.secret!), dpo.codes[0]!]) {
      expect((await check(code, false)).step).toBe("refused");
      expect((await check(code, true)).step).toBe("signedIn");
      expect((await check(code, true)).step).toBe("refused");
    }
  });
});

it("links: an invitation is no recovery, expires, and dies with the next one", async () => {
  const open = await openAccounts();
  const link = await inviteAccount(open.means, TERMINAL, person("controllerDpo"));
  const find = (purpose: "invitation" | "recovery", token: string | null) =>
    findLink(open.means, purpose, token).then(() => "found", codeOf);
  expect(await find("invitation", link.token)).toBe("found");
  expect(await find("recovery", link.token)).toBe("ACCOUNT_LINK_DEAD");
  for (const token of [null, "", "x".repeat(43), link.token.slice(1)])
    expect(await find("invitation", token)).toBe("ACCOUNT_LINK_DEAD");
  open.clock.advance(72 * 3_600_000 - 1);
  expect(await find("invitation", link.token)).toBe("found");
  open.clock.advance(1);
  expect(await find("invitation", link.token)).toBe("ACCOUNT_LINK_DEAD");
});
