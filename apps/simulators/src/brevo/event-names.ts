/**
 * One event has up to three names: in the list of a webhook that is created, in the payload that it is sent, and in
 * the statistics.
 */
interface EventNames {
  /** Names that ask for it; none: no webhook that is created by the API is told. */
  readonly asked: readonly string[];
  readonly payload: string;
  readonly statistics: string;
}

export const eventNames = {
  request: { asked: ["request", "sent"], payload: "request", statistics: "requests" },
  delivered: { asked: ["delivered"], payload: "delivered", statistics: "delivered" },
  hardBounce: { asked: ["hardBounce"], payload: "hard_bounce", statistics: "hardBounces" },
  softBounce: { asked: ["softBounce"], payload: "soft_bounce", statistics: "softBounces" },
  blocked: { asked: ["blocked"], payload: "blocked", statistics: "blocked" },
  spam: { asked: ["spam"], payload: "complaint", statistics: "spam" },
  invalid: { asked: ["invalid"], payload: "invalid_email", statistics: "invalid" },
  deferred: { asked: ["deferred"], payload: "deferred", statistics: "deferred" },
  uniqueOpened: { asked: ["uniqueOpened"], payload: "unique_opened", statistics: "opened" },
  opened: { asked: ["opened"], payload: "opened", statistics: "opened" },
  click: { asked: ["click"], payload: "click", statistics: "clicks" },
  unsubscribed: { asked: ["unsubscribed"], payload: "unsubscribed", statistics: "unsubscribed" },
  error: { asked: [], payload: "error", statistics: "error" },
} as const satisfies Readonly<Record<string, EventNames>>;

export type EventName = keyof typeof eventNames;

/** What a webhook of type `transactional` can be created for. */
export const askedNames: ReadonlySet<string> = new Set(
  Object.values(eventNames).flatMap(({ asked }) => asked),
);

export function isAskedFor(event: EventName, asked: readonly string[]): boolean {
  const names: readonly string[] = eventNames[event].asked;
  return names.some((name) => asked.includes(name));
}

/** The filter of the statistics: `bounces` is both kinds. */
export function isOfStatistics(event: EventName, wanted: string): boolean {
  const { statistics } = eventNames[event];
  return wanted === "bounces" ? /^(hard|soft)Bounces$/.test(statistics) : statistics === wanted;
}

export const statisticsNames: ReadonlySet<string> = new Set([
  ...Object.values(eventNames).map(({ statistics }) => statistics),
  "bounces",
  "loadedByProxy",
]);
