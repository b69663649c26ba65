import { migrate, openDatabase } from "@preau/database";
import { controllerId, makeIds, manualClock } from "@preau/kernel";
import { type DatabaseKind, describeOnMariaDb, freshDatabaseUrl } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { type KeyScope, keyMigrations, openKeyStore } from "../src/index.ts";

const clock = manualClock();
const ids = makeIds(clock);
const rootKey = new Uint8Array(32).fill(7);
const subject = (n: number): KeyScope => ({ controller: controllerId("a"), kind: "subject", id: `sub_${n}` });
const everybody = Array.from({ length: 40 }, (_, n) => subject(n)); // two shards

interface Client {
  _query: (this: Client, connection: unknown, statement: { readonly sql: string }) => Promise<unknown>;
}

const suite = (kind: DatabaseKind) =>
  it("opens all live keys and none destroyed, whichever statement of a destruction was the last", async () => {
    const database = await openDatabase({ url: await freshDatabaseUrl(kind) });
    onTestFinished(() => database.close());
    await migrate(database, [keyMigrations]);
    // Transactions have a client of their own: what both inherit from is where every statement passes to the driver.
    const client = Object.getPrototypeOf(database.knex.client) as Client;
    const query = client._query;
    const failAfter = (statements: number) => {
      let left = statements;
      client._query = async function (connection, statement) {
        const counts = statement.sql !== "ROLLBACK" && !statement.sql.startsWith("BEGIN"); // nothing is done yet
        if (counts && left === 0) throw new Error("killed");
        if (counts) left -= 1;
        return query.call(this, connection, statement);
      };
    };
    const heal = () => {
      client._query = query;
    };
    const reopen = () => openKeyStore({ database, rootKey, clock, ids });
    const macs = async () => {
      const store = await reopen();
      return store.withKeys(everybody, (keyOf) =>
        everybody.map((each) => keyOf(each)?.mac("l", "d").toString("hex")),
      );
    };
    onTestFinished(heal);
    const before = await macs();

    const gone = new Set<number>();
    let survived = 0;
    for (let step = 0, target = 0; ; step += 1) {
      const store = await reopen();
      failAfter(step);
      const ended = await store.destroy(subject(target)).then(
        () => true,
        () => false,
      );
      heal();
      const after = await macs();
      // Done wholly or not at all; what was destroyed before stays so, and every other key opens.
      if (after[target] === undefined) gone.add(target);
      else expect(ended).toBe(false);
      after.forEach((mac, n) => expect(mac).toBe(gone.has(n) ? undefined : before[n]));
      if (ended) break;
      survived += 1;
      if (gone.has(target)) target += 1; // committed, killed in the scrub
    }
    expect(survived).toBeGreaterThan(8);
    expect((await (await reopen()).epoch()).scrubbed).toBe(true);
  });

describe("destroying keys, failing at each statement (D12.2) on SQLite", () => suite("sqlite"));
describeOnMariaDb("destroying keys, failing at each statement (D12.2) on MariaDB", () => suite("mariadb"));
