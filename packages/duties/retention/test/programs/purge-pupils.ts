/** Surveys the school, lets every purge act and erases, until nobody is left or it is killed. */
import { openDatabase } from "@preau/database";
import { instant, systemClock } from "@preau/kernel";
import { actOnPurge } from "../../src/act-on-purge.ts";
import { runErasure } from "../../src/run-erasure.ts";
import { listOpenErasures } from "../../src/store/erasures.ts";
import { listPurges } from "../../src/store/purges.ts";
import { surveyStore } from "../../src/survey.ts";
import { SCHOOL } from "../house.ts";
import { makePurgingHouse, PURGED, purgingOptions } from "../purging-house.ts";

const [, , url = "", keysUrl = "", schoolUrl = ""] = process.argv;
const databases = {
  database: await openDatabase({ url }),
  keysDatabase: await openDatabase({ url: keysUrl }),
  schoolDatabase: await openDatabase({ url: schoolUrl }),
};
const { ports, sources } = await makePurgingHouse(databases, systemClock);
process.stdout.write("started\n");

for (;;) {
  const { accounts } = await surveyStore(ports, purgingOptions, PURGED);
  const { purges, erasures } = await ports.unitOfWork.transaction(async (unit) => ({
    purges: await listPurges(unit, { controller: SCHOOL, states: ["proposed"] }),
    erasures: await listOpenErasures(unit, SCHOOL, instant("2999-01-01T00:00:00.000Z")),
  }));
  for (const { id } of erasures) await runErasure(ports, { id, controller: SCHOOL }, { sources });
  for (const purge of purges) {
    const { erasure } = await actOnPurge(ports, purgingOptions, purge);
    if (erasure !== undefined) await runErasure(ports, { id: erasure, controller: SCHOOL }, { sources });
  }
  if (accounts === 0 && erasures.length === 0) break;
}
process.exit(0);
