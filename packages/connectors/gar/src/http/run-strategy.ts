import type { Request } from "express";
import { refusal } from "../refusal.ts";
import type { GarStrategy, GarUser } from "./gar-strategy.ts";

/** How a strategy ended well. */
export type StrategyOutcome =
  | { readonly kind: "redirect"; readonly url: string }
  | { readonly kind: "success"; readonly user: GarUser };

/**
 * Runs the strategy on one request as passport does, without its middleware: our sessions are not passport's.
 * @throws what the strategy reports as an error, GAR_SIGN_IN_REFUSED above all
 */
export function runStrategy(strategy: GarStrategy, request: Request): Promise<StrategyOutcome> {
  return new Promise((resolve, reject) => {
    const run = Object.create(strategy) as GarStrategy;
    run.success = (user) => resolve({ kind: "success", user: user as GarUser });
    run.redirect = (url) => resolve({ kind: "redirect", url });
    run.error = reject;
    run.fail = () => reject(refusal("badSignature"));
    run.pass = () => reject(refusal("badSignature"));
    run.authenticate(request as unknown as Parameters<GarStrategy["authenticate"]>[0], {});
  });
}
