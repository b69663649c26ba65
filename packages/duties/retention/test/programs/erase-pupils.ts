/**
 * Erases pupil after pupil until it is killed: what an earlier run left open first, then the next of the school. The
 * order bears its pupil's number as its instruction, so that whoever looks afterwards knows whom it was about.
 */
import { openDatabase } from "@preau/database";
import { type Id, instant, systemClock } from "@preau/kernel";
import { orderErasure } from "../../src/order-erasure.ts";
import { runErasure } from "../../src/run-erasure.ts";
import { listOpenErasures } from "../../src/store/erasures.ts";
import { makeHouse, SCHOOL } from "../house.ts";

const [, , url = "", keysUrl = "", schoolUrl = ""] = process.argv;
const database = await openDatabase({ url });
const keysDatabase = await openDatabase({ url: keysUrl });
const schoolDatabase = await openDatabase({ url: schoolUrl });
const { ports, sources, identify } = await makeHouse({ database, keysDatabase, schoolDatabase }, systemClock);

const erase = (id: Id<"era">) => runErasure(ports, { id, controller: SCHOOL }, { sources });
process.stdout.write("started\n");

const open = await ports.unitOfWork.transaction((unit) =>
  listOpenErasures(unit, SCHOOL, instant("2999-01-01T00:00:00.000Z")),
);
for (const { id } of open) await erase(id);
for (;;) {
  const next = await schoolDatabase.knex("pupil").orderBy("id").first<{ id: number } | undefined>("id");
  if (next === undefined) break;
  const subject = await identify(next.id);
  const id = await ports.unitOfWork.transaction((unit) =>
    orderErasure(
      unit,
      ports,
      {
        controller: SCHOOL,
        subjects: [subject],
        ground: "account-deleted",
        requestedBy: "dataSubject",
        requestedAt: ports.clock.now(),
        instruction: `ins_${next.id}`,
      },
      { by: "caller" },
    ),
  );
  await erase(id);
}
process.exit(0);
