/** The demo school as a simulator: its own database in the data folder, seeded when it is new. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@preau/database";
import { listen } from "../listen.ts";
import type { Simulator } from "../simulator.ts";
import { schoolApp } from "./app.ts";
import { createSchoolSchema } from "./schema.ts";
import { seedSchool } from "./seed.ts";

export const schoolSimulator: Simulator = {
  id: "school",
  port: 8702,
  start: async ({ port, dataFolder, environment }) => {
    const folder = join(dataFolder, "school");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const database = await openDatabase({ url: `sqlite:${join(folder, "school.sqlite")}` });
    try {
      await createSchoolSchema(database.knex);
      await seedSchool(database.knex);
      const hubUrl = `http://127.0.0.1:${environment["PREAU_PORT"] ?? "8700"}`;
      const running = await listen(schoolApp(database.knex, { hubUrl }), port);
      return {
        url: running.url,
        stop: async () => {
          await running.stop();
          await database.close();
        },
      };
    } catch (error) {
      await database.close();
      throw error;
    }
  },
};
