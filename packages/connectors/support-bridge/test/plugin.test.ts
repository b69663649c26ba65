import { oneAgreement } from "@preau/agreement";
import { makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { inMemorySubjectDirectory, makeGate, makeIds, manualClock } from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { pluginContract } from "@preau/testing";
import { afterAll } from "vitest";
import { makeSupport, supportBridgeOptions, supportBridgePlugin } from "../src/index.ts";
import { agreement } from "./support-house.ts";

const clock = manualClock();
const ids = makeIds(clock);
const database = await openDatabase({ url: "sqlite::memory:" });
await migrate(database, [keyMigrations]);
const vault = await openKeyStore({ database, rootKey: Buffer.alloc(32, 7), clock, ids });
const agreements = oneAgreement(agreement);
const made = { agreements, clock, gate: makeGate({ clock, tableFor: () => undefined }), vault };
const support = makeSupport(supportBridgeOptions.parse({}), {
  ...{ ...made, subjects: inMemorySubjectDirectory({ ids }), unitOfWork: makeUnitOfWork(database) },
});
afterAll(() => database.close());

pluginContract(supportBridgePlugin, { ports: { agreements, support, vault } });
