/** What an application knows while it answers: its options, read once, and the routers that `mountRoutes` fills. */
import { randomBytes } from "node:crypto";
import type { ActorRole } from "@preau/kernel";
import express, { type Express, type Request, type Router } from "express";
import type { AppOptions } from "./app-options.ts";
import { fault } from "./errors.ts";
import { cookieName } from "./http/cookie.ts";
import { staffNetworkCheck } from "./http/staff-networks.ts";

export interface Mounting {
  readonly options: AppOptions;
  readonly secure: boolean;
  readonly publicOrigin: string;
  readonly sessionCookie: string;
  readonly formCookie: string;
  readonly formKey: Uint8Array;
  readonly zone: string;
  /** May this role come from this network address? */
  readonly fromAllowedNetwork: (role: ActorRole, address: string | undefined) => boolean;
  readonly ready: () => boolean;
  readonly router: Router;
  /** Answers known paths asked with another method. */
  readonly otherMethods: Router;
  /** Methods by path pattern. */
  readonly methods: Map<string, Set<string>>;
}

/** @throws WEB_BAD_OPTIONS */
export function makeMounting(options: AppOptions): Mounting {
  const url = URL.parse(options.publicUrl);
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== "/") {
    throw fault("WEB_BAD_OPTIONS", {
      place: "publicUrl: an http or https address without a path is expected",
    });
  }
  if (options.formKey !== undefined && options.formKey.length < 32) {
    throw fault("WEB_BAD_OPTIONS", { place: "formKey: 32 bytes at least" });
  }
  const secure = url.protocol === "https:";
  const name = options.cookie ?? "preau";
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    throw fault("WEB_BAD_OPTIONS", { place: "cookie: letters, digits, hyphens" });
  return {
    options,
    secure,
    publicOrigin: url.origin,
    sessionCookie: cookieName({ secure, name }),
    formCookie: cookieName({ secure, name: `${name}-form` }),
    formKey: options.formKey ?? randomBytes(32),
    zone: options.zone ?? "Europe/Paris",
    fromAllowedNetwork: staffNetworkCheck(options.staffNetworks),
    ready: options.ready ?? (() => true),
    router: express.Router(),
    otherMethods: express.Router(),
    methods: new Map(),
  };
}

const mountings = new WeakMap<object, Mounting>();

export function registerMounting(app: Express, mounting: Mounting): void {
  mountings.set(app, mounting);
}

/** What `makeApp` knows about its own application. @throws WEB_BAD_OPTIONS for another one */
export function mountingOf(app: Express | Request["app"]): Mounting {
  const mounting = mountings.get(app);
  if (mounting === undefined) throw fault("WEB_BAD_OPTIONS", { place: "app: not one that makeApp made" });
  return mounting;
}
