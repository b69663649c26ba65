/** A process that archives and prunes until it is killed: run by the tests of several processes. */
import { addHours, instant, manualClock } from "@preau/kernel";
import { openJournalAt, school } from "./open-journal.ts";

const [, , data = "", keys = "", start = "", end = ""] = process.argv;
const { keeping } = await openJournalAt({ data, keys }, manualClock(instant(end)));
process.stdout.write("ready\n");
for (let hours = 2; ; hours += 2) {
  const before = addHours(instant(start), hours);
  if (before > end) break;
  await keeping.archiveActivity({ controller: school, before });
  await keeping.pruneActivity({ controller: school, before: addHours(before, -20) });
}
process.stdout.write("done\n");
process.exit(0);
