/**
 * A passport strategy for CAS 3: a GET on the service address begins a sign-in or, with a ticket, ends it. passport gives
 * each request an object that inherits from this one, with `success`, `redirect` and `error`.
 */
import type { Unit } from "@preau/kernel";
import type { Request } from "express";
import type { CasService } from "../cas/cas-service.ts";
import type { SignedIn } from "../door.ts";
import type { GarIdentity } from "../sign-in.ts";
import { arrive } from "./arrive-from-cas.ts";

export interface GarCasStrategyOptions {
  /** Joins the sign-in's transaction: start a session here, so that both happen or none. May run more than once. */
  readonly onSignedIn?: (request: Request, identity: GarIdentity, unit: Unit) => Promise<void>;
}

/** What passport adds to a strategy for one request. */
interface Run {
  success(user: SignedIn): void;
  redirect(url: string): void;
  error(error: unknown): void;
}

export class GarCasStrategy {
  /** passport's name of it: `gar.cas` for the GAR, the provider's id for another. */
  readonly name: string;
  // Not `#service`: passport works on objects that inherit from this one, and they have no private fields.
  private readonly service: CasService;
  private readonly options: GarCasStrategyOptions;

  constructor(service: CasService, options: GarCasStrategyOptions = {}) {
    this.name = service.door.provider.id;
    this.service = service;
    this.options = options;
  }

  authenticate(this: this & Run, request: Request): void {
    const { onSignedIn } = this.options;
    arrive(this.service, request, onSignedIn?.bind(undefined, request)).then(
      (arrival) => {
        if (arrival.kind === "redirect") this.redirect(arrival.url);
        else this.success(arrival.user);
      },
      (error: unknown) => this.error(error),
    );
  }
}
