/**
 * Hub, worker and database of a mailer, each a process that is killed at moments of chance and started again. At the end every message
 * that was queued has left, under its one id; whatever left twice says so.
 */
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import {
  freshDatabase,
  type SourceProgram,
  seededChance,
  spawnSource,
  startRestartableMariaDb,
} from "@preau/testing";
import { makeMailHouse, openHouseDatabases } from "./mail-house.ts";
import { headerOf, startSmtpPeer } from "./smtp-peer.ts";

export type Killed = "hub" | "worker" | "database";

export interface KillMail {
  readonly kind: "sqlite" | "mariadb";
  /** Each of them in that order, once. */
  readonly orders: readonly (readonly Killed[])[];
  readonly messages: number;
  readonly seed: number;
}

const PROGRAM = path.join(import.meta.dirname, "programs/mail.ts");
/** Milliseconds between two kills, at most. */
const WITHIN_MS = 700;
const MOST_MS = 120_000;
/** Milliseconds before the first kill. */
const START_MS = 500;

interface Row {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
}

/** @throws where a message is lost, or left twice without saying so */
export async function killMail({ kind, orders, messages, seed }: KillMail) {
  const chance = seededChance(seed);
  const keys = await freshDatabase("sqlite");
  const mariadb = kind === "mariadb" ? await startRestartableMariaDb() : undefined;
  const data = mariadb === undefined ? await freshDatabase("sqlite") : undefined;
  const url = mariadb?.url ?? data?.url ?? "";
  const peer = await startSmtpPeer();
  const both = await openHouseDatabases(url, keys.url);
  await makeMailHouse(both, systemClock);
  await Promise.all([both.database.close(), both.keysDatabase.close()]);
  const given = [url, keys.url, String(peer.options.port), String(messages)];
  const hub = keepRunning(["hub", ...given]);
  const worker = keepRunning(["worker", ...given]);
  const kills: Readonly<Record<Killed, () => Promise<void>>> = {
    hub: async () => hub.kill(),
    worker: async () => worker.kill(),
    database: async () => mariadb?.killAndStart(),
  };
  try {
    await wait(START_MS);
    for (const each of orders.flat()) {
      await wait(Math.floor(chance() * WITHIN_MS));
      await kills[each]();
    }
    const rows = await untilSettled(url, messages);
    return look(
      rows,
      peer.received.map((mail) => headerOf(mail, "Message-ID") ?? ""),
    );
  } catch (error) {
    throw new Error(`seed ${seed}: ${hub.errors()} ${worker.errors()}`, { cause: error });
  } finally {
    await Promise.all([hub.stop(), worker.stop()]);
    await peer.close();
    await mariadb?.stop();
    await Promise.all([data?.remove(), keys.remove()]);
  }
}

/** Each has left; one that left twice says that it may have. */
function look(rows: readonly Row[], arrived: readonly string[]) {
  const times = new Map<string, number>();
  for (const name of arrived) times.set(name, (times.get(name) ?? 0) + 1);
  let doubled = 0;
  for (const { id, state, reason } of rows) {
    const came = times.get(`<${id}@localhost>`) ?? 0;
    if (state !== "accepted") throw new Error(`${id} is ${state}`);
    if (came === 0) throw new Error(`${id} is lost`);
    if (came > 1 && reason !== "NO_ANSWER") throw new Error(`${id} left ${came} times and does not say so`);
    if (came > 1) doubled += 1;
    times.delete(`<${id}@localhost>`);
  }
  if (times.size > 0) throw new Error(`${times.size} left that were never queued`);
  return { messages: rows.length, doubled };
}

/** Started again whenever it is killed, as an operator's supervisor does; one that ends well has done its work. */
function keepRunning(args: readonly string[]) {
  let program: SourceProgram;
  let isStopping = false;
  let ended: Promise<void>;
  let errors = "";
  const run = () => {
    program = spawnSource(PROGRAM, args);
    ended = program.ended.then(async ({ code }) => {
      if (code !== null && code !== 0) errors = program.errors().slice(-2_000);
      if (isStopping || code === 0) return;
      await wait(50);
      run();
    });
  };
  run();
  return {
    kill: () => void program.child.kill("SIGKILL"),
    errors: () => errors,
    stop: async () => {
      isStopping = true;
      program.child.kill("SIGKILL");
      await ended;
    },
  };
}

async function untilSettled(url: string, messages: number): Promise<readonly Row[]> {
  const database = await openDatabase({ url });
  try {
    for (const end = Date.now() + MOST_MS; ; ) {
      const rows = await database.knex<Row>("mlr_message").select("id", "state", "reason");
      if (rows.length === messages && rows.every(({ state }) => state !== "queued")) return rows;
      if (Date.now() > end) throw new Error(`${rows.length} of ${messages} are queued or settled`);
      await wait(100);
    }
  } finally {
    await database.close();
  }
}
