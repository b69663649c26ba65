/**
 * Writes as other pupils do, one row a transaction, and tells how long each took: a log row and the time of the last
 * visit, in turns. A process of its own, so that the eraser's work in JavaScript is not counted.
 * Arguments: database, first pupil, how many pupils. Each line on stdin asks for so many writes, or `until` the next line.
 */
import { createInterface } from "node:readline";
import { openDatabase } from "@preau/database";

const [url = "", first = "0", pupils = "1"] = process.argv.slice(2);
const database = await openDatabase({ url });
const { knex } = database;
let asked = 0;
let stop = true;
let n = 0;

async function write(): Promise<number> {
  n += 1;
  const pupil = Number(first) + (n % Number(pupils));
  const start = performance.now();
  if (n % 2 === 0) await knex("mdl_user").where({ id: pupil }).update({ lastaccess: n });
  else
    await knex("mdl_logstore_standard_log").insert({
      eventname: "\\core\\event\\course_viewed",
      component: "core",
      action: "viewed",
      target: "course",
      crud: "r",
      edulevel: 2,
      contextid: 1,
      contextlevel: 10,
      contextinstanceid: 0,
      userid: pupil,
      timecreated: n,
      other: "null",
    });
  return performance.now() - start;
}

async function work() {
  const times: number[] = [];
  while (asked > 0 || !stop) {
    if (asked > 0) asked -= 1;
    times.push(await write());
    // A pupil every two milliseconds, about.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  process.stdout.write(`${JSON.stringify(times)}\n`);
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line === "end") break;
  if (line === "until") {
    stop = false;
    void work();
  } else if (line === "stop") {
    stop = true;
  } else {
    asked = Number(line);
    stop = true;
    await work();
  }
}
await database.close();
