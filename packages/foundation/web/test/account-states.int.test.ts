import fc from "fast-check";
import { expect, it } from "vitest";
import { acceptLink } from "../src/accept-link.ts";
import type { AccountState } from "../src/account.ts";
import {
  issueLink,
  resetFactor,
  restoreAccount,
  revokeAccount,
  suspendAccount,
} from "../src/administer-account.ts";
import { eraseAccount } from "../src/erase-account.ts";
import { inviteAccount } from "../src/invite-account.ts";
import { signInAccount } from "../src/sign-in-account.ts";
import { readAccount } from "../src/store/account-rows.ts";
import { SCHOOL } from "./application.ts";
import { type OpenAccounts, openAccounts, PASSWORD, person, TERMINAL, visitTo } from "./open-accounts.ts";

/** What an account should be, in one line: what follows is the same said twice. */
interface Model {
  state: AccountState | "erased";
  password: boolean;
  link: { purpose: "invitation" | "recovery"; token: string } | undefined;
  sessions: number;
}

const steps = [
  "accept",
  "acceptAsOther",
  "suspend",
  "restore",
  "revoke",
  "link",
  "reset",
  "signIn",
  "erase",
] as const;
type Step = (typeof steps)[number];

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: unknown) => (error as { code: string }).code,
  );

/** Does a step on both, and says what the model expected of it. */
async function take(open: OpenAccounts, id: `act_${string}`, email: string, model: Model, step: Step) {
  const { means } = open;
  const ref = { controller: SCHOOL, id };
  const administered = async (work: Promise<unknown>, right: boolean, change: Partial<Model>) => {
    const expected = model.state === "erased" ? "ACCOUNT_UNKNOWN" : right ? "done" : "ACCOUNT_WRONG_STATE";
    expect(await codeOf(work), step).toBe(expected);
    if (expected === "done") Object.assign(model, change);
  };
  switch (step) {
    case "accept":
    case "acceptAsOther": {
      const given = { token: model.link?.token ?? "x".repeat(43), password: PASSWORD };
      const purpose = model.link?.purpose ?? "invitation";
      const claimed = step === "accept" ? purpose : purpose === "invitation" ? "recovery" : "invitation";
      const right = step === "accept" && model.link !== undefined;
      expect(await codeOf(acceptLink(means, claimed, given, visitTo(open))), step).toBe(
        right ? "done" : "ACCOUNT_LINK_DEAD",
      );
      if (right) Object.assign(model, { state: "active", password: true, link: undefined, sessions: 1 });
      return;
    }
    case "suspend":
      return administered(suspendAccount(means, TERMINAL, ref), model.state === "active", {
        state: "suspended",
        link: undefined,
        sessions: 0,
      });
    case "restore":
      return administered(restoreAccount(means, TERMINAL, ref), model.state === "suspended", {
        state: "active",
      });
    case "revoke":
      return administered(revokeAccount(means, TERMINAL, ref), model.state !== "revoked", {
        state: "revoked",
        password: false,
        link: undefined,
        sessions: 0,
      });
    case "erase":
      return administered(eraseAccount(means, TERMINAL, ref), model.state === "revoked", { state: "erased" });
    case "link":
    case "reset": {
      const right = model.state === "active" || (step === "link" && model.state === "invited");
      const handed: { purpose: "invitation" | "recovery"; token: string }[] = [];
      const work = (step === "link" ? issueLink : resetFactor)(means, TERMINAL, ref).then((link) =>
        handed.push(link),
      );
      await administered(work, right, step === "reset" ? { password: false, sessions: 0 } : {});
      if (handed[0] !== undefined) model.link = handed[0];
      return;
    }
    case "signIn": {
      const right = model.state === "active" && model.password;
      const answer = await signInAccount(
        means,
        { email, password: PASSWORD, nextPath: "/" },
        visitTo(open, email),
      );
      expect(answer.step, step).toBe(right ? "signedIn" : "refused");
      if (right) model.sessions += 1;
    }
  }
}

it("an account is never anything but what its history says, over random histories (DD.4, DD.5)", async () => {
  const open = await openAccounts("sqlite", { freeAttempts: 20, lockAfter: 100, networkFreeAttempts: 1_000 });
  let accounts = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...steps), { minLength: 4, maxLength: 14 }),
      async (history) => {
        accounts += 1;
        const email = `n${accounts}@school.example`;
        const invited = await inviteAccount(open.means, TERMINAL, person("controllerDpo", { email }));
        const id = invited.account;
        const model: Model = { state: "invited", password: false, link: invited, sessions: 0 };
        for (const step of history) {
          await take(open, id, email, model, step);
          const found = await open.ports.unitOfWork.transaction((unit) => readAccount(unit, SCHOOL, id));
          expect(found?.state ?? "erased").toBe(model.state);
          expect((found?.password ?? null) !== null).toBe(model.password);
          expect(await open.ports.sessions.ofActor(SCHOOL, id)).toHaveLength(model.sessions);
        }
      },
    ),
    { numRuns: 40 },
  );
});
