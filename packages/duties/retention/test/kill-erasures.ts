/**
 * The loop that kills erasures: a program erases pupil after pupil, SIGKILL ends it at a moment of chance, and what it
 * left is looked at: no receipt says complete while something is left, none is filed twice, and the counts of each equal
 * what the tables lost.
 */
import { join } from "node:path";
import { openDatabase } from "@preau/database";
import { verifyReceiptOrProof } from "@preau/journal";
import { systemClock } from "@preau/kernel";
import { killLoop, spawnSource } from "@preau/testing";
import { makeHouse, SCHOOL } from "./house.ts";
import { countSchool, fillSchool, leftOf, PUPIL_KIND, rowsOf } from "./school.ts";

export interface KillErasures {
  readonly urls: readonly [data: string, keys: string, school: string];
  readonly times: number;
  readonly withinMs: number;
  readonly seed?: number;
}

export interface KilledErasures {
  readonly seed: number;
  /** Runs killed at work. */
  readonly killed: number;
  /** Of those, the ones that left an erasure begun and not closed. */
  readonly inTheMiddle: number;
  readonly receipts: number;
}

/** Pupils that one run could erase at most before it is killed. */
const PUPILS_A_RUN = 12;
const script = join(import.meta.dirname, "programs/erase-pupils.ts");

interface Row {
  readonly id: string;
  readonly instruction: string;
  readonly state: string;
  readonly receipt: `ers_${string}` | null;
}

/** @throws Error with seed and round when what a killed run left is not well */
export async function killErasures({ urls, times, withinMs, seed }: KillErasures): Promise<KilledErasures> {
  const [data, keys, schoolUrl] = urls;
  const database = await openDatabase({ url: data });
  const keysDatabase = await openDatabase({ url: keys });
  const schoolDatabase = await openDatabase({ url: schoolUrl });
  try {
    const pupils = Array.from({ length: times * PUPILS_A_RUN }, (_, n) => n + 1);
    await fillSchool(schoolDatabase, pupils);
    const house = await makeHouse({ database, keysDatabase, schoolDatabase }, systemClock);
    const checked = new Set<string>();
    let inTheMiddle = 0;

    const check = async () => {
      const rows: readonly Row[] = await database.knex("ret_erasure").select();
      const open = rows.filter(({ state }) => state !== "closed");
      if (open.some(({ state }) => state !== "ordered")) inTheMiddle += 1;
      same("open erasures at once", open.length <= 1, true);
      const filed = rows.filter(({ state }) => state === "closed");
      const { unitOfWork, receipts } = house.ports;
      const listed = await unitOfWork.transaction((unit) => receipts.receipts(unit, SCHOOL, "closed"));
      same("receipts filed", listed.map(({ id }) => id).sort(), filed.map(({ receipt }) => receipt).sort());
      const begun = await unitOfWork.transaction((unit) => receipts.receipts(unit, SCHOOL, "opened"));
      same(
        "receipts open",
        begun.map(({ id }) => id),
        open.flatMap(({ receipt }) => (receipt === null ? [] : [receipt])),
      );
      const gone = new Set([...filed, ...open].map(({ instruction }) => numberIn(instruction)));
      await checkOthers(pupils.filter((pupil) => !gone.has(pupil)));
      for (const row of filed.filter(({ id }) => !checked.has(id))) {
        await checkReceipt(row);
        checked.add(row.id);
      }
    };

    /** Whoever was not ordered to be erased has every row. */
    const checkOthers = async (others: readonly number[]) => {
      const first = others[0] ?? Number.MAX_SAFE_INTEGER; // they are erased in the order of their numbers
      const there = await countSchool(
        schoolDatabase,
        (table) => (builder: { where: (...w: unknown[]) => unknown }) => {
          void builder.where(table === "pupil" ? "id" : "pupil_id", ">=", first);
        },
      );
      const sum = (pick: (pupil: number) => number) => others.reduce((all, each) => all + pick(each), 0);
      same("rows of others", there, {
        pupil: others.length,
        result: sum((pupil) => rowsOf(pupil).result),
        visit: sum((pupil) => rowsOf(pupil).visit),
      });
    };

    const checkReceipt = async ({ instruction, receipt: id }: Row) => {
      const pupil = numberIn(instruction);
      const receipt = await house.receipt(id ?? "ers_none");
      same("verdict", receipt.verdict, "PASS");
      same("proof", verifyReceiptOrProof(receipt.file, { vkey: house.vkey }).result, "TRUE");
      same("rows left", await leftOf(schoolDatabase, pupil), { pupil: 0, result: 0, visit: 0 });
      const known = await house.ports.unitOfWork.transaction((unit) =>
        house.ports.subjects.find(unit, SCHOOL, { kind: PUPIL_KIND, value: String(pupil) }),
      );
      same("known to the directory", known, undefined);
      const counts = receipt.stores.flatMap(({ tables }) =>
        tables.map(({ table, erased, anonymised }) => [table, erased, anonymised]),
      );
      const { result, visit } = rowsOf(pupil);
      same("counts", counts.sort(), [
        ["jrn_entry", 0, 1],
        ["pupil", 1, 0],
        ["result", result, 0],
        ["sbj_identifier", 1, 0],
        ["sbj_subject", 1, 0],
        ["visit", 0, visit],
      ]);
    };

    const looped = await killLoop({
      script,
      args: urls,
      times,
      withinMs,
      ...(seed === undefined ? {} : { seed }),
      check,
    });
    await finishLast(urls, database, schoolDatabase);
    await check();
    return { seed: looped.seed, killed: looped.killed, inTheMiddle, receipts: checked.size };
  } finally {
    for (const each of [database, keysDatabase, schoolDatabase]) await each.close();
  }
}

/** Lets the program finish what the last kill left: the pupils who are still whole leave the school first. */
async function finishLast(
  urls: KillErasures["urls"],
  database: Awaited<ReturnType<typeof openDatabase>>,
  school: Awaited<ReturnType<typeof openDatabase>>,
): Promise<void> {
  const open: readonly Row[] = await database.knex("ret_erasure").whereNot("state", "closed").select();
  const kept = open.map(({ instruction }) => numberIn(instruction));
  const parked = await school.knex("pupil").whereNotIn("id", kept).select<{ id: number }[]>();
  await school.knex("pupil").whereNotIn("id", kept).delete();
  const program = spawnSource(script, urls);
  const { code } = await program.ended;
  await school.knex.batchInsert("pupil", parked, 50);
  same(`end of the last run: ${program.errors()}`, code, 0);
}

function numberIn(instruction: string): number {
  return Number(instruction.slice("ins_".length));
}

function same(what: string, found: unknown, wanted: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`${what}: ${one} instead of ${other}`);
}
