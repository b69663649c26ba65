/**
 * Hub, worker and database of a bridge, each a process that is killed at moments of chance and started again, while a desk delivers:
 * again until it is answered, and now and then once more. At the end each message stands once, and what was to leave the desk left it.
 */
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import {
  freePort,
  freshDatabase,
  type SourceProgram,
  seededChance,
  spawnSource,
  startRestartableMariaDb,
} from "@preau/testing";
import { openHouseDatabases, openSupportHouse, sessionOf, signed, written } from "./support-house.ts";
import { startTinyDesk } from "./tiny-desk.ts";

type Killed = "hub" | "worker" | "database";

export interface KillSupport {
  readonly kind: "sqlite" | "mariadb";
  /** Each of them in that order, once. */
  readonly orders: readonly (readonly Killed[])[];
  readonly hooksAnOrder: number;
  readonly seed: number;
}

const PROGRAM = path.join(import.meta.dirname, "programs/serve.ts");
const CONVERSATIONS = 6;
/** Milliseconds between two kills, at most. */
const WITHIN_MS = 400;
const MOST_FAILURES = 20;

/** @throws where something is lost, doubled or left behind */
export async function killSupport({ kind, orders, hooksAnOrder, seed }: KillSupport) {
  const chance = seededChance(seed);
  const keys = await freshDatabase("sqlite");
  const mariadb = kind === "mariadb" ? await startRestartableMariaDb() : undefined;
  const data = mariadb === undefined ? await freshDatabase("sqlite") : undefined;
  const url = mariadb?.url ?? data?.url ?? "";
  const desk = await startTinyDesk();
  const port = await freePort();
  const both = await openHouseDatabases(url, keys.url);
  await (await openSupportHouse(both, systemClock)).close();
  await Promise.all([both.database.close(), both.keysDatabase.close()]);

  const hub = keepRunning(["hub", url, keys.url, String(port), desk.url]);
  const worker = keepRunning(["worker", url, keys.url, "0", desk.url]);
  const kills: Readonly<Record<Killed, () => Promise<void>>> = {
    hub: async () => hub.kill(),
    worker: async () => worker.kill(),
    database: async () => mariadb?.killAndStart(),
  };
  try {
    let fingerprint = 0;
    for (const order of orders) {
      const sending = Array.from({ length: hooksAnOrder }, (_, index) => {
        fingerprint += 1;
        const isOver = () => hub.hasGivenUp();
        return deliver(port, fingerprint, { after: index * 25, twice: chance() < 0.3, desk, isOver });
      });
      for (const each of order) {
        await wait(Math.floor(chance() * WITHIN_MS));
        await kills[each]();
      }
      await Promise.all(sending);
    }
    await untilSettled(url, fingerprint);
    return await look(url, fingerprint, desk);
  } catch (error) {
    throw new Error(`seed ${seed}: ${hub.errors()} ${worker.errors()}`, { cause: error });
  } finally {
    await Promise.all([hub.stop(), worker.stop()]);
    await desk.close();
    await mariadb?.stop();
    await Promise.all([data?.remove(), keys.remove()]);
  }
}

/** Started again whenever it ends, as an operator's supervisor does. */
function keepRunning(args: readonly string[]) {
  let program: SourceProgram;
  let isStopping = false;
  let ended: Promise<void>;
  let [errors, failures] = ["", 0];
  const run = () => {
    program = spawnSource(PROGRAM, args);
    ended = program.ended.then(async ({ code }) => {
      // Without its database a process does not start.
      failures = code === null || code === 0 ? 0 : failures + 1;
      if (failures > 0) errors = program.errors().slice(-2_000);
      if (isStopping || failures > MOST_FAILURES) return;
      await wait(50);
      run();
    });
  };
  run();
  return {
    kill: () => void program.child.kill("SIGKILL"),
    errors: () => errors,
    hasGivenUp: () => failures > MOST_FAILURES,
    stop: async () => {
      isStopping = true;
      program.child.kill("SIGKILL");
      await ended;
    },
  };
}

/** As a desk delivers: until it is answered 200. One in three is a child's, whose conversation is to leave. */
async function deliver(
  port: number,
  fingerprint: number,
  {
    after,
    twice,
    desk,
    isOver,
  }: {
    readonly after: number;
    readonly twice: boolean;
    readonly desk: Awaited<ReturnType<typeof startTinyDesk>>;
    readonly isOver: () => boolean;
  },
): Promise<void> {
  await wait(after);
  const session = sessionOf(1 + (fingerprint % CONVERSATIONS));
  const isChild = fingerprint % CONVERSATIONS < 2;
  desk.hold(session, { person: session.slice("session_".length) });
  const text = isChild ? "je suis en CM2 et ça ne marche pas" : "Bonjour, une question";
  const body = written(`${text} ${fingerprint}`, { at: Date.now(), fingerprint, session_id: session });
  for (let answered = 0; answered < (twice ? 2 : 1); ) {
    if (await isTaken(port, signed(body, Date.now()))) answered += 1;
    else await wait(60);
    if (isOver()) throw new Error("the hub does not start");
  }
}

async function isTaken(port: number, hook: ReturnType<typeof signed>): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(5_000);
    const reply = await fetch(`http://127.0.0.1:${port}/support/hooks/crisp`, {
      ...{ method: "POST", body: hook.body, headers: hook.headers, signal },
    });
    await reply.arrayBuffer();
    if (reply.status === 200 || reply.status >= 500) return reply.status === 200;
  } catch {
    return false;
  }
  throw new Error("a good hook was refused");
}

async function untilSettled(url: string, hooks: number): Promise<void> {
  const database = await openDatabase({ url });
  try {
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      await wait(100);
      const [stored, leaving, settled] = [
        await database.knex("spt_event").where({ state: "stored" }).pluck("id"),
        await database.knex("spt_case").where({ desk: "leaving" }).pluck("id"),
        await database.knex("spt_event").whereIn("state", ["done", "dropped"]).pluck("id"),
      ];
      if (stored.length + leaving.length === 0 && settled.length >= hooks) return;
    }
    throw new Error("not all was dealt with within a minute");
  } finally {
    await database.close();
  }
}

async function look(url: string, hooks: number, desk: Awaited<ReturnType<typeof startTinyDesk>>) {
  const database = await openDatabase({ url });
  try {
    const { knex } = database;
    const count = async (name: string, where: object) => (await knex(name).where(where).pluck("id")).length;
    const entries = await knex("jrn_entry").where({ type: "support-bridge.received" }).pluck("id");
    const found = {
      done: await count("spt_event", { state: "done" }),
      dropped: await count("spt_event", { state: "dropped" }),
      words: await count("spt_words", { state: "kept" }),
      received: entries.length,
      cases: await count("spt_case", {}),
      gone: await count("spt_case", { side: "hub", desk: "gone" }),
      atDesk: desk.conversations.size,
    };
    const expected = {
      ...{ done: hooks, dropped: 0, words: hooks, received: hooks },
      ...{ cases: CONVERSATIONS, gone: 2, atDesk: CONVERSATIONS - 2 },
    };
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new Error(`${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
    return found;
  } finally {
    await database.close();
  }
}

/** Every order of these. */
export function ordersOf<T>(things: readonly T[]): readonly (readonly T[])[] {
  if (things.length < 2) return [things];
  return things.flatMap((first, at) =>
    ordersOf(things.filter((_, index) => index !== at)).map((rest) => [first, ...rest]),
  );
}
