/** The second half of forgetting: the keys of subjects whose rows are gone. Destroying twice is destroying once. */
import { type Database, inUnit } from "@preau/database";
import type { UnitOfWork } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { subjectScope } from "./seal-identifier.ts";
import { deleteKeysToDestroy, keysToDestroy } from "./store/subject-rows.ts";

/** Destroys what waits to be destroyed; how many keys. @clause D12.2 */
export async function finishForgetting(
  database: Database,
  units: UnitOfWork,
  keyStore: KeyStore,
): Promise<number> {
  let destroyed = 0;
  for (;;) {
    const waiting = await keysToDestroy(database.knex);
    if (waiting.length === 0) return destroyed;
    await keyStore.destroy(waiting.map(({ controller, subject }) => subjectScope(controller, subject)));
    await units.transaction((unit) => deleteKeysToDestroy(inUnit(unit), waiting));
    destroyed += waiting.length;
  }
}
