/**
 * The brake on attempts, in the database so that every replica sees it: an attempt is counted before it is looked at,
 * and forgiven when it was right, so that a hundred at once are not a hundred free ones. It counts by address, whether
 * that has an account or not, and by network: what it answers tells nothing about who has one.
 */
import { addMillis, type Instant, millisOf, type Unit } from "@preau/kernel";
import type { AccountMeans } from "./account-means.ts";
import type { AccountOptions } from "./account-options.ts";
import { dropAttempts, lockAttempts, sweepAttempts, writeAttempts } from "./store/attempt-rows.ts";

export interface Attempts {
  readonly failures: number;
  readonly blockedUntil: Instant | null;
  readonly lastAt: Instant;
}

export interface ThrottleRule {
  /** Failures before the first wait. */
  readonly free: number;
  /** Failures after which it is locked. */
  readonly lockAfter: number;
  readonly lockMs: number;
  /** Without a failure for so long, all are forgotten. */
  readonly forgetMs: number;
}

const FIRST_WAIT_MS = 1_000;

/** Counts one more attempt, or says until when there is none. Pure. */
export function countAttempt(
  before: Attempts,
  now: Instant,
  rule: ThrottleRule,
): { readonly blockedUntil: Instant } | { readonly counted: Attempts } {
  if (before.blockedUntil !== null && now < before.blockedUntil) return { blockedUntil: before.blockedUntil };
  const forgotten = millisOf(now) - millisOf(before.lastAt) >= rule.forgetMs;
  const failures = (forgotten ? 0 : before.failures) + 1;
  const wait = waitAfter(failures, rule);
  return { counted: { failures, blockedUntil: wait === 0 ? null : addMillis(now, wait), lastAt: now } };
}

/** Milliseconds to wait after that many failures: 1, 2, 4… seconds, then the lock. */
function waitAfter(failures: number, { free, lockAfter, lockMs }: ThrottleRule): number {
  if (failures >= lockAfter) return lockMs;
  if (failures <= free) return 0;
  return Math.min(lockMs, FIRST_WAIT_MS * 2 ** Math.min(30, failures - free - 1));
}

/** An attempt that was counted: give it back to `forgive` when it was right. */
export interface CountedAttempt {
  readonly keys: readonly {
    readonly key: string;
    readonly kind: ThrottleKind;
    readonly counted: Attempts;
    /** When the attempt before it was. */
    readonly beforeAt: Instant;
  }[];
}

type ThrottleKind = "account" | "network";

export interface ThrottleKey {
  readonly kind: ThrottleKind;
  /** A keyed hash. */
  readonly key: string;
}

function ruleOf(options: AccountOptions, kind: ThrottleKind): ThrottleRule {
  const lockMs = options.lockMinutes * 60_000;
  const forgetMs = options.forgetMinutes * 60_000;
  return kind === "network"
    ? { free: options.networkFreeAttempts, lockAfter: options.networkLockAfter, lockMs, forgetMs }
    : { free: options.freeAttempts, lockAfter: options.lockAfter, lockMs, forgetMs };
}

/**
 * Counts an attempt on all keys, the network first: who is kept off there adds no row for an address. @clause DD.4
 * @returns undefined and until when, when one of them is blocked
 */
export async function takeAttempt(
  means: Pick<AccountMeans, "unitOfWork" | "clock" | "options">,
  keys: readonly ThrottleKey[],
): Promise<CountedAttempt | { readonly blockedUntil: Instant }> {
  const { clock, options } = means;
  const sorted = [...keys].sort((a, b) => (a.kind === b.kind ? 0 : a.kind === "network" ? -1 : 1));
  return means.unitOfWork.transaction(async (unit) => {
    const now = clock.now();
    await sweepAttempts(unit, addMillis(now, -ruleOf(options, "account").forgetMs));
    const counted: CountedAttempt["keys"][number][] = [];
    for (const { kind, key } of sorted) {
      const before = await lockAttempts(unit, key, now);
      const answer = countAttempt(before, now, ruleOf(options, kind));
      if ("blockedUntil" in answer) return { blockedUntil: answer.blockedUntil };
      await writeAttempts(unit, key, answer.counted);
      counted.push({ key, kind, counted: answer.counted, beforeAt: before.lastAt });
    }
    return { keys: counted };
  });
}

/**
 * The attempt was right: an account's failures are over, a network has one fewer. So has an address that is `shared` by
 * several accounts: who knows the password of one is not forgiven what was tried at another.
 */
export async function forgive(
  unit: Unit,
  attempt: CountedAttempt,
  now: Instant,
  { shared = false }: { readonly shared?: boolean } = {},
): Promise<void> {
  for (const each of attempt.keys) {
    if (each.kind === "account" && !shared) await dropAttempts(unit, each.key);
    else await takeBack(unit, each, now);
  }
}

/**
 * Verifies what an attempt was counted for. One that could not be looked at, because too many waited, was none: a flood
 * of others' must not lock an account.
 * @throws what `verify` throws
 */
export async function verifyCounted(
  { unitOfWork, clock }: Pick<AccountMeans, "unitOfWork" | "clock">,
  attempt: CountedAttempt,
  verify: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await verify();
  } catch (error) {
    await unitOfWork.transaction(async (unit) => {
      for (const each of attempt.keys) await takeBack(unit, each, clock.now());
    });
    throw error;
  }
}

async function takeBack(
  unit: Unit,
  { key, counted, beforeAt }: CountedAttempt["keys"][number],
  now: Instant,
): Promise<void> {
  const standing = await lockAttempts(unit, key, now);
  await writeAttempts(unit, key, {
    failures: Math.max(0, standing.failures - 1),
    // No failure, so it puts off by nothing when those of before are forgotten.
    lastAt: standing.lastAt === counted.lastAt ? beforeAt : standing.lastAt,
    // A wait that somebody else's failure set stays.
    blockedUntil: standing.blockedUntil === counted.blockedUntil ? null : standing.blockedUntil,
  });
}
