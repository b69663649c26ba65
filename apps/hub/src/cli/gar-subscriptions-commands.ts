/** `preau gar subscriptions list`, `create`, `update`, `delete`. */
import {
  assertConfirmed,
  assertSendable,
  checkSubscription,
  type Finding,
  type KnownSchools,
  needsSchools,
  type Subscription,
  type SubscriptionFilters,
  writeSubscription,
  writeUpdate,
} from "@preau/gar/subscriptions";
import { isFault } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { CommandContext } from "./command-context.ts";
import { sayRefusal } from "./gar-refusal.ts";
import { dayOf, failureJson, findingsText, subscriptionsTable } from "./gar-report.ts";
import { type GarService, garService } from "./gar-service.ts";
import { readSubscriptionFile } from "./gar-subscription-file.ts";
import { garTexts } from "./gar-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface ListArguments {
  readonly id?: string;
  readonly school?: string;
  readonly project?: string;
  readonly distributor?: string;
  readonly type?: string;
  readonly audience?: string;
  readonly part?: string;
  readonly json?: boolean;
}

export interface SendArguments {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export type SendVerb = "create" | "update";

const SCHEMA = "preau.gar-subscription/1";

/** 0; 1 when there is none. */
export async function listSubscriptionsCommand(
  context: CommandContext,
  given: ListArguments,
): Promise<number> {
  const { language, words } = wordsOf(context);
  const part = partIn(given.part);
  const client = await garService(context).client();
  const all = await sayRefusal(context, () => client.list(filtersIn(given), part));
  if (given.json === true)
    context.out(`${JSON.stringify({ schema: "preau.gar-subscriptions/1", subscriptions: all })}\n`);
  else if (all.length > 0) context.out(subscriptionsTable(all, language));
  if (all.length === 0) context.err(`preau: ${words.none}\n`);
  return all.length > 0 ? 0 : 1;
}

/**
 * 0 sent, or would be; 3 for a dry run whose RG11 could not be checked.
 * @throws GAR_SUBSCRIPTION_INVALID and what the client throws
 */
export async function sendSubscriptionCommand(
  context: CommandContext,
  verb: SendVerb,
  file: string,
  given: SendArguments,
): Promise<number> {
  const { language, words } = wordsOf(context);
  const service = garService(context);
  const { subscription, placeOf } = readSubscriptionFile(context, file, service.options.distributor);
  const id = subscription.idAbonnement;
  const schools = await knownSchools(service, subscription, given.dryRun === true);
  const findings = checkSubscription(subscription, schools);
  context.err(findingsText(findings, placeOf, language));
  const sent = await answered(context, id, given, async () => {
    assertSendable(findings);
    if (given.dryRun === true) return undefined;
    const client = await service.client();
    return client[verb](subscription, schools);
  });
  if (sent === undefined) return showRequest(context, verb, subscription, findings, given);
  const { outcome, debutValidite, advice } = sent;
  if (given.json === true)
    context.out(`${JSON.stringify({ schema: SCHEMA, id, outcome, debutValidite, findings: advice })}\n`);
  else {
    const existed = verb === "create" && outcome === "updated" ? `  (${words.existed})` : "";
    context.out(`${words[outcome]}  ${id}${existed}\n`);
  }
  if (dayOf(debutValidite) !== dayOf(subscription.debutValidite))
    context.err(`preau: ${words.startIs(dayOf(debutValidite))}\n`);
  return 0;
}

/** 0 deleted. @throws GAR_SUBSCRIPTION_NOT_CONFIRMED, GAR_SUBSCRIPTION_UNKNOWN */
export async function deleteSubscriptionCommand(
  context: CommandContext,
  id: string,
  given: SendArguments,
): Promise<number> {
  const { language, words } = wordsOf(context);
  const service = garService(context);
  if (/^\.*$/.test(id)) throw fault("HUB_BAD_ARGUMENT", { place: "idAbonnement" });
  if (given.dryRun === true) {
    const request = { method: "DELETE", path: `/${encodeURIComponent(id)}` };
    context.out(
      given.json === true
        ? `${JSON.stringify({ schema: SCHEMA, id, dryRun: true, request })}\n`
        : `${request.method} ${request.path}\n`,
    );
    context.err(`preau: ${words.wouldSend}\n`);
    return 0;
  }
  assertConfirmed(given.yes === true || context.confirm !== undefined);
  const client = await service.client();
  await answered(context, id, given, async () => {
    if (given.yes !== true) {
      context.err(subscriptionsTable([await client.get(id)], language));
      assertConfirmed((await context.confirm?.(words.askDelete)) === true);
    }
    await client.remove(id);
  });
  if (given.json === true) context.out(`${JSON.stringify({ schema: SCHEMA, id, outcome: "deleted" })}\n`);
  else context.out(`${words.deleted}  ${id}\n`);
  return 0;
}

/** Of the list that is kept; fetched when RG11 turns on it, but not for a dry run, and not at any price. */
async function knownSchools(
  { schools }: GarService,
  subscription: Subscription,
  dryRun: boolean,
): Promise<KnownSchools | undefined> {
  const uais = subscription.uaiEtab ?? [];
  if (uais.length === 0) return undefined;
  if (needsSchools(subscription) && !dryRun) {
    try {
      await schools.fresh();
    } catch (error) {
      if (!isFault(error)) throw error; // the service checks RG11 itself; a finding says that we did not
    }
  }
  return schools.find(uais);
}

function showRequest(
  context: CommandContext,
  verb: SendVerb,
  subscription: Subscription,
  findings: readonly Finding[],
  given: SendArguments,
): number {
  const { words } = wordsOf(context);
  const id = subscription.idAbonnement;
  const body =
    verb === "create"
      ? writeSubscription(subscription)
      : writeUpdate(subscription, subscription.debutValidite);
  const request = { method: verb === "create" ? "PUT" : "POST", path: `/${encodeURIComponent(id)}`, body };
  if (given.json === true)
    context.out(`${JSON.stringify({ schema: SCHEMA, id, dryRun: true, request, findings })}\n`);
  else context.out(body);
  if (verb === "update") context.err(`preau: ${words.startStays}\n`);
  context.err(`preau: ${request.method} ${request.path}  ${words.wouldSend}\n`);
  return findings.some(({ code }) => code === "primaryUnchecked") ? 3 : 0;
}

/** Says what the service said; with --json a refusal is an answer too. */
async function answered<T>(
  context: CommandContext,
  id: string,
  { json }: SendArguments,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await sayRefusal(context, work);
  } catch (error) {
    const failure = failureJson(error);
    if (json === true && failure !== undefined)
      context.out(`${JSON.stringify({ schema: SCHEMA, id, ...failure })}\n`);
    throw error;
  }
}

function filtersIn(given: ListArguments): SubscriptionFilters {
  const filters = {
    idAbonnement: given.id,
    uaiEtab: given.school?.toUpperCase(),
    codeProjetRessource: given.project,
    idDistributeurCom: given.distributor,
    typeAffectation: given.type,
    publicCible: given.audience,
  };
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}

/** @throws HUB_BAD_ARGUMENT */
function partIn(text: string | undefined): { debut: number; fin: number } | undefined {
  if (text === undefined) return undefined;
  const parts = /^(\d{1,9})-(\d{1,9})$/.exec(text);
  const [debut, fin] = [Number(parts?.[1]), Number(parts?.[2])];
  if (parts === null || fin <= debut) throw fault("HUB_BAD_ARGUMENT", { place: "--part" });
  return { debut, fin };
}

function wordsOf(context: CommandContext) {
  const language = terminalLanguage(context.environment);
  return { language, words: garTexts[language] };
}
