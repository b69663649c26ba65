/** What destroying one key costs in a store of 100,000, against wrapping every remaining key again. */
import { createCipheriv, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, openDatabase } from "@preau/database";
import { controllerId, makeIds, systemClock } from "@preau/kernel";
import { type KeyScope, keyMigrations, openKeyStore } from "../src/index.ts";

const KEYS = 100_000;
const scope = (n: number): KeyScope => ({
  controller: controllerId("school-1"),
  kind: "subject",
  id: `sub_${n}`,
});

export async function bench({ runs }: { readonly runs: number; readonly seed: number }) {
  const folder = mkdtempSync(join(tmpdir(), "preau-keys-"));
  const database = await openDatabase({ url: `sqlite:${join(folder, "keys.sqlite")}` });
  try {
    await migrate(database, [keyMigrations]);
    const options = { database, rootKey: new Uint8Array(32), clock: systemClock, ids: makeIds(systemClock) };
    const store = await openKeyStore({ ...options, heldKeys: 1_000 });
    for (let at = 0; at < KEYS; at += 5_000) {
      const scopes = Array.from({ length: 5_000 }, (_, n) => scope(at + n));
      await store.withKeys(scopes, () => undefined);
    }
    const ours: number[] = [];
    const peer: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const began = performance.now();
      await store.destroy(scope((run * 7_919) % KEYS));
      ours.push(performance.now() - began);
      peer.push(wrapAll());
    }
    const sorted = [...ours].sort((a, b) => a - b);
    const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
    const round = (value: number) => Number(value.toPrecision(3));
    return {
      cases: [
        {
          case: `destroy one of ${KEYS} keys, epoch turned, on disk`,
          ours: {
            median: round(middle(ours)),
            min: round(sorted[0] ?? 0),
            max: round(sorted.at(-1) ?? 0),
            unit: "ms",
          },
          peer: {
            name: "wrapping every key again, in memory alone",
            median: round(middle(peer)),
            unit: "ms",
          },
          goal: "<= 1",
        },
      ],
    };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds to wrap 100,000 keys of 32 bytes. */
function wrapAll(): number {
  const [key, data] = [randomBytes(32), randomBytes(32)];
  const began = performance.now();
  for (let n = 0; n < KEYS; n += 1) {
    const cipher = createCipheriv("aes-256-gcm", key, data.subarray(0, 12));
    cipher.update(data);
    cipher.final();
    cipher.getAuthTag();
  }
  return performance.now() - began;
}
