/** Tokens of a client's machines, at the machine's own terminal. A token stands on stdout once, and nowhere else. */
import { addMillis, controllerId } from "@preau/kernel";
import {
  type AccountActor,
  type ApiTokenId,
  isApiScope,
  isApiUse,
  MOST_TOKEN_DAYS,
  PUBLISHER,
} from "@preau/web";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { apiTokenCommandTexts } from "./api-token-texts.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";

export interface ApiTokenArguments {
  readonly controller: string;
  readonly json?: boolean;
}

export interface CreateApiTokenArguments extends ApiTokenArguments {
  readonly scope: readonly string[];
  readonly use?: string;
  readonly days?: string;
}

/** Whoever sits at the machine. */
const TERMINAL: AccountActor = { role: "system", controller: PUBLISHER };
const DAY_MS = 86_400_000;

/** @throws HUB_BAD_ARGUMENT, CONTROLLER_BAD_ID, ACCOUNT_NOT_YOURS for the publisher itself */
export function createApiTokenCommand(
  context: CommandContext,
  { scope: scopes, use = "other", days: written = "180", ...options }: CreateApiTokenArguments,
): Promise<number> {
  const controller = controllerId(options.controller);
  const days = Number(written);
  if (!scopes.every(isApiScope)) throw fault("HUB_BAD_ARGUMENT", { place: "--scope" });
  if (!isApiUse(use)) throw fault("HUB_BAD_ARGUMENT", { place: "--use" });
  if (!Number.isInteger(days) || days < 1 || days > MOST_TOKEN_DAYS)
    throw fault("HUB_BAD_ARGUMENT", { place: "--days" });
  const expiresAt = addMillis(context.clock.now(), days * DAY_MS);
  return within(context, async ({ ports: { apiTokens, unitOfWork } }) => {
    const { id, token } = await unitOfWork.transaction((unit) =>
      apiTokens.make(unit, { controller, use, scopes, expiresAt, by: TERMINAL }),
    );
    const answer = { id, token, controller, use, scopes, expiresAt };
    context.out(options.json === true ? `${JSON.stringify(answer)}\n` : `${token}\n`);
    context.err(`${apiTokenCommandTexts[terminalLanguage(context.environment)].once} ${expiresAt}\n`);
  });
}

/** One line a token. @throws CONTROLLER_BAD_ID, ACCOUNT_NOT_YOURS */
export function listApiTokensCommand(context: CommandContext, options: ApiTokenArguments): Promise<number> {
  const controller = controllerId(options.controller);
  return within(context, async ({ ports: { apiTokens, unitOfWork } }) => {
    const tokens = await unitOfWork.transaction((unit) => apiTokens.list(unit, controller, TERMINAL));
    const lines = tokens.map(({ id, use, scopes, madeAt, expiresAt, lastUsedOn, revokedAt }) => ({
      ...{ id, use, scopes, madeAt, expiresAt },
      ...{ lastUsedOn: lastUsedOn ?? null, revokedAt: revokedAt ?? null },
    }));
    if (options.json === true) context.out(`${JSON.stringify({ tokens: lines })}\n`);
    else for (const each of lines) context.out(`${Object.values(each).map(String).join("  ")}\n`);
  });
}

/** @throws HUB_BAD_ARGUMENT, WEB_TOKEN_UNKNOWN */
export function revokeApiTokenCommand(
  context: CommandContext,
  id: string,
  options: ApiTokenArguments,
): Promise<number> {
  const controller = controllerId(options.controller);
  if (!/^tok_[0-9a-z]{26}$/.test(id)) throw fault("HUB_BAD_ARGUMENT", { place: "id" });
  return within(context, async ({ ports: { apiTokens, unitOfWork } }) => {
    await unitOfWork.transaction((unit) => apiTokens.revoke(unit, controller, id as ApiTokenId, TERMINAL));
    context.out(options.json === true ? `${JSON.stringify({ id, done: "revoke" })}\n` : `${id}\n`);
  });
}

/** What is journalled is signed before the hub is closed. */
function within(context: CommandContext, work: (hub: Hub) => Promise<void>): Promise<number> {
  return withHub(context, { sources: [] }, async (hub) => {
    await work(hub);
    await hub.sequencer.runOnce();
    return 0;
  });
}
