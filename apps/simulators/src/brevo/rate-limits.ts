/** Requests that the general plan allows, in fixed windows; what is not listed has a hundred an hour. */

interface Limit {
  readonly method?: string;
  readonly path: RegExp;
  readonly requests: number;
  /** Seconds. */
  readonly window: number;
}

const LIMITS: readonly Limit[] = [
  { method: "POST", path: /^\/smtp\/email$/, requests: 1_000, window: 1 },
  { method: "GET", path: /^\/smtp\/blockedContacts$/, requests: 1_000, window: 1 },
  { method: "GET", path: /^\/smtp\/emails$/, requests: 2, window: 1 },
  { path: /^\/contacts(\/|$)/, requests: 10, window: 1 },
  { path: /^/, requests: 100, window: 3_600 },
];

interface RateState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly reset: number;
}

export interface RateLimits {
  /** Counts a request to a path below `/v3`. */
  count(method: string, path: string): RateState;
}

/** `now`: epoch milliseconds. */
export function rateLimits(now: () => number): RateLimits {
  const windows = new Map<string, { readonly ends: number; used: number }>();
  return {
    count: (method, path) => {
      const found = LIMITS.find((each) => (each.method ?? method) === method && each.path.test(path));
      const { requests, window } = found ?? { requests: 100, window: 3_600 };
      // An endpoint is the method and the fixed part of the path.
      const key = `${method} ${path.split("/").slice(1, 3).join("/")}`;
      const moment = now();
      let current = windows.get(key);
      if (current === undefined || current.ends <= moment) {
        current = { ends: moment + window * 1_000, used: 0 };
        windows.set(key, current);
      }
      const allowed = current.used < requests;
      if (allowed) current.used += 1;
      return {
        allowed,
        limit: requests,
        remaining: requests - current.used,
        reset: Math.max(1, Math.ceil((current.ends - moment) / 1_000)),
      };
    },
  };
}
