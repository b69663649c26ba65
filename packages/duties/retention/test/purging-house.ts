/** A house whose school says who has an account out of its own table: for programs, which have no pages and no worker. */
import type { Database } from "@preau/database";
import { type Clock, type Identifier, instant, type Lifecycle, makeEvents } from "@preau/kernel";
import { closePurge } from "../src/act-on-purge.ts";
import { retentionOptions } from "../src/options.ts";
import { retentionPersonalData } from "../src/retention-personal-data.ts";
import type { RetentionPorts } from "../src/retention-ports.ts";
import { purgeOfErasure } from "../src/store/purges.ts";
import { type Databases, makeHouse, SCHOOL } from "./house.ts";
import { PUPIL_KIND } from "./school.ts";

export const PURGED = { controller: SCHOOL, source: "school" } as const;
/** Three persons a purge, which acts as soon as it is proposed, however many go. */
export const purgingOptions = retentionOptions.parse({
  lookHours: 0,
  batchPersons: 3,
  massPersons: 1_000_000,
});

export async function makePurgingHouse(databases: Databases, clock: Clock) {
  const house = await makeHouse(databases, clock);
  const ports: RetentionPorts = {
    ...house.ports,
    events: makeEvents([
      {
        "erasure.closed": async ({ controller, receipt, verdict }, unit) => {
          const purge = await purgeOfErasure(unit, controller, receipt);
          if (purge !== undefined) await closePurge(unit, purge, { receipt, verdict });
        },
      },
    ]),
  };
  const sources = new Map(house.sources);
  const school = sources.get("school");
  sources.clear();
  if (school !== undefined)
    sources.set("school", { ...school, lifecycle: tableLifecycle(databases.schoolDatabase) });
  sources.set("retention", retentionPersonalData(ports));
  for (const [id, source] of house.sources) if (id !== "school") sources.set(id, source);
  return { ...house, ports: { ...ports, sources }, sources };
}

function tableLifecycle({ knex }: Database): Lifecycle {
  const facts = (id: number) => ({
    identifier: { kind: PUPIL_KIND, value: String(id) },
    lastActivity: instant("2020-03-01T09:00:00.000Z"),
  });
  const numbers = (identifiers: readonly Identifier[]) =>
    identifiers.filter(({ kind }) => kind === PUPIL_KIND).map(({ value }) => Number(value));
  return {
    accounts: async (whose, { after = "0", limit }) => {
      if (whose !== SCHOOL) return { accounts: [] };
      const rows = await knex("pupil")
        .where("id", ">", Number(after))
        .orderBy("id")
        .limit(limit)
        .select<{ id: number }[]>("id");
      const last = rows.at(-1);
      const accounts = rows.map(({ id }) => facts(id));
      return rows.length < limit || last === undefined ? { accounts } : { accounts, next: String(last.id) };
    },
    factsOf: async (whose, identifiers) => {
      const rows = await knex("pupil").whereIn("id", numbers(identifiers)).select<{ id: number }[]>("id");
      return whose === SCHOOL ? rows.map(({ id }) => facts(id)) : [];
    },
  };
}
