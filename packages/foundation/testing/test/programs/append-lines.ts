/** Appends numbered lines to a file until it is killed; with a second argument, that many and no more. */
import { appendFileSync } from "node:fs";
import { makeIds, manualClock } from "@preau/kernel";

const [, , file = "", most] = process.argv;
const ids = makeIds(manualClock());
const next = (n: number): void => {
  if (most !== undefined && n >= Number(most)) return;
  appendFileSync(file, `${ids.next("row")}\n`);
  if (n === 0) process.stdout.write("started\n");
  setImmediate(next, n + 1);
};
next(0);
