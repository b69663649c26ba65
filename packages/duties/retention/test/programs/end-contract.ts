/**
 * Carries a contract's end on until its end, or until SIGKILL after that many commits: words are the folder of the
 * databases, the commits, and the minutes that have gone by.
 */
import path from "node:path";
import { oneAgreement } from "@preau/agreement";
import { localDate } from "@preau/calendar";
import { openContract, registerController } from "@preau/contracts";
import { migrate, openDatabase } from "@preau/database";
import { addMillis, type Lifecycle, manualClock } from "@preau/kernel";
import { advanceContractEnd } from "../../src/contract-end-advance.ts";
import { acknowledgeHandOver, chooseContractEnd, confirmErasure } from "../../src/contract-end-choose.ts";
import { certificates, contractEndLeases, contractEnds } from "../../src/migrations/010-contract-ends.ts";
import { holdings, restoreTests } from "../../src/migrations/011-holdings.ts";
import { liveEnds } from "../../src/store/contract-ends.ts";
import { makeHouse, SCHOOL } from "../house.ts";
import { DPO, memoryDoors, NOW, samplesPolicy } from "../memory-doors.ts";
import { fillSchool, PUPIL_KIND } from "../school.ts";

const [, , folder = "", commits = "", minutes = ""] = process.argv;
const PUPILS = Array.from({ length: 12 }, (_, n) => n + 1);
const at = (name: string) => openDatabase({ url: `sqlite:${path.join(folder, name)}` });
const [database, keysDatabase, schoolDatabase] = [
  await at("hub.sqlite"),
  await at("keys.sqlite"),
  await at("school.sqlite"),
];
if (!(await schoolDatabase.knex.schema.hasTable("pupil"))) await fillSchool(schoolDatabase, PUPILS);
const clock = manualClock(addMillis(NOW, Number(minutes) * 60_000));
const house = await makeHouse({ database, keysDatabase, schoolDatabase }, clock);
const migrations = [contractEnds, certificates, holdings, restoreTests, contractEndLeases];
await migrate(database, [{ owner: "contract-end", migrations }]);

const own = house.ports.unitOfWork;
let left = Number(commits);
const ports = {
  ...house.ports,
  agreements: oneAgreement(house.ports.agreements.of(SCHOOL), samplesPolicy),
  unitOfWork: {
    transaction: async <T>(work: Parameters<typeof own.transaction<T>>[0]): Promise<T> => {
      const result = await own.transaction(work);
      left -= 1;
      if (left === 0) process.kill(process.pid, "SIGKILL");
      return result;
    },
  },
};
const here = () => schoolDatabase.knex("pupil").orderBy("id").pluck<number[]>("id");
const factOf = (id: number) => ({ identifier: { kind: PUPIL_KIND, value: String(id) }, role: "pupil" });
const lifecycle: Lifecycle = {
  accounts: async (_, { after = "0", limit }) => {
    const page = (await here()).filter((id) => id > Number(after)).slice(0, limit);
    return { accounts: page.map(factOf), ...(page.length < limit ? {} : { next: String(page.at(-1)) }) };
  },
  factsOf: async (_, identifiers) => {
    const known = new Set((await here()).map(String));
    return identifiers
      .filter(({ kind, value }) => kind === PUPIL_KIND && known.has(value))
      .map(({ value }) => factOf(Number(value)));
  },
  access: memoryDoors().access,
};
const school = house.sources.get("school");
if (school !== undefined) house.sources.set("school", { ...school, lifecycle });

const edit = { controller: SCHOOL, actor: { role: "controllerDpo" }, version: "current" } as const;
await own.transaction(async (unit) => {
  if ((await ports.contracts.controller(unit, SCHOOL)) !== undefined) return;
  const place = { region: "metropole", zone: "Europe/Paris" } as const;
  const values = {
    kind: "school",
    name: "Collège du Hameau",
    legalForm: "EPLE",
    seat: "1, rue",
    place,
  } as const;
  await registerController(unit, ports, edit, values);
  const dates = { startsOn: localDate("2019-09-01"), endsOn: localDate("2026-11-20") };
  await openContract(unit, ports, edit, { reference: "HAM-1", products: ["plume"], ...dates });
});
const [contract] = await own.transaction((unit) => ports.contracts.contracts(unit, SCHOOL));
if (contract === undefined) throw new Error("no contract");
const [found] = await own.transaction((unit) => liveEnds(unit, SCHOOL));
const { id } =
  found ??
  (await ports.unitOfWork.transaction((unit) =>
    chooseContractEnd(unit, ports, {
      ...{ controller: SCHOOL, contract: contract.id, by: DPO, choice: "returnThenDelete" },
      out: path.join(folder, "out"),
    }),
  ));
const of = { controller: SCHOOL, id, by: DPO };
// Receipts count once they are numbered, as a running hub does all the time.
const numbering = setInterval(() => void house.sequencer.runOnce(), 20);
for (;;) {
  const { outcome, end } = await advanceContractEnd(ports, of, { batchPersons: 5 });
  if (end.stopped === "notAcknowledged")
    await ports.unitOfWork.transaction((unit) => acknowledgeHandOver(unit, ports, of));
  else if (end.stopped === "notConfirmed")
    await ports.unitOfWork.transaction((unit) => confirmErasure(unit, ports, of));
  else {
    clearInterval(numbering);
    process.stdout.write(`${outcome}\n`);
    process.exit(outcome === "certified" ? 0 : 1);
  }
}
