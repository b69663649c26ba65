/**
 * A brake on attempts, per network address and route. In this process's memory: N replicas allow N times as much.
 * Addresses are kept as keyed hashes under a key that dies with the process.
 */
import { createHmac, randomBytes } from "node:crypto";
import type { Request, Response } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { fault } from "../errors.ts";

export interface RateLimit {
  /** Requests allowed in the window. */
  readonly attempts: number;
  readonly seconds: number;
}

const key = randomBytes(32);

/** A brake: call it first. Its promise fails with WEB_TOO_MANY, and `Retry-After` is set, once the window is used up. */
export function rateLimiter({ attempts, seconds }: RateLimit) {
  const limiter = new RateLimiterMemory({ points: attempts, duration: seconds });
  return async (request: Request, response: Response): Promise<void> => {
    const who = createHmac("sha256", key)
      .update(networkOf(request.ip ?? ""))
      .digest("base64url");
    try {
      await limiter.consume(who);
    } catch (spent) {
      if (!(spent instanceof RateLimiterRes)) throw spent;
      response.setHeader("Retry-After", Math.max(1, Math.ceil(spent.msBeforeNext / 1000)));
      throw fault("WEB_TOO_MANY", { log: { attempts: spent.consumedPoints } });
    }
  };
}

/** An IPv4 address, or the /64 that one IPv6 household gets. */
export function networkOf(address: string): string {
  return address.includes(":") && !address.includes(".") ? expand(address).slice(0, 4).join(":") : address;
}

function expand(address: string): string[] {
  const [head = "", tail = ""] = address.split("::", 2).map(String);
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  return [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
}
