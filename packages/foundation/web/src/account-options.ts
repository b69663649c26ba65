/** Options of the console's accounts: `accounts:` in `preau.yaml`. Each figure has a default, a least and a sentence. */
import { fault } from "./errors.ts";

interface Figure {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
  readonly says: string;
}

/** What the README's table says, and what is refused. */
export const accountFigures = {
  passwordLength: { usual: 12, least: 12, most: 128, says: "characters of a password at least" },
  administratorPasswordLength: {
    usual: 16,
    least: 12,
    most: 128,
    says: "characters at least for who grants rights",
  },
  passwordScore: { usual: 3, least: 3, most: 4, says: "least guessability score of zxcvbn, 0 to 4" },
  hashMemoryKiB: { usual: 65_536, least: 19_456, most: 1_048_576, says: "memory of one argon2id, in KiB" },
  hashPasses: { usual: 3, least: 2, most: 20, says: "passes of argon2id" },
  hashesAtOnce: { usual: 2, least: 1, most: 64, says: "argon2id computed at once by a process" },
  hashesWaiting: { usual: 32, least: 0, most: 1_000, says: "more that may wait; beyond, 503" },
  freeAttempts: { usual: 3, least: 1, most: 20, says: "failures of an account before the first wait" },
  lockAfter: { usual: 10, least: 3, most: 100, says: "failures after which it is locked" },
  lockMinutes: { usual: 30, least: 1, most: 1_440, says: "minutes of that lock" },
  networkFreeAttempts: {
    usual: 30,
    least: 1,
    most: 10_000,
    says: "failures of one network before the first wait",
  },
  networkLockAfter: { usual: 100, least: 3, most: 100_000, says: "failures after which it is locked" },
  forgetMinutes: {
    usual: 1_440,
    least: 60,
    most: 44_640,
    says: "minutes without a failure that forget them",
  },
  signInMinutes: {
    usual: 10,
    least: 1,
    most: 60,
    says: "minutes between the password and the second factor",
  },
  stepUpMinutes: { usual: 10, least: 1, most: 480, says: "minutes for which a second factor is recent" },
  invitationHours: { usual: 72, least: 1, most: 720, says: "hours for which an invitation is good" },
  recoveryHours: { usual: 24, least: 1, most: 168, says: "hours for which a recovery is good" },
  reviewDays: {
    usual: 182,
    least: 1,
    most: 366,
    says: "days between two reviews of access: six months, rounded down",
  },
  idleDays: {
    usual: 182,
    least: 1,
    most: 1_096,
    says: "days without a sign-in after which an account is called idle",
  },
  revokedDays: {
    usual: 365,
    least: 0,
    most: 1_096,
    says: "days for which a revoked account is kept, then erased",
  },
} as const satisfies Readonly<Record<string, Figure>>;

/** The company's OpenID provider, for the publisher's staff alone. */
export interface OpenIdOptions {
  /** The issuer's address, https; http on the loopback alone. */
  readonly issuer: string;
  readonly clientId: string;
  /** File that holds the client's secret. A public client, with PKCE alone, without one. */
  readonly clientSecretFile?: string;
  /** The provider asks for a second factor by itself, at every sign-in: ours is not asked again. */
  readonly trustsSecondFactor: boolean;
}

export type AccountOptions = { readonly [K in keyof typeof accountFigures]: number } & {
  readonly openId?: OpenIdOptions;
  /** The invented accounts of `npm start`. The hub decides it, never this part of the file. */
  readonly demonstration: boolean;
};

/** Reads them. @throws WEB_BAD_OPTIONS naming the key */
export const accountOptions = {
  parse(input: unknown): AccountOptions {
    const given = objectOf(input, "accounts");
    for (const key of Object.keys(given)) {
      if (!Object.hasOwn(accountFigures, key) && key !== "openId" && key !== "demonstration") throw bad(key);
    }
    const figures = Object.entries<Figure>(accountFigures).map(([key, figure]) => {
      const value = Object.hasOwn(given, key) ? given[key] : figure.usual;
      const right = typeof value === "number" && Number.isInteger(value);
      if (!right || value < figure.least || value > figure.most) throw bad(key);
      return [key, value];
    });
    const { openId, demonstration = false } = given;
    if (typeof demonstration !== "boolean") throw bad("demonstration");
    return {
      ...(Object.fromEntries(figures) as { [K in keyof typeof accountFigures]: number }),
      ...(openId === undefined ? {} : { openId: openIdOf(openId) }),
      demonstration,
    };
  },
};

function openIdOf(input: unknown): OpenIdOptions {
  const given = objectOf(input, "openId");
  const { issuer, clientId, clientSecretFile, trustsSecondFactor = false, ...rest } = given;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw bad(`openId.${unknown}`);
  const url = typeof issuer === "string" ? URL.parse(issuer) : null;
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (typeof issuer !== "string" || !safe) throw bad("openId.issuer");
  if (typeof clientId !== "string" || clientId === "") throw bad("openId.clientId");
  if (clientSecretFile !== undefined && typeof clientSecretFile !== "string")
    throw bad("openId.clientSecretFile");
  if (typeof trustsSecondFactor !== "boolean") throw bad("openId.trustsSecondFactor");
  return {
    issuer,
    clientId,
    ...(clientSecretFile === undefined ? {} : { clientSecretFile }),
    trustsSecondFactor,
  };
}

/** This machine itself, by the names under which browsers know it. */
export function isLoopback(hostname: string): boolean {
  return ["localhost", "[::1]"].includes(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** This machine itself, as the other end of a connection. */
export function isLoopbackAddress(address: string | undefined): boolean {
  const plain = (address ?? "").replace(/^::ffff:/i, "");
  return plain === "::1" || /^127(\.\d{1,3}){3}$/.test(plain);
}

function objectOf(input: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof input !== "object" || input === null || Array.isArray(input)) throw bad(where);
  return input as Readonly<Record<string, unknown>>;
}

function bad(key: string) {
  return fault("WEB_BAD_OPTIONS", { place: `accounts: ${key}` });
}
