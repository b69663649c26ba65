/**
 * The client of the GAR's subscription service ("WS abonnements").
 *
 *   PUT    /{idAbonnement}          201   create; 409 «existe deja» goes on as an update
 *   POST   /{idAbonnement}          200   update: without uaiEtab, with the debutValidite that stands there
 *   DELETE /{idAbonnement}          204
 *   GET    /abonnements             200   all; POST with a body of filters for some
 *   GET    /etablissements/etablissements.xml
 *
 * Nothing is sent that breaks a rule. An update that would have to change what an update cannot change (schools, resource,
 * distributor) is refused here: the service would answer 200 and leave them as they are.
 */
import { type Clock, isFault, type Log } from "@preau/kernel";
import { fault } from "../errors.ts";
import { assertSendable, checkSubscription, type Finding, type KnownSchools } from "./check-subscription.ts";
import { type Exchange, type ServiceAnswer, type ServiceRequest, textOf } from "./https-exchange.ts";
import { answerFault, saysItExists } from "./service-refusal.ts";
import type { Subscription } from "./subscription.ts";
import {
  filterNames,
  type ListedSubscription,
  readSubscriptions,
  type SubscriptionFilters,
  writeFilters,
  writeSubscription,
  writeUpdate,
} from "./subscription-xml.ts";

export interface SubscriptionClientOptions {
  /** Address of the service. */
  readonly url: string;
  readonly exchange: Exchange;
  readonly clock: Pick<Clock, "monotonic">;
  readonly log: Log;
}

/** A part of a list, as the service counts it. */
export interface ListPart {
  readonly debut: number;
  readonly fin: number;
}

export interface Sent {
  /** `updated` too where a creation found its identifier there already. */
  readonly outcome: "created" | "updated";
  /** The start that stands there now: after an update the first one, as the service writes it. */
  readonly debutValidite: string;
  readonly advice: readonly Finding[];
}

/** Every operation @throws what `Exchange` throws, GAR_SUBSCRIPTION_REFUSED, GAR_SUBSCRIPTION_ANSWER_UNREADABLE */
export interface SubscriptionClient {
  /** Those whose fields are equal to every filter; all without any. */
  list(filters?: SubscriptionFilters, part?: ListPart): Promise<readonly ListedSubscription[]>;
  /** @throws GAR_SUBSCRIPTION_UNKNOWN */
  get(idAbonnement: string): Promise<ListedSubscription>;
  /** @throws GAR_SUBSCRIPTION_INVALID, GAR_SUBSCRIPTION_TAKEN */
  create(subscription: Subscription, schools?: KnownSchools): Promise<Sent>;
  /** @throws GAR_SUBSCRIPTION_INVALID, GAR_SUBSCRIPTION_UNKNOWN, GAR_SUBSCRIPTION_TAKEN */
  update(subscription: Subscription, schools?: KnownSchools): Promise<Sent>;
  /** @throws GAR_SUBSCRIPTION_UNKNOWN */
  remove(idAbonnement: string): Promise<void>;
  /** The bytes of the list of schools. */
  schools(): Promise<AsyncIterable<Uint8Array>>;
}

const MOST_BYTES = 65_536;
const MOST_LIST_BYTES = 33_554_432;
const MOST_SCHOOLS_BYTES = 268_435_456;
const SCHOOLS_PATIENCE = 10;

/** What an update cannot change. */
const fixed = ["idDistributeurCom", "idRessource", "uaiEtab", "codeNatureUAI"] as const;

/** What cannot be taken back is done once somebody has said yes. @throws GAR_SUBSCRIPTION_NOT_CONFIRMED */
export function assertConfirmed(isConfirmed: boolean): void {
  if (!isConfirmed) throw fault("GAR_SUBSCRIPTION_NOT_CONFIRMED");
}

export function subscriptionClient(options: SubscriptionClientOptions): SubscriptionClient {
  const { exchange, clock, log } = options;
  const send = async (operation: string, request: Omit<ServiceRequest, "accept">): Promise<ServiceAnswer> => {
    const start = clock.monotonic();
    const answer = await exchange({ ...request, accept: "application/xml" });
    log.info("gar.subscriptionService", {
      operation,
      status: answer.status,
      ms: Math.round(clock.monotonic() - start),
    });
    return answer;
  };

  const list: SubscriptionClient["list"] = async (filters = {}, part) => {
    const url = urlOf(options.url, "abonnements");
    if (part !== undefined) url.search = `debut=${part.debut}&fin=${part.fin}`;
    const isFiltered = filterNames.some((name) => filters[name] !== undefined);
    const answer = await send("list", {
      ...(isFiltered ? { method: "POST", body: writeFilters(filters) } : { method: "GET" }),
      ...{ url, most: MOST_LIST_BYTES },
    });
    const text = await textOf(answer);
    if (answer.status !== 200) throw answerFault(answer.status, text);
    return readSubscriptions(text).filter((each) => isEqualTo(each, filters));
  };

  const get: SubscriptionClient["get"] = async (idAbonnement) => {
    const [found] = await list({ idAbonnement });
    if (found === undefined) throw fault("GAR_SUBSCRIPTION_UNKNOWN");
    return found;
  };

  const sendUpdate = async (subscription: Subscription, schools: KnownSchools | undefined): Promise<Sent> => {
    const there = await get(subscription.idAbonnement);
    const differs = fixed.filter((field) => !isSame(there[field], subscription[field]));
    if (differs.length > 0) throw fault("GAR_SUBSCRIPTION_TAKEN", { place: differs.join(", ") });
    const started = there.debutValidite;
    if (started === undefined)
      throw fault("GAR_SUBSCRIPTION_ANSWER_UNREADABLE", { place: "no debutValidite of what stands there" });
    const advice = sendable({ ...subscription, debutValidite: started }, schools);
    const url = urlOf(options.url, subscription.idAbonnement);
    const body = writeUpdate(subscription, started);
    const answer = await send("update", { method: "POST", url, body, most: MOST_BYTES });
    const text = await textOf(answer);
    if (answer.status !== 200) throw answerFault(answer.status, text);
    return { outcome: "updated", debutValidite: started, advice };
  };

  return {
    list,
    get,
    create: async (subscription, schools) => {
      const advice = sendable(subscription, schools);
      const url = urlOf(options.url, subscription.idAbonnement);
      const body = writeSubscription(subscription);
      const answer = await send("create", { method: "PUT", url, body, most: MOST_BYTES });
      const text = await textOf(answer);
      if (answer.status === 201 || answer.status === 200)
        return { outcome: "created", debutValidite: subscription.debutValidite, advice };
      if (answer.status !== 409 || !saysItExists(text)) throw answerFault(answer.status, text);
      return sendUpdate(subscription, schools).catch((error: unknown) => {
        // It exists, and is not ours to see.
        throw isUnknown(error)
          ? fault("GAR_SUBSCRIPTION_TAKEN", { place: "idDistributeurCom", cause: error })
          : error;
      });
    },
    update: async (subscription, schools) => {
      sendable(subscription, schools);
      return sendUpdate(subscription, schools);
    },
    remove: async (idAbonnement) => {
      const url = urlOf(options.url, idAbonnement);
      const answer = await send("delete", { method: "DELETE", url, most: MOST_BYTES });
      const text = await textOf(answer);
      if (answer.status !== 204 && answer.status !== 200) throw answerFault(answer.status, text);
    },
    schools: async () => {
      const url = urlOf(options.url, "etablissements/etablissements.xml");
      const answer = await send("schools", {
        ...{ method: "GET", url, most: MOST_SCHOOLS_BYTES, patience: SCHOOLS_PATIENCE },
      });
      if (answer.status !== 200) throw answerFault(answer.status, await textOf(answer));
      return answer.body;
    },
  };
}

/** The advice on what may be sent. @throws GAR_SUBSCRIPTION_INVALID */
function sendable(subscription: Subscription, schools: KnownSchools | undefined): readonly Finding[] {
  const findings = checkSubscription(subscription, schools);
  assertSendable(findings);
  return findings;
}

/** Equal values, whatever their order; the nature of schools is one text with commas on the wire. */
function isSame(
  there: string | readonly string[] | undefined,
  wanted: string | readonly string[] | undefined,
): boolean {
  const sorted = (value: string | readonly string[] | undefined) =>
    [value ?? []]
      .flat()
      .flatMap((each) => each.split(/\s*,\s*/))
      .sort()
      .join();
  return sorted(there) === sorted(wanted);
}

function isEqualTo(each: ListedSubscription, filters: SubscriptionFilters): boolean {
  return filterNames.every((name) => {
    const wanted = filters[name];
    return wanted === undefined || [each[name] ?? []].flat().includes(wanted);
  });
}

function isUnknown(error: unknown): boolean {
  return isFault(error, "GAR_SUBSCRIPTION_UNKNOWN");
}

function urlOf(base: string, path: string): URL {
  const url = new URL(base);
  const steps = path.split("/").map(encodeURIComponent);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${steps.join("/")}`;
  return url;
}
