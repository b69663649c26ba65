/**
 * A notice to each of 10,000 controllers: seconds until all are queued, sealed each under its controller's key, in one unit.
 * Keys stand in a database of their own on the disk and stand already, as those of a registered controller do. The peer is the
 * least that the same rows can cost: their insert, and that of their jobs, in the clear.
 */
import { insertRows, inUnit } from "@preau/database";
import { controllerId, type Message, systemClock } from "@preau/kernel";
import { type DatabaseKind, freshDatabase } from "@preau/testing";
import { makeMailHouse, message, openHouseDatabases } from "../test/mail-house.ts";
import { measure, rssMiB, secondsOf } from "./measure.ts";

const NOTICES = 10_000;
/** As many as the issue allows. */
const GOAL_SECONDS = 60;

export async function queueNotices(kind: DatabaseKind, runs: number) {
  const [fresh, keys] = [await freshDatabase(kind), await freshDatabase("sqlite")];
  const both = await openHouseDatabases(fresh.url, keys.url);
  try {
    const house = await makeMailHouse(both, systemClock);
    const { knex } = both.database;
    const seconds: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
    for (let round = -1; round < runs; round += 1) {
      const notices = noticesOf(round);
      const ours = await secondsOf(() =>
        house.unitOfWork.transaction((unit) => house.mailer.sendMany(unit, notices)),
      );
      const rows = await knex("mlr_message").select("*");
      const jobs = await knex("db_job").select("*");
      await knex("mlr_message").delete();
      await knex("db_job").delete();
      const bare = await secondsOf(() =>
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
    const ours = measure(seconds.ours, "s");
    const { median } = measure(seconds.bare, "s");
    return {
      case: `${kind}: ${NOTICES} notices queued in one unit`,
      ours,
      peer: { name: "bare insert of the same rows and jobs", median, unit: "s" },
      goal: `<= ${GOAL_SECONDS} s`,
      met: ours.median <= GOAL_SECONDS,
      rssMiB: rssMiB(),
    };
  } finally {
    await both.database.close();
    await both.keysDatabase.close();
    await fresh.remove();
    await keys.remove();
  }
}

export function noticesOf(round: number, many = NOTICES): readonly Message[] {
  const one = message();
  return Array.from({ length: many }, (_, n) => ({
    ...one,
    key: `notice/${round}`,
    to: { name: "Délégué", address: `dpo@school-${n}.example` },
    flow: { ...one.flow, controller: controllerId(`school-${n}`) },
  }));
}
