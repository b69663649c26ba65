/** A route of the kernel's table with what only HTTP knows. Every `WebRoute` is a kernel `Route`. */
import type { Route } from "@preau/kernel";
import type { BodyKind } from "./http/body.ts";
import type { RateLimit } from "./http/rate-limit.ts";
import type { WebHandler } from "./request.ts";

export interface WebRoute extends Omit<Route, "handler"> {
  readonly handler: WebHandler;
  /** What it reads: a form for everything but GET, by default. */
  readonly body?: BodyKind;
  /** Bytes; 64 KiB by default. */
  readonly bodyLimit?: number;
  /** Origins to which this page's forms, or the redirects that answer them, may lead beside our own. */
  readonly formAction?: readonly string[];
  /** Answers 401 to a visitor, also in a browser, instead of leading to the sign-in page. */
  readonly forMachines?: true;
  /** A brake on attempts; none by default. */
  readonly rateLimit?: RateLimit;
}

/** Types a route table: handlers get a `WebRequest`. Returns it unchanged. */
export function webRoutes<const T extends readonly WebRoute[]>(table: T): T {
  return table;
}
