import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { openDatabase } from "@preau/database";
import { systemClock } from "@preau/kernel";
import { freshDatabaseUrl } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { askRelink } from "../../src/accounts/ask-relink.ts";
import { garOptions } from "../../src/options.ts";
import { MINISTRY, OTHER_UAI, UAI } from "./accounts-base.ts";
import { makeAccountsHouse } from "./accounts-house.ts";
import { describeKinds } from "./open-accounts.ts";

const PROGRAM = path.join(import.meta.dirname, "..", "programs", "approve-relink.ts");

describeKinds((kind) => {
  it("of two processes that approve one code at once, one joins and the other finds none (DD.7)", async () => {
    const [url, keysUrl] = [await freshDatabaseUrl(kind), await freshDatabaseUrl("sqlite")];
    const [database, keysDatabase] = [await openDatabase({ url }), await openDatabase({ url: keysUrl })];
    const house = await makeAccountsHouse({ database, keysDatabase }, systemClock);
    onTestFinished(async () => {
      await house.subjects.finishForgetting();
      house.vault.close();
      await database.close();
      await keysDatabase.close();
    });
    const old = await house.comesIn({ ido: "before", schools: [OTHER_UAI] });
    const now = await house.comesIn({ ido: "after" });
    const teacher = await house.comesIn({ ido: "teacher", role: "teacher" });
    const { code } = await house.unitOfWork.transaction((unit) =>
      askRelink(unit, house.ports, garOptions.parse({}), {
        ...{ controller: MINISTRY, subject: now.subject, product: "plume", role: "pupil", origin: "gar" },
        ...{ identifierKind: "gar.ido", schools: [UAI] },
      }),
    );
    const twins = [0, 1].map(() =>
      spawn(
        process.execPath,
        ["--conditions=@preau/source", PROGRAM, url, keysUrl, code, teacher.subject, old.subject],
        { stdio: ["pipe", "pipe", "inherit"] },
      ),
    );
    await Promise.all(twins.map(({ stdout }) => once(stdout, "readable")));
    const said = twins.map(({ stdout }) => text(stdout));
    for (const { stdin } of twins) stdin.write("go\n");
    const outcomes = (await Promise.all(said)).map((all) => all.trim().split("\n").at(-1));
    expect(outcomes.sort()).toEqual(["GAR_RELINK_CODE_UNKNOWN", old.subject]);
    expect(await house.subjectOf("after")).toBe(old.subject);
    expect(await house.entries("gar.relinked")).toHaveLength(1);
    const rows = (await house.rows("gar_account")).filter(({ subject }) => subject !== teacher.subject);
    expect(rows).toHaveLength(1);
  });
});
