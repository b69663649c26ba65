/** The demo school under test: a seeded database, its pages, and Préau's data map over it. */
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { makeDataMapLookAgain, makeDataMapSource, mappedReferences, parseDataMap } from "@preau/data-map";
import { type Database, openDatabase } from "@preau/database";
import { controllerId, type SubjectTarget, systemClock } from "@preau/kernel";
import { onTestFinished } from "vitest";
import { schoolApp } from "../../src/school/app.ts";
import { createSchoolSchema, schoolTables } from "../../src/school/schema.ts";
import { seedSchool } from "../../src/school/seed.ts";

export type Row = Readonly<Record<string, unknown>>;
export type Tables = Readonly<Record<string, readonly Row[]>>;

const MAP = new URL("../../maps/demo-school-1.yaml", import.meta.url);
export const map = parseDataMap(readFileSync(MAP, "utf8"), "demo-school-1.yaml");
export const controller = controllerId("ministry");

/** People of the seed, one of each kind. */
export const PEOPLE = {
  plumeAdministrator: 1,
  jardinAdministrator: 2,
  garTeacher: 11,
  plumeTeacher: 22,
  jardinTeacher: 31,
  pupil: 101,
  namesakes: [102, 150],
  child: 302,
  childOfTwoSchools: 316,
  parent: 501,
  otherParent: 502,
  siblings: [301, 381],
} as const;

export async function openSchool({ url }: { readonly url: string }): Promise<Database> {
  const database = await openDatabase({ url });
  await createSchoolSchema(database.knex);
  await seedSchool(database.knex);
  return database;
}

/** A school in memory, closed when the test ends. */
export async function schoolInMemory(): Promise<Database> {
  const database = await openSchool({ url: "sqlite::memory:" });
  onTestFinished(() => database.close());
  return database;
}

export async function tablesOf(database: Database): Promise<Tables> {
  const tables: Record<string, readonly Row[]> = {};
  for (const name of schoolTables) tables[name] = await database.knex<Row>(name).orderBy("id");
  return tables;
}

export function targetOf(account: number): SubjectTarget {
  return { subject: "sub_1", identifiers: [{ kind: "school.account", value: String(account) }] };
}

export function sourceOf(database: Database) {
  return makeDataMapSource({ database, map, sourceId: "school", controller, clock: systemClock });
}

/** Plans, runs and looks again, as the hub does, by the map alone. */
export async function erase(database: Database, account: number) {
  const source = sourceOf(database);
  const plan = await source.plan({ controller, subjects: [targetOf(account)], ground: "account-deleted" });
  if (plan.blocked.length > 0) return { plan, hits: undefined };
  for await (const _step of source.erase(plan));
  const second = makeDataMapLookAgain({
    ...{ database, controller, kind: map.subject.kind },
    person: { table: map.subject.table, key: map.subject.key },
    ...mappedReferences(map),
  });
  return { plan, hits: (await second.lookAgain(controller, plan.traces)).hits };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
  readonly headers: Headers;
}
export interface Person {
  get(path: string): Promise<Answer>;
  /** Posts a form of the school's own, with the session's token. */
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<Answer>;
  readonly cookie: string;
}
export interface Site {
  readonly url: string;
  /** A browser that has signed nobody in. */
  readonly anybody: Person;
  /** Enters as somebody; the answer to that when it is refused. */
  enter(account: number): Promise<Person & { readonly entered: Answer }>;
}

/** The school's pages over a database, on a port of their own. */
export async function siteOf(database: Database): Promise<Site> {
  const server = await new Promise<Server>((resolve) => {
    const listening = schoolApp(database.knex).listen(0, "127.0.0.1", () => resolve(listening));
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const ask = async (path: string, cookie: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { "accept-language": "fr", cookie, ...(init.headers as Record<string, string>) };
    const response = await fetch(url + path, { redirect: "manual", ...init, headers });
    const { status } = response;
    const location = response.headers.get("location");
    return { status, text: await response.text(), location, headers: response.headers };
  };
  const personOf = (cookie: string): Person => {
    const post = async (path: string, fields: Readonly<Record<string, string>> = {}) => {
      const form = cookie === "" ? "" : (await ask("/account", cookie)).text;
      const token = /name="form" value="([^"]+)"/.exec(form)?.[1] ?? "";
      const body = new URLSearchParams({ form: token, ...fields });
      return ask(path, cookie, { method: "POST", body });
    };
    return { cookie, get: (path) => ask(path, cookie), post };
  };
  const anybody = personOf("");
  const enter = async (account: number) => {
    const entered = await anybody.post("/sign-in", { person: String(account) });
    const cookie = entered.headers.getSetCookie().find((each) => each.startsWith("preau-school="));
    return { ...personOf(cookie?.split(";")[0] ?? ""), entered };
  };
  return { url, anybody, enter };
}
