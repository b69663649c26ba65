/**
 * `preau account …`: the accounts of the console, at the machine's own terminal. The answer is on stdout: a link to hand
 * over, given once, or opaque ids. Names and addresses are shown by the console's pages alone.
 */
import { Readable } from "node:stream";
import {
  type AccountActor,
  type AccountMeans,
  type AccountRef,
  accountsOf,
  eraseAccount,
  type HandedLink,
  inviteAccount,
  issueLink,
  linkPath,
  PUBLISHER,
  resetFactor,
  revokeAccount,
  unlockAccount,
} from "@preau/web";
import { accountMeans } from "../account-means.ts";
import { type AccountArguments, controllerOf, readPerson, refOf, roleOf } from "./account-options.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { helpTexts } from "./help-texts.ts";
import { terminalLanguage } from "./report-error.ts";

/** Whoever sits at the machine. */
const TERMINAL: AccountActor = { role: "system", controller: PUBLISHER };

export interface InviteArguments extends AccountArguments {
  readonly role: string;
  readonly emailStdin?: boolean;
}

/** Prints the invitation's link. @throws ACCOUNT_BAD_PERSON, ACCOUNT_BAD_ROLE, ACCOUNT_EXISTS, HUB_BAD_ARGUMENT */
export async function inviteCommand(context: CommandContext, options: InviteArguments): Promise<number> {
  const words = helpTexts[terminalLanguage(context.environment)];
  const role = roleOf(options.role);
  const controller = controllerOf(options);
  const questions = [words.askEmail, words.askName] as const;
  const person = await readPerson(context.input ?? Readable.from([]), {
    emailStdin: options.emailStdin === true,
    questions,
  });
  return within(context, async (means, publicUrl) => {
    const link = await inviteAccount(means, TERMINAL, { ...person, role, controller });
    printLink(context, publicUrl, link, options);
  });
}

/** Ids, roles, states and instants; one line an account. */
export async function listCommand(context: CommandContext, options: AccountArguments): Promise<number> {
  return within(context, async (means) => {
    const { accounts } = await accountsOf(means, TERMINAL, controllerOf(options));
    const lines = accounts.map(({ account, lockedUntil }) => ({
      id: account.id,
      controller: account.controller,
      role: account.role,
      state: account.state,
      secondFactor: account.factor !== null,
      signedInAt: account.signedInAt,
      lockedUntil: lockedUntil ?? null,
    }));
    if (options.json === true) context.out(`${JSON.stringify({ accounts: lines })}\n`);
    else for (const each of lines) context.out(`${Object.values(each).map(String).join("  ")}\n`);
  });
}

type Deed = (means: AccountMeans, actor: AccountActor, ref: AccountRef) => Promise<unknown>;

/** What may be done to one account, by the word of the command. */
export const accountDeeds = {
  link: issueLink,
  revoke: revokeAccount,
  unlock: unlockAccount,
  "reset-factor": resetFactor,
  erase: eraseAccount,
} as const satisfies Record<string, Deed>;

/** @throws ACCOUNT_UNKNOWN, ACCOUNT_WRONG_STATE, ACCOUNT_LAST_ADMINISTRATOR, HUB_BAD_ARGUMENT */
export async function accountDeedCommand(
  context: CommandContext,
  deed: keyof typeof accountDeeds,
  id: string,
  options: AccountArguments,
): Promise<number> {
  const ref = refOf(id, options);
  return within(context, async (means, publicUrl) => {
    const done = await accountDeeds[deed](means, TERMINAL, ref);
    if (typeof done === "object" && "token" in done) printLink(context, publicUrl, done, options);
    else context.out(options.json === true ? `${JSON.stringify({ id, done: deed })}\n` : `${id}\n`);
  });
}

function printLink(
  context: CommandContext,
  publicUrl: string,
  link: HandedLink,
  options: AccountArguments,
): void {
  const url = new URL(linkPath(link.purpose, link.token), publicUrl).href;
  const { account, expiresAt } = link;
  context.out(options.json === true ? `${JSON.stringify({ account, link: url, expiresAt })}\n` : `${url}\n`);
  context.err(`${helpTexts[terminalLanguage(context.environment)].linkOnce} ${expiresAt}\n`);
}

/** What is journalled is signed before the hub is closed. */
function within(
  context: CommandContext,
  work: (means: AccountMeans, publicUrl: string) => Promise<void>,
): Promise<number> {
  return withHub(context, { sources: [] }, async (hub) => {
    await work(accountMeans(hub), hub.config.publicUrl);
    await hub.sequencer.runOnce();
    return 0;
  });
}
