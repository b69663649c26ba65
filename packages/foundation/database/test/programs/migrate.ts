/** Migrates one database in a process of its own; prints what it ran as JSON. Argument: URL. */
import { databaseMigrations, migrate, openDatabase, type Schema } from "../../src/index.ts";

const database = await openDatabase({ url: process.argv[2] ?? "" });
const slow = Array.from({ length: 8 }, (_, n) => ({
  id: `tst_00${n}_table`,
  up: async ({ knex }: Schema) => {
    if (await knex.schema.hasTable(`tst_${n}`)) return;
    await knex.schema.createTable(`tst_${n}`, (table) => void table.string("id", 40).primary());
  },
}));
const ran = await migrate(database, [databaseMigrations, { owner: "test", migrations: slow }]);
process.stdout.write(JSON.stringify(ran));
await database.close();
