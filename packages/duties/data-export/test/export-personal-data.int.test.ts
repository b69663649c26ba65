/** Exports as a store of personal data: the contract of all stores, and what becomes of packages. */
import { readdir } from "node:fs/promises";
import { type Database, openDatabase } from "@preau/database";
import { instant, manualClock, type SubjectId } from "@preau/kernel";
import {
  describeEachDatabase,
  freshDatabase,
  type InventedPerson,
  makeFolder,
  personalDataSourceContract,
  type Snapshot,
} from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { linkOf } from "../src/export-link.ts";
import { claimLink } from "../src/export-link-fetch.ts";
import { listExports } from "../src/export-order-list.ts";
import { orderExport } from "../src/export-order-place.ts";
import { exportPersonalData } from "../src/export-personal-data.ts";
import { OTHER_SCHOOL, openExportHouse, PUPIL_KIND, SCHOOL } from "./export-house.ts";
import { contentOf } from "./package.ts";

const DPO = { role: "controllerDpo" } as const;

async function open(database: Database) {
  const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
  const folder = makeFolder();
  const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
  const house = await openExportHouse(
    { database, keysDatabase },
    { clock, folder: folder.path, makeContent: () => contentOf([{ path: "a", bytes: "a" }]) },
  );
  const order = async (subject: SubjectId, reference = "LET-1") => {
    const what = { kind: "access", subject } as const;
    const { id } = await orderExport(house.ports, {
      ...{ controller: SCHOOL, what, language: "fr", by: { ...DPO, reference } },
      protection: { kind: "zip", passphrase: "made" },
    });
    await house.worker.drain();
    return id;
  };
  const close = async () => {
    await keysDatabase.close();
    folder.remove();
  };
  return {
    ...house,
    clock,
    order,
    close,
    folder: folder.path,
    ...exportPersonalData(house.ports, house.options),
  };
}

for (const kind of ["sqlite", "mariadb"] as const)
  personalDataSourceContract(`exports on ${kind}`, async () => {
    const fresh = await freshDatabase(kind);
    const database = await openDatabase({ url: fresh.url });
    const house = await open(database);
    const { knex, dialect } = database;
    const snapshot = async (): Promise<Snapshot> => {
      const rows: { id: string }[] = await knex("exp_order").select();
      return new Map([
        ["exp_order", new Map(rows.map((row) => [row.id, JSON.stringify({ ...row, restricted: 0 })]))],
      ]);
    };
    return {
      ...{ source: house.source, second: house.second, snapshot },
      controller: SCHOOL,
      otherController: OTHER_SCHOOL,
      populate: async (person: InventedPerson) => {
        const identifiers = [
          { kind: PUPIL_KIND, value: person.login },
          { kind: "mail", value: person.email },
          { kind: "name", value: person.familyName },
        ];
        const subject = await house.ports.unitOfWork.transaction((unit) =>
          house.ports.subjects.identify(unit, SCHOOL, { kind: PUPIL_KIND, value: person.login }),
        );
        // Somebody wrote an address into the reference, against the hint.
        for (let n = 0; n < 2; n += 1) await house.order(subject, `lettre de ${person.email}`);
        return { subject, identifiers };
      },
      correctable: { where: "exp_order", field: "reference" },
      plant: async (text: string) => {
        const row = {
          id: "exp_planted",
          controller: SCHOOL,
          kind: "database",
          language: "fr",
          state: "failed",
        };
        await knex("exp_order").insert({
          ...{ ...row, protection: "zip", ordered_by: "controllerDpo", ordered_at: house.clock.now() },
          reference: text,
        });
      },
      breakWrites: async () => {
        await knex.raw(
          dialect === "sqlite"
            ? "create trigger no_update before update on exp_order begin select raise(abort, 'no'); end"
            : "create trigger no_update before update on exp_order for each row signal sqlstate '45000'",
        );
        return async () => {
          await knex.raw("drop trigger no_update");
        };
      },
      close: async () => {
        await house.close();
        await database.close();
        await fresh.remove();
      },
    };
  });

describeEachDatabase("packages of an erased person", openDatabase, (fresh) => {
  const opened = async () => {
    const house = await open(await fresh());
    onTestFinished(house.close);
    return house;
  };

  it("go with the erasure: file, key and link (D12.2)", async () => {
    const house = await opened();
    const subject = await house.identify(1);
    const id = await house.order(subject);
    const { path: at } = await linkOf(house.ports, { controller: SCHOOL, id, by: DPO });
    expect(await readdir(house.folder)).toEqual([id]);
    const target = { subject, identifiers: [] };
    const plan = await house.source.plan({
      controller: SCHOOL,
      subjects: [target],
      ground: "account-deleted",
    });
    for await (const _ of house.source.erase(plan));
    expect(await readdir(house.folder)).toEqual([]);
    expect(await house.ports.vault.destruction({ controller: SCHOOL, kind: "controller", id })).toBeDefined();
    const token = at.split("/").at(-1) ?? "";
    await expect(claimLink(house.ports, house.options, token)).rejects.toMatchObject({
      code: "EXPORT_NO_LINK",
    });
    const [order] = await listExports(house.ports, SCHOOL);
    expect(order).toMatchObject({ state: "destroyed", what: { kind: "access", subject: undefined } });
    expect((await house.second.lookAgain(SCHOOL, plan.traces)).hits).toBe(0);
  });

  it("of whole databases stay until their time, and the receipt says so (D12.2)", async () => {
    const house = await opened();
    const subject = await house.identify(1);
    await orderExport(house.ports, {
      ...{ controller: SCHOOL, what: { kind: "database", store: "school" }, language: "fr", by: DPO },
      protection: { kind: "age", passphrase: "made" },
    });
    await house.worker.drain();
    const subjects = [{ subject, identifiers: [] }];
    const plan = await house.source.plan({ controller: SCHOOL, subjects, ground: "account-deleted" });
    expect(plan.kept).toMatchObject([
      { where: "packages", rows: 1, clause: "D10.1a", until: "2026-11-30T08:00:00.000Z" },
    ]);
    expect(
      (await house.source.plan({ controller: OTHER_SCHOOL, subjects, ground: "instruction" })).kept,
    ).toEqual([]);
  });

  it("of a restricted person are kept and handed to nobody (D10.1a)", async () => {
    const house = await opened();
    const subject = await house.identify(1);
    const id = await house.order(subject);
    const { path: at } = await linkOf(house.ports, { controller: SCHOOL, id, by: DPO });
    const token = at.split("/").at(-1) ?? "";
    await house.source.restrict(SCHOOL, { subject, identifiers: [] });
    await expect(claimLink(house.ports, house.options, token)).rejects.toMatchObject({
      code: "EXPORT_NO_LINK",
    });
    await expect(linkOf(house.ports, { controller: SCHOOL, id, by: DPO })).rejects.toMatchObject({
      code: "EXPORT_RESTRICTED",
    });
    await house.source.lift(SCHOOL, { subject, identifiers: [] });
    await claimLink(house.ports, house.options, token);
  });

  it("a file that an erasure left behind is found by the second look (D12.2)", async () => {
    const house = await opened();
    const subject = await house.identify(1);
    await house.order(subject);
    await house.database.knex("exp_order").update({ subject: null });
    const traces = { subjects: [{ subject, references: [], texts: [] }] };
    expect((await house.second.lookAgain(SCHOOL, traces)).where).toEqual([
      { place: "exports/files", hits: 1 },
    ]);
  });
});
