/** A hub small enough for a test: real database, keys, journal, directory, gate and web, with the connector's routes. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { compileGateTable, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { journalMigrations, makeJournal, makeSigner } from "@preau/journal";
import {
  type GateCheck,
  type GateTable,
  instant,
  type JournalEntry,
  type Log,
  type ManualClock,
  makeEvents,
  makeGate,
  makeIds,
  manualClock,
  millisOf,
  type PreauEvents,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeSubjectDirectory, subjectMigrations } from "@preau/subjects";
import { makeFolder } from "@preau/testing";
import { makeApp, makeSessions, mountRoutes, sessionRows, webMigrations } from "@preau/web";
import { onTestFinished } from "vitest";
import { garOverSaml } from "../src/configured-providers.ts";
import { garRoutes } from "../src/http/routes.ts";
import { garMigrations } from "../src/migrations/index.ts";
import { garOptions } from "../src/options.ts";
import { serviceProviderNames } from "../src/saml/saml-service.ts";
import { type Fields, honest, idpMetadata } from "./identity-provider.ts";

const referenceFiles = new Map(
  readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
);
export const referenceTable: GateTable = compileGateTable(readAgreementFolder(referenceFiles));

export interface WorldOptions {
  /** Kept between two worlds: a restart, or a second replica. */
  readonly folder?: string;
  readonly url?: string;
  readonly clock?: ManualClock;
  readonly options?: Record<string, unknown>;
  readonly metadata?: string;
  readonly checks?: readonly GateCheck[];
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

export async function makeWorld(given: WorldOptions = {}) {
  const own = given.folder === undefined ? makeFolder() : undefined;
  const folder = given.folder ?? own?.path ?? "";
  const clock = given.clock ?? manualClock(instant("2026-11-23T08:00:00.000Z"));
  const ids = makeIds(clock);
  const lines: string[] = [];
  const write = (event: string, fields: unknown) => void lines.push(`${event} ${JSON.stringify(fields)}`);
  const log: Log = { info: write, warn: write, error: write };

  const database = await openDatabase({ url: given.url ?? `sqlite:${join(folder, "data.sqlite")}`, log });
  const keysDatabase = await openDatabase({ url: `sqlite:${join(folder, "keys.sqlite")}`, log });
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    journalMigrations,
    subjectMigrations,
    { owner: "web", migrations: webMigrations },
    { owner: "gar", migrations: garMigrations },
  ]);
  const keyStore = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const unitOfWork = makeUnitOfWork(database, { log });
  const subjects = makeSubjectDirectory({ database, keyStore, clock, ids, log });
  const signer = makeSigner(Buffer.alloc(32, 9));
  const journal = makeJournal({ database, keyStore, clock, ids, origin: "journal.example", signer });
  const gate = makeGate({ tableFor: () => referenceTable, clock, checks: given.checks ?? [] });
  const emitted: PreauEvents["account.signedIn"][] = [];
  const events = makeEvents([{ "account.signedIn": async (event) => void emitted.push(event) }]);
  const sessions = makeSessions({ rows: sessionRows(database), clock, ids });

  const idpFile = join(folder, "idp.xml");
  writeFileSync(idpFile, given.metadata ?? idpMetadata());
  const options = garOptions.parse({
    idpMetadata: idpFile,
    keyFile: join(folder, "service-provider.pem"),
    ...given.options,
  });
  const overSaml = garOverSaml(options);
  if (overSaml === undefined) throw new TypeError("a world of the tests has the GAR over SAML");
  const names = serviceProviderNames(overSaml.provider, overSaml.saml);
  const ports = { clock, ids, log, unitOfWork, gate, subjects, journal, events, sessions, vault: keyStore };
  const app = makeApp({ log, clock, ids, sessions, publicUrl: options.publicUrl, title: "Essai", menu: [] });
  mountRoutes(app, garRoutes(ports, options));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** A browser of the test: its cookies, and no redirects followed. */
  const browser = () => {
    const cookies = new Map<string, string>();
    const ask = async (path: string, init: RequestInit = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await fetch(base + path, {
        ...init,
        redirect: "manual",
        headers: { cookie, ...(init.headers as Record<string, string> | undefined) },
      });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/Max-Age=0/.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    };
    const begin = async (query = "") => {
      const answer = await ask(`/gar/saml/login${query}`);
      const location = answer.headers.get("location") ?? "";
      return { ...answer, location, requestId: requestIdOf(location) };
    };
    const fieldsFor = (requestId: string): Fields =>
      honest({ requestId, now: millisOf(clock.now()), consumer: names.consumer, audience: names.entityId });
    return {
      cookies,
      ask,
      begin,
      fieldsFor,
      post: (samlResponse: string, more: Record<string, string> = {}) =>
        ask("/gar/saml/acs", {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://idp.example" },
          body: new URLSearchParams({ SAMLResponse: samlResponse, ...more }).toString(),
        }),
      session: async () => {
        const answer = await ask("/session");
        return answer.status === 200 ? (JSON.parse(answer.text) as Record<string, unknown>) : answer.status;
      },
    };
  };

  return {
    ...ports,
    app,
    base,
    browser,
    database,
    emitted,
    folder,
    lines,
    names,
    options,
    /** Entries of the ministry's journal, newest first. */
    entries: (type?: string): Promise<readonly JournalEntry[]> =>
      unitOfWork.transaction((unit) =>
        journal.entries(unit, { controller: options.controller, ...(type === undefined ? {} : { type }) }),
      ),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
      await keysDatabase.close();
      own?.remove();
    },
  };
}

/** A world of one test alone. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const world = await makeWorld(options);
  onTestFinished(() => world.close());
  return world;
}

/** The ID of the AuthnRequest in a redirect. */
export function requestIdOf(location: string): string {
  const request = URL.parse(location)?.searchParams.get("SAMLRequest");
  if (!request) return "";
  return /ID="([^"]+)"/.exec(inflateRawSync(Buffer.from(request, "base64")).toString())?.[1] ?? "";
}
