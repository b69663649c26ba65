/**
 * Signed links that are good for one purpose, until a time, and die when they are used. The database keeps a hash; the
 * signature lets guesses be refused without a look at it. Looking at one changes nothing, however often: what a mail scanner
 * fetches starts nothing. Using one is a person's POST, and of several at once one does it.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock, ControllerId, Instant, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import { deleteLinks, findLink, insertLinks, type LinkRow, markUsed, purgeLinks } from "./store/link-rows.ts";

export interface LinkTerms {
  readonly controller: ControllerId;
  /** What pressing it does, `subprocessors.receipt`: a link for one purpose is none for another. */
  readonly purpose: string;
  /** Opaque id of what it is about. */
  readonly thing: string;
  /** Last instant at which it is good. */
  readonly until: Instant;
}

export interface Link extends LinkTerms {
  readonly madeAt: Instant;
  readonly usedAt?: Instant;
}

/** `unknown`: guessed, taken back, of another purpose, or long gone. */
export type LinkState =
  | { readonly state: "alive" | "used" | "expired"; readonly link: Link }
  | { readonly state: "unknown" };

export interface Links {
  /** The token of a new link: 43 characters for a path. Shown once, never logged. */
  make(unit: Unit, terms: LinkTerms): Promise<string>;
  /** As many times `make`, in few statements. */
  makeMany(unit: Unit, terms: readonly LinkTerms[]): Promise<readonly string[]>;
  look(unit: Unit, purpose: string, token: string): Promise<LinkState>;
  /** @throws WEB_LINK_DEAD for one that is not alive */
  use(unit: Unit, purpose: string, token: string): Promise<Link>;
  /** Takes all links of a thing back, or those of one purpose. How many. */
  kill(unit: Unit, controller: ControllerId, thing: string, purpose?: string): Promise<number>;
  /** Rows of links that ended before go. */
  purge(unit: Unit, before: Instant): Promise<number>;
}

declare module "@preau/kernel" {
  interface Ports {
    /** Links that die. */
    readonly links: Links;
  }
}

export interface LinksOptions {
  /** 32 bytes, in a file of their own. */
  readonly key: Uint8Array;
  readonly clock: Clock;
}

const HALF = 16;
const SHAPE = /^[A-Za-z0-9_-]{43}$/;

export function makeLinks({ key, clock }: LinksOptions): Links {
  const signatureOf = (purpose: string, secret: Buffer) =>
    createHmac("sha256", key).update(`preau link\0${purpose}\0`).update(secret).digest().subarray(0, HALF);

  /** The hash of a token that we signed for that purpose. */
  const hashOf = (purpose: string, token: string): string | undefined => {
    if (!SHAPE.test(token)) return undefined;
    const bytes = Buffer.from(token, "base64url");
    const secret = bytes.subarray(0, HALF);
    // The last character has bits to spare: one token has one spelling.
    if (bytes.length !== 2 * HALF || bytes.toString("base64url") !== token) return undefined;
    return timingSafeEqual(bytes.subarray(HALF), signatureOf(purpose, secret)) ? rowHash(bytes) : undefined;
  };

  const makeMany = async (unit: Unit, terms: readonly LinkTerms[]) => {
    const madeAt = clock.now();
    const tokens = terms.map(({ purpose }) => {
      const secret = randomBytes(HALF);
      return Buffer.concat([secret, signatureOf(purpose, secret)]);
    });
    await insertLinks(
      unit,
      terms.map((each, at) => ({ ...each, madeAt, hash: rowHash(tokens[at] ?? Buffer.alloc(0)) })),
    );
    return tokens.map((token) => token.toString("base64url"));
  };

  return {
    makeMany,
    make: async (unit, terms) => {
      const [token] = await makeMany(unit, [terms]);
      return token ?? "";
    },
    look: async (unit, purpose, token) => {
      const hash = hashOf(purpose, token);
      const link = hash === undefined ? undefined : await findLink(unit, purpose, hash);
      return link === undefined ? { state: "unknown" } : { state: stateOf(link, clock.now()), link };
    },
    use: async (unit, purpose, token) => {
      const hash = hashOf(purpose, token);
      const now = clock.now();
      const link = hash === undefined ? undefined : await findLink(unit, purpose, hash);
      const alive = link !== undefined && stateOf(link, now) === "alive";
      if (hash === undefined || !alive || !(await markUsed(unit, hash, now))) throw fault("WEB_LINK_DEAD");
      return { ...link, usedAt: now };
    },
    kill: deleteLinks,
    purge: purgeLinks,
  };
}

function stateOf({ usedAt, until }: LinkRow, now: Instant): "alive" | "used" | "expired" {
  if (usedAt !== undefined) return "used";
  return now > until ? "expired" : "alive";
}

function rowHash(token: Buffer): string {
  return createHash("sha256").update("preau link row\0").update(token).digest("hex");
}
