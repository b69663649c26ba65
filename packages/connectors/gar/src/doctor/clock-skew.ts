/**
 * How far our clock and a provider's differ, by the `Date` header of its server (RFC 9110 §6.6.1, whole seconds). Assertions
 * and tokens live for minutes: a clock that is wrong refuses everybody, and the message of the refusal cannot say so.
 */
import type { Clock } from "@preau/kernel";
import { millisOf } from "@preau/kernel";
import type { GarFinding } from "./finding.ts";

export interface SkewOptions {
  /** Id of the provider. */
  readonly about: string;
  /** Any address of its server. */
  readonly url: string;
  readonly clock: Clock;
  /** What sign-ins put up with. */
  readonly allowedSeconds: number;
}

const WITHIN_MS = 5_000;
/** Beyond this a clock is not kept by anybody, though it may still do. */
const KEPT_SECONDS = 5;

/** Asks once; a refusal or an error page has a date too. */
export async function clockSkew({ about, url, clock, allowedSeconds }: SkewOptions): Promise<GarFinding> {
  const before = millisOf(clock.now());
  const date = await dateAt(url);
  const between = (before + millisOf(clock.now())) / 2;
  if (date === undefined) {
    return {
      check: "clock",
      about,
      result: "UNKNOWN",
      evidence: {
        en: "its server says no time, or does not answer",
        fr: "son serveur ne dit pas l’heure, ou ne répond pas",
      },
      remedy: {
        en: "See that this machine reaches the provider, and that its clock is kept (NTP).",
        fr: "Vérifiez que cette machine joint le fournisseur, et que son horloge est tenue à l’heure (NTP).",
      },
    };
  }
  const seconds = Math.round((between - (date + 500)) / 1_000); // a Date header is cut to its second
  const apart = Math.abs(seconds);
  return {
    check: "clock",
    about,
    result: apart <= KEPT_SECONDS ? "PASS" : apart <= allowedSeconds ? "WARN" : "FAIL",
    evidence: {
      en: `our clock is ${say(seconds, "ahead", "behind")}; ${allowedSeconds} s are tolerated`,
      fr: `notre horloge a ${say(seconds, "d’avance", "de retard")} ; ${allowedSeconds} s sont tolérées`,
    },
    remedy: {
      en: "Keep this machine’s clock by NTP.",
      fr: "Tenez l’horloge de cette machine à l’heure par NTP.",
    },
  };
}

function say(seconds: number, ahead: string, behind: string): string {
  return `${Math.abs(seconds)} s ${seconds >= 0 ? ahead : behind}`;
}

async function dateAt(url: string): Promise<number | undefined> {
  try {
    const signal = AbortSignal.timeout(WITHIN_MS);
    const answer = await fetch(url, { method: "HEAD", redirect: "manual", signal });
    const date = Date.parse(answer.headers.get("date") ?? "");
    return Number.isNaN(date) ? undefined : date;
  } catch {
    return undefined;
  }
}
