/** Remembers mark after mark until it is killed; says each on stdout once it is on the list. */
import { controllerId, creationMark } from "@preau/kernel";
import { openReplayList } from "../../src/replay-list.ts";

const [, , folder = "", name = "", count = "1000000"] = process.argv;
const list = openReplayList(folder);
process.stdout.write("started\n");
for (let index = 0; index < Number(count); index += 1) {
  const mark = creationMark("moodle", `${name}-${index}`, 1);
  await list.remember({
    receipt: `ers_${name}${index}`,
    controller: controllerId("college-1"),
    source: "moodle",
    ground: "account-deleted",
    marks: [mark],
  });
  process.stdout.write(`${mark}\n`);
  if (index % 5 === 4) {
    await list.settle(`ers_${name}${index - 4}`, "2020-01-01");
    await list.dropBefore("2020-01-02");
    process.stdout.write(`gone ${creationMark("moodle", `${name}-${index - 4}`, 1)}\n`);
  }
}
process.exit(0);
