/**
 * A notice to each of 10,000 controllers: seconds until all are queued, sealed each under its controller's key, in one unit.
 * Keys stand in a database of their own on the disk and stand already, as those of a registered controller do. The peer is the
 * least that the same rows can cost: their insert, and that of their jobs, in the clear.
 */
import { insertRows, inUnit } from "@preau/database";
import { controllerId, type Message, systemClock } from "@preau/kernel";
import { type DatabaseKind, freshDatabase, mariaDbSkipReason } from "@preau/testing";
import { makeMailHouse, message, openHouseDatabases } from "../test/mail-house.ts";

interface BenchOptions {
  readonly runs: number;
}

const NOTICES = 10_000;
/** As many as the issue allows. */
const GOAL_SECONDS = 60;

export async function bench({ runs }: BenchOptions) {
  const kinds: DatabaseKind[] = mariaDbSkipReason() === undefined ? ["sqlite", "mariadb"] : ["sqlite"];
  const cases = [];
  for (const kind of kinds) cases.push(await benchOn(kind, Math.max(3, runs)));
  return { cases };
}

async function benchOn(kind: DatabaseKind, runs: number) {
  const [fresh, keys] = [await freshDatabase(kind), await freshDatabase("sqlite")];
  const both = await openHouseDatabases(fresh.url, keys.url);
  try {
    const house = await makeMailHouse(both, systemClock);
    const { knex } = both.database;
    const seconds: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
    for (let round = -1; round < runs; round += 1) {
      const notices = noticesOf(round);
      const ours = await timed(() =>
        house.unitOfWork.transaction((unit) => house.mailer.sendMany(unit, notices)),
      );
      const rows = await knex("mlr_message").select("*");
      const jobs = await knex("db_job").select("*");
      await knex("mlr_message").delete();
      await knex("db_job").delete();
      const bare = await timed(() =>
        house.unitOfWork.transaction(async (unit) => {
          await insertRows(inUnit(unit), "mlr_message", rows as object[]);
          for (const job of jobs as object[]) await insertRows(inUnit(unit), "db_job", [job]);
        }),
      );
      await knex("mlr_message").delete();
      await knex("db_job").delete();
      if (round === -1) continue; // the first makes the keys
      seconds.ours.push(ours);
      seconds.bare.push(bare);
    }
    const ours = measure(seconds.ours);
    return {
      case: `${kind}: ${NOTICES} notices queued in one unit`,
      ours,
      peer: {
        name: "bare insert of the same rows and jobs",
        median: measure(seconds.bare).median,
        unit: "s",
      },
      goal: `<= ${GOAL_SECONDS} s`,
      met: ours.median <= GOAL_SECONDS,
      rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
    };
  } finally {
    await both.database.close();
    await both.keysDatabase.close();
    await fresh.remove();
    await keys.remove();
  }
}

function noticesOf(round: number): readonly Message[] {
  const one = message();
  return Array.from({ length: NOTICES }, (_, n) => ({
    ...one,
    key: `notice/${round}`,
    to: { name: "Délégué", address: `dpo@school-${n}.example` },
    flow: { ...one.flow, controller: controllerId(`school-${n}`) },
  }));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

function measure(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const round = (value: number) => Number(value.toPrecision(3));
  return { median: round(at(0.5)), p95: round(at(0.95)), unit: "s" };
}
