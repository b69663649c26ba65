/** A process that records and numbers until it is killed: run by the tests of several processes. */
import { setTimeout as wait } from "node:timers/promises";
import { controllerId } from "@preau/kernel";
import { about, openJournalAt } from "./open-journal.ts";

const [, , data = "", keys = "", name = ""] = process.argv;
const { journal, unitOfWork, sequencer } = await openJournalAt({ data, keys });
sequencer.start();
process.stdout.write("ready\n");
for (let n = 0; ; n += 1) {
  const events = Array.from({ length: 1 + (n % 9) }, (_, at) =>
    about(`sub_${(n + at) % 20}`, {
      controller: controllerId(name),
      log: at % 2 === 0 ? "activity" : "evidence",
    }),
  );
  const ids = await unitOfWork.transaction((unit) => journal.recordMany(unit, events));
  process.stdout.write(`${ids.join(" ")}\n`); // told after the commit: none of these may be lost
  await wait(2); // a log that fills as fast as it can is minutes of proofs afterwards
}
