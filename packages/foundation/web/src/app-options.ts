/** Options of an application. */

import type { Bilingual, Clock, Ids, Language, Log, Page } from "@preau/kernel";
import type { Request } from "express";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

export interface AppOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sessions: Sessions;
  /** Where people reach it, `https://preau.example`. Under http, which is for loopback, cookies lose `Secure` and `__Host-`. */
  readonly publicUrl: string;
  /** Name of the site: in the header and in titles. */
  readonly title: Bilingual | string;
  /** Pages of the menu, in order; each is shown to those whom its route lets in. */
  readonly menu: readonly Page[];
  /** Version that `/health` tells. */
  readonly version?: string;
  /** False until migrations are done: everything but assets answers 503. */
  readonly ready?: () => boolean;
  readonly languageOf?: (request: Request) => Language;
  /** CIDR blocks from which staff may come (DD.6); the loopback alone by default. */
  readonly staffNetworks?: readonly string[];
  /** Express' `trust proxy`: false, or the addresses of the proxies in front. Never `true` on an open port. */
  readonly trustProxy?: boolean | number | string | string[];
  /** Where a visitor without a session is sent from a page, with `?next=`. Without it: a page that says 401. */
  readonly signIn?: string;
  /** Where the sign-out button of a session posts: `/sign-out`, which ends the session here, by default. */
  readonly signOut?: string | ((session: Session) => string);
  /** Zone in which instants are told; `Europe/Paris` by default. */
  readonly zone?: string;
  /** Accent colour: `ink` (violet, the default) or `slate` (green), to tell two sites apart. */
  readonly accent?: "ink" | "slate";
  /** Cookie's plain name; `preau` by default. Ports of one host share cookies, so each site needs its own. */
  readonly cookie?: string;
  /** 32 bytes that sign the forms of visitors; the same on every replica. Random by default: for one process. */
  readonly formKey?: Uint8Array;
  /** A line at the head of every page: that this is a demonstration. */
  readonly banner?: Bilingual;
  /** A line at the foot of every page; the product's own by default. */
  readonly footer?: Bilingual;
}
