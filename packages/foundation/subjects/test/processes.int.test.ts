import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";
import { migrate, openDatabase } from "@preau/database";
import { keyMigrations } from "@preau/keys";
import { freshDatabaseUrl } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { subjectMigrations } from "../src/index.ts";
import { describeKinds } from "./open-directory.ts";

const run = promisify(execFile);

describeKinds((kind) => {
  it("gives three processes that identify the same persons at once the same subjects", async () => {
    const [url, keysUrl] = [await freshDatabaseUrl(kind), await freshDatabaseUrl(kind)];
    const [database, keys] = [await openDatabase({ url }), await openDatabase({ url: keysUrl })];
    onTestFinished(() => Promise.all([database.close(), keys.close()]).then(() => undefined));
    await migrate(database, [subjectMigrations]);
    await migrate(keys, [keyMigrations]);
    const file = path.join(import.meta.dirname, "programs", "identify.ts");
    const root = randomBytes(32).toString("hex");
    const answers = await Promise.all(
      [0, 1, 2].map((turn) =>
        run(process.execPath, ["--conditions=@preau/source", file, url, keysUrl, root, String(turn)]),
      ),
    );
    const [one, two, three] = answers.map(({ stdout }) => JSON.parse(stdout) as string[]);
    expect(new Set(one).size).toBe(100);
    expect([two, three]).toEqual([one, one]);
    expect(await database.knex("sbj_subject")).toHaveLength(100);
    expect(await database.knex("sbj_identifier")).toHaveLength(100);
  });
});
