/** Accounts over a fresh database and key store, cheap hashes, a clock that stands still, a journal that is kept. */
import { randomBytes } from "node:crypto";
import {
  afterCommit,
  type Database,
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  migrate,
  openDatabase,
} from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Journal,
  type JournalEvent,
  type ManualClock,
  makeIds,
  manualClock,
  type Ports,
  silentLog,
} from "@preau/kernel";
import { type KeyStore, keyMigrations, openKeyStore } from "@preau/keys";
import { type DatabaseKind, freshDatabaseUrl } from "@preau/testing";
import { onTestFinished } from "vitest";
import { acceptLink } from "../src/accept-link.ts";
import { type AccountActor, type AccountRole, isStaffRole, PUBLISHER } from "../src/account.ts";
import { type AccountMeans, type AccountPorts, makeAccountMeans } from "../src/account-means.ts";
import { type AccountOptions, accountOptions } from "../src/account-options.ts";
import { enrolFirstFactor, showFirstFactor } from "../src/enrol-factor.ts";
import type { Visit } from "../src/finish-sign-in.ts";
import {
  makeApiTokens,
  makeSessions,
  type SessionData,
  type SignIn,
  sessionRows,
  webMigrations,
} from "../src/index.ts";
import { type HandedLink, inviteAccount } from "../src/invite-account.ts";
import { codeOfStep, stepOf } from "../src/one-time-code.ts";
import { SCHOOL } from "./application.ts";

export interface OpenAccounts {
  readonly database: Database;
  readonly vault: KeyStore;
  readonly clock: ManualClock;
  readonly ports: AccountPorts & Pick<Ports, "apiTokens">;
  readonly means: AccountMeans;
  /** What was journalled and committed. */
  readonly entries: JournalEvent[];
}

/** Cheap on purpose: below what the options allow. */
export const CHEAP = { hashMemoryKiB: 64, hashPasses: 1 } as const;
export const TERMINAL: AccountActor = { role: "system", controller: PUBLISHER };
export const PASSWORD = "sept nuages violets dansent";
export const OTHER_PASSWORD = "trois tortues au petit-déjeuner";

export async function openAccounts(
  kind: DatabaseKind = "sqlite",
  change: Partial<AccountOptions> = {},
): Promise<OpenAccounts> {
  return openAccountsAt(await freshDatabaseUrl(kind), await freshDatabaseUrl("sqlite"), change);
}

/** Another replica of the same. */
export async function openAccountsAt(
  url: string,
  keysUrl: string,
  change: Partial<AccountOptions> = {},
  rootKey: Uint8Array = ROOT,
): Promise<OpenAccounts> {
  const database = await openDatabase({ url });
  const keys = await openDatabase({ url: keysUrl });
  await migrate(database, [databaseMigrations, { owner: "web", migrations: webMigrations }]);
  await migrate(keys, [keyMigrations]);
  const clock = manualClock();
  const ids = makeIds(clock);
  const vault = await openKeyStore({ database: keys, rootKey, clock, ids });
  const entries: JournalEvent[] = [];
  const journal = {
    record: async (unit, event) => {
      afterCommit(unit, () => void entries.push(event));
      return ids.next("jrn");
    },
  } satisfies Pick<Journal, "record"> as unknown as Journal;
  const unitOfWork = makeUnitOfWork(database);
  const ports: OpenAccounts["ports"] = {
    apiTokens: makeApiTokens({ clock, ids, journal, log: silentLog, unitOfWork }),
    clock,
    ids,
    log: silentLog,
    unitOfWork,
    journal,
    jobs: makeJobs({ clock, ids }),
    vault,
    sessions: makeSessions({ rows: sessionRows(database), clock, ids }),
  };
  const means = makeAccountMeans(ports, { ...accountOptions.parse({}), ...CHEAP, ...change });
  onTestFinished(async () => {
    await means.attempts.settle().catch(() => undefined);
    vault.close();
    await Promise.all([database.close(), keys.close()]);
  });
  return { database, vault, clock, ports, means, entries };
}

const ROOT = randomBytes(32);

export interface TestVisit extends Visit {
  /** Sessions that were started. */
  readonly started: SignIn[];
}

/** A request from that network; what it starts is kept, and really started. */
export function visitTo(
  { ports }: Pick<OpenAccounts, "ports">,
  network = "192.0.2.1",
  allowed = true,
): TestVisit {
  const started: SignIn[] = [];
  return {
    network,
    allowed: () => allowed,
    start: async (signIn, unit) => {
      await ports.sessions.start(signIn, unit);
      afterCommit(unit, () => void started.push(signIn));
    },
    started,
  };
}

export interface Person {
  readonly email: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly controller: ControllerId;
}

export function person(role: AccountRole, more: Partial<Person> = {}): Person {
  return {
    email: `${role.toLowerCase()}@editions.example`,
    name: "Camille Tilleul",
    role,
    controller: isStaffRole(role) ? PUBLISHER : SCHOOL,
    ...more,
  };
}

export interface Member {
  readonly actor: AccountActor & { readonly id: NonNullable<AccountActor["id"]> };
  readonly email: string;
  readonly password: string;
  /** Secret of the second factor, where the role asks for one. */
  readonly secret: string | undefined;
  readonly codes: readonly string[];
  readonly session: SessionData;
}

/** Invites, accepts, enrols: an account as it is in force. The clock goes on one step. */
export async function member(
  open: OpenAccounts,
  given: Person,
  actor: AccountActor = TERMINAL,
): Promise<Member> {
  const { means, clock } = open;
  const link: HandedLink = await inviteAccount(means, actor, given);
  const visit = visitTo(open);
  const answer = await acceptLink(means, "invitation", { token: link.token, password: PASSWORD }, visit);
  if (!("step" in answer)) throw new Error(`the test's password: ${answer.flaw}`);
  let secret: string | undefined;
  let codes: readonly string[] = [];
  if (answer.step === "enrol") {
    ({ secret } = await showFirstFactor(means, answer.token));
    const enrolled = await enrolFirstFactor(means, answer.token, codeNow(open, secret), visit);
    if (enrolled.step !== "enrolled") throw new Error(enrolled.step);
    ({ codes } = enrolled);
    clock.advance(30_000);
  }
  const session = visit.started.at(-1)?.data;
  if (session === undefined) throw new Error("no session");
  const actorOfIt = { id: link.account, role: given.role as ActorRole, controller: given.controller };
  return { actor: actorOfIt, email: given.email, password: PASSWORD, secret, codes, session };
}

export function codeNow({ clock }: Pick<OpenAccounts, "clock">, secret: string, away = 0): string {
  return codeOfStep(secret, stepOf(clock.now()) + away);
}

export function typesOf({ entries }: OpenAccounts): readonly string[] {
  return entries.map(({ type }) => type);
}
