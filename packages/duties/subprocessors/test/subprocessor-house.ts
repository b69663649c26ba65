/** The house with the web's own links. */
import type { Clock } from "@preau/kernel";
import { makeLinks, webMigrations } from "@preau/web";
import { type House, type HouseGiven, type HouseOptions, makeBareHouse } from "./bare-house.ts";

export * from "./bare-house.ts";

export function makeHouse(databases: HouseGiven, clock: Clock, options: HouseOptions = {}): Promise<House> {
  const links = makeLinks({ key: Buffer.alloc(32, 5), clock });
  const migrations = [{ owner: "web", migrations: webMigrations }];
  return makeBareHouse(databases, clock, { links, migrations }, options);
}
