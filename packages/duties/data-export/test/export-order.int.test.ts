/** Orders from their making to their end, on real databases, keys and files. */
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type Database, openDatabase } from "@preau/database";
import { addHours, instant, manualClock } from "@preau/kernel";
import { makeAgeIdentity } from "@preau/keys";
import { describeEachDatabase, temporaryFolder } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { linkOf } from "../src/export-link.ts";
import { claimLink, endDownload, lookAtLink } from "../src/export-link-fetch.ts";
import { packageNameOf } from "../src/export-order.ts";
import { cancelExport } from "../src/export-order-cancel.ts";
import { packageFile } from "../src/export-order-folder.ts";
import { fileKey } from "../src/export-order-keys.ts";
import { listExports, shownState } from "../src/export-order-list.ts";
import { type NewExport, orderExport } from "../src/export-order-place.ts";
import { PACKAGE } from "../src/export-order-run.ts";
import { openSealed, readSealed } from "../src/spool-sealed-file.ts";
import { type ExportHouseOptions, OTHER_SCHOOL, openExportHouse, SCHOOL } from "./export-house.ts";
import { contentOf, type TestFile, text } from "./package.ts";

const run = promisify(execFile);
const DPO = { role: "controllerDpo" } as const;
const FILES: readonly TestFile[] = [
  { path: "a.txt", bytes: "Élève Zoé" },
  { path: "dossier/b.txt", bytes: "b".repeat(300_000) },
];

async function open(database: Database, given: Partial<ExportHouseOptions> = {}) {
  const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
  onTestFinished(() => keysDatabase.close());
  const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
  const folder = temporaryFolder();
  const house = await openExportHouse(
    { database, keysDatabase },
    { clock, folder, makeContent: () => contentOf(FILES), ...given },
  );
  const order = (more: Partial<NewExport> = {}) =>
    orderExport(house.ports, {
      controller: SCHOOL,
      what: { kind: "database", store: "school" },
      language: "fr",
      protection: { kind: "zip", passphrase: "made" },
      by: DPO,
      ...more,
    });
  const first = async (controller = SCHOOL) => {
    const [found] = await listExports(house.ports, controller);
    if (found === undefined) throw new Error("no export");
    return found;
  };
  /** The file as whoever fetches it gets it. */
  const fetched = async () => {
    const one = await first();
    const key = await fileKey(house.ports, one);
    const sealed = await openSealed({ file: packageFile(house.options, one.id), key, context: PACKAGE });
    if (sealed === undefined) throw new Error("no package");
    const out = path.join(temporaryFolder(), packageNameOf(one));
    const chunks: Uint8Array[] = [];
    for await (const chunk of readSealed(sealed)) chunks.push(chunk);
    await sealed.handle.close();
    await writeFile(out, Buffer.concat(chunks));
    return out;
  };
  return { ...house, clock, folder, order, first, fetched };
}

describeEachDatabase("exports", openDatabase, (openOne) => {
  it("makes the package that was ordered, locked with the passphrase that was shown once (D10.1a, S8)", async () => {
    const house = await open(await openOne());
    const { id, passphrase = "" } = await house.order();
    expect(passphrase).toMatch(/^(?:[0-9a-z]{4}-){5}[0-9a-z]{4}$/);
    await house.worker.drain();
    const made = await house.first();
    expect(made).toMatchObject({ id, state: "ready", files: 4, madeAt: house.clock.now() });
    expect(made.destroyBy).toBe("2026-11-30T08:00:00.000Z");
    const out = await house.fetched();
    const { stdout } = await run("sha256sum", [out]);
    expect(stdout.slice(0, 64)).toBe(made.sha256);
    await run("7z", ["t", `-p${passphrase}`, out]);
    const row = await house.database.knex("exp_order").first();
    expect(row.passphrase).toBeNull();
    expect(await readdir(path.join(house.folder, id))).toEqual(["package.sealed"]);
    expect((await readFile(path.join(house.folder, id, "package.sealed"))).includes("contents.zip")).toBe(
      false,
    );
    expect(await house.journalled()).toEqual(["evidence data-export.ordered", "activity data-export.made"]);
    expect(house.lines.join()).not.toContain(passphrase);
  });

  it("locks for the public key that was given (D10.1a)", async () => {
    const house = await open(await openOne());
    const { identity, recipient } = await makeAgeIdentity();
    const { passphrase } = await house.order({ protection: { kind: "age", recipients: [recipient] } });
    expect(passphrase).toBeUndefined();
    await house.worker.drain();
    const key = path.join(house.folder, "key");
    await writeFile(key, identity);
    const out = await house.fetched();
    expect(out).toMatch(/\.zip\.age$/);
    await run("age", ["-d", "-i", key, "-o", `${out}.zip`, out]);
    await run("unzip", ["-tq", `${out}.zip`]);
    await expect(
      house.order({ protection: { kind: "age", recipients: ["age1nobody"] } }),
    ).rejects.toMatchObject({ code: "KEYS_AGE_RECIPIENT" });
  });

  it("asks the publisher's staff for the instruction, and refuses without one (D6.1c)", async () => {
    const house = await open(await openOne());
    for (const reference of [undefined, " ", "x".repeat(201)])
      await expect(house.order({ by: { role: "publisherDpo", reference } })).rejects.toMatchObject({
        code: "EXPORT_NEEDS_INSTRUCTION",
        clause: "D6.1c",
      });
    await house.order({ by: { role: "publisherDpo", reference: "LET-7" } });
    expect(await house.first()).toMatchObject({ orderedBy: "publisherDpo", reference: "LET-7" });
  });

  it("hands nothing out where the agreement does not say for how long (D10.1a)", async () => {
    for (const lacks of ["openExportLink", "keepExports"]) {
      const database = await openOne();
      const house = await open(database, {
        agreement: (whole) => ({ ...whole, periods: whole.periods.filter(({ id }) => id !== lacks) }),
      });
      await expect(house.order()).rejects.toMatchObject({
        code: "AGREEMENT_NO_DURATION",
        clause: "D10.1a",
        place: lacks,
      });
      expect(await listExports(house.ports, SCHOOL)).toEqual([]);
    }
  });

  it("finds nobody of another controller, and none of its stores (S7)", async () => {
    const house = await open(await openOne());
    const subject = await house.identify(1);
    const access = { kind: "access", subject } as const;
    await house.order({ what: access });
    await expect(house.order({ controller: OTHER_SCHOOL, what: access })).rejects.toMatchObject({
      code: "EXPORT_NO_SUBJECT",
    });
    await expect(house.order({ controller: OTHER_SCHOOL })).rejects.toMatchObject({
      code: "EXPORT_BAD_ORDER",
    });
    expect(await listExports(house.ports, OTHER_SCHOOL)).toEqual([]);
    const { id } = await house.first();
    const theirs = { controller: OTHER_SCHOOL, id, by: DPO };
    await expect(cancelExport(house.ports, house.options, theirs)).rejects.toMatchObject({
      code: "EXPORT_NO_EXPORT",
    });
    await expect(linkOf(house.ports, theirs)).rejects.toMatchObject({ code: "EXPORT_NO_EXPORT" });
  });

  it("orders once for a form that is sent twice", async () => {
    const house = await open(await openOne());
    const one = await house.order({ press: "p1" });
    const two = await house.order({ press: "p1" });
    expect(two).toEqual({ id: one.id });
    expect(await listExports(house.ports, SCHOOL)).toHaveLength(1);
  });

  it("goes on after a lost connection, and makes no entry twice (S8)", async () => {
    const made: string[] = [];
    let lost = true;
    const entry = (name: string, fails = false): TestFile => ({
      path: name,
      bytes: async function* () {
        made.push(name);
        yield* text(name.repeat(400_000));
        if (fails && lost) throw Object.assign(new Error("connection lost"), { code: "ECONNRESET" });
      },
    });
    const house = await open(await openOne(), {
      makeContent: () => contentOf([entry("one"), entry("two"), entry("three", true), entry("four")]),
    });
    const { passphrase = "" } = await house.order();
    await house.worker.drain();
    expect(await house.first()).toMatchObject({ state: "running" });
    lost = false;
    house.clock.advance(60_000);
    await house.worker.drain();
    expect(await house.first()).toMatchObject({ state: "ready", files: 6 });
    expect(made).toEqual(["one", "two", "three", "three", "four"]);
    const out = await house.fetched();
    await run("7z", ["x", `-p${passphrase}`, `-o${path.dirname(out)}`, out]);
    const inner = path.join(path.dirname(out), "contents.zip");
    await run("unzip", ["-q", inner, "-d", path.join(path.dirname(out), "in")]);
    await run("sha256sum", ["-c", "SHA256SUMS"], { cwd: path.join(path.dirname(out), "in") });
  });

  it("reads anew what is read as one, after a lost connection (D10.1a)", async () => {
    const made: string[] = [];
    let lost = true;
    const entry = (name: string, apart: boolean): TestFile => ({
      ...{ path: name, apart },
      bytes: async function* () {
        made.push(name);
        yield* text(name);
        if (name === "last" && lost) throw new Error("lost");
      },
    });
    const house = await open(await openOne(), {
      makeContent: () => contentOf([entry("table", false), entry("dump", true), entry("last", true)]),
    });
    await house.order();
    await house.worker.drain();
    lost = false;
    house.clock.advance(60_000);
    await house.worker.drain();
    expect(await house.first()).toMatchObject({ state: "ready", files: 5 });
    expect(made).toEqual(["table", "dump", "last", "table", "last"]);
  });

  it("keeps nothing in clear between two runs (S7)", async () => {
    const house = await open(await openOne(), {
      makeContent: () =>
        contentOf([
          { path: "Zoé.txt", bytes: "SECRET-OF-A-PUPIL".repeat(1_000), packed: true },
          {
            path: "b",
            bytes: async function* () {
              yield* text("x");
              throw new Error("lost");
            },
          },
        ]),
    });
    const { id } = await house.order();
    await house.worker.drain();
    const parts = path.join(house.folder, id, "parts");
    const names = await readdir(parts);
    expect(names).toHaveLength(1);
    for (const name of names) {
      expect(name).toMatch(/^[0-9a-f]{40}\.sealed$/);
      expect((await readFile(path.join(parts, name))).includes("SECRET-OF-A-PUPIL")).toBe(false);
    }
  });

  it("ends as failed, with nothing left, where no other try helps", async () => {
    const house = await open(await openOne(), {
      makeContent: () => contentOf([...FILES, { path: "../out", bytes: "x" }]),
    });
    await house.order();
    await house.worker.drain();
    expect(await house.first()).toMatchObject({ state: "failed", failure: "EXPORT_BAD_PATH" });
    expect((await house.first()).overAt).toBeDefined();
    expect(await readdir(house.folder)).toEqual([]);
    expect((await house.database.knex("exp_order").first()).passphrase).toBeNull();
  });

  it("is cancelled in the middle of its making and leaves no file, part, key or passphrase (D10.1a)", async () => {
    let begun = () => {};
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = async function* () {
      for (;;) {
        begun();
        yield Buffer.alloc(100_000, 7);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    };
    const house = await open(await openOne(), {
      makeContent: () => contentOf([...FILES, { path: "endless", bytes: slow }]),
    });
    const { id } = await house.order();
    const running = house.worker.drain();
    await started;
    await cancelExport(house.ports, house.options, { controller: SCHOOL, id, by: DPO });
    await running;
    expect(await readdir(house.folder)).toEqual([]);
    const row = await house.database.knex("exp_order").first();
    expect(row).toMatchObject({
      state: "cancelled",
      passphrase: null,
      link: null,
      over_at: house.clock.now(),
    });
    expect(await house.ports.vault.destruction({ controller: SCHOOL, kind: "controller", id })).toBeDefined();
    expect(await house.journalled()).toEqual([
      "evidence data-export.ordered",
      "evidence data-export.cancelled",
    ]);
    await expect(
      cancelExport(house.ports, house.options, { controller: SCHOOL, id, by: DPO }),
    ).rejects.toMatchObject({ code: "EXPORT_OVER" });
  });

  it("is destroyed before its time is over, file and key, and says so (D10.1a)", async () => {
    const house = await open(await openOne());
    const { id } = await house.order();
    await house.worker.drain();
    house.clock.set(instant("2026-11-30T07:40:00.000Z"));
    await house.worker.drain();
    expect((await house.first()).state).toBe("ready");
    house.clock.set(instant("2026-11-30T07:45:00.000Z"));
    await house.worker.drain();
    expect(await house.first()).toMatchObject({ state: "destroyed", overAt: house.clock.now() });
    expect(await readdir(house.folder)).toEqual([]);
    expect(await house.ports.vault.destruction({ controller: SCHOOL, kind: "controller", id })).toBeDefined();
    expect((await house.journalled()).at(-1)).toBe("evidence data-export.destroyed");
  });

  it("shows an export whose time is over as expired while nobody has destroyed it (D10.1a)", async () => {
    const house = await open(await openOne());
    await house.order();
    await house.worker.drain();
    house.clock.set(instant("2026-11-30T08:00:00.001Z"));
    expect(shownState(await house.first(), house.clock.now())).toBe("expired");
    const { id } = await house.first();
    await expect(linkOf(house.ports, { controller: SCHOOL, id, by: DPO })).rejects.toMatchObject({
      code: "EXPORT_NOT_READY",
    });
  });

  it("makes one link that is good for its time, and the next one kills it (D10.1a)", async () => {
    const house = await open(await openOne());
    const { id } = await house.order();
    const making = { controller: SCHOOL, id, by: DPO };
    await expect(linkOf(house.ports, making)).rejects.toMatchObject({ code: "EXPORT_NOT_READY" });
    await house.worker.drain();
    const one = await linkOf(house.ports, making);
    const two = await linkOf(house.ports, making);
    const tokenOf = ({ path: at }: { readonly path: string }) => at.split("/").at(-1) ?? "";
    expect(tokenOf(one)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(await house.database.knex("exp_order"))).not.toContain(tokenOf(two));
    const look = (token: string) => lookAtLink(house.ports, token);
    await expect(look(tokenOf(one))).rejects.toMatchObject({ code: "EXPORT_NO_LINK" });
    expect(await look(tokenOf(two))).toMatchObject({ id });
    expect(two.until).toBe(addHours(house.clock.now(), 72));
    house.clock.set(addHours(house.clock.now(), 72));
    expect(await look(tokenOf(two))).toMatchObject({ id });
    house.clock.advance(1);
    await expect(look(tokenOf(two))).rejects.toMatchObject({ code: "EXPORT_NO_LINK" });
  });

  it("lets one of many who press at once download; a broken download frees the link, a whole one uses it up (D10.1a)", async () => {
    const house = await open(await openOne());
    const { id } = await house.order();
    await house.worker.drain();
    const { path: at, until } = await linkOf(house.ports, { controller: SCHOOL, id, by: DPO });
    const token = at.split("/").at(-1) ?? "";
    const press = () => claimLink(house.ports, house.options, token);
    const twenty = await Promise.allSettled(Array.from({ length: 20 }, press));
    const won = twenty.filter((each) => each.status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const each of twenty)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "EXPORT_LINK_BUSY" });
    const claim = won[0]?.value;
    if (claim === undefined) throw new Error("nobody won");
    await endDownload(house.ports, claim, "broken");
    const second = await press();
    // A process that died says nothing more: after its silence another may.
    house.clock.advance(61_000);
    const third = await press();
    await endDownload(house.ports, second, "complete");
    expect((await house.first()).state).toBe("ready");
    await endDownload(house.ports, third, "complete");
    expect(await house.first()).toMatchObject({ state: "fetched", destroyBy: until });
    await expect(press()).rejects.toMatchObject({ code: "EXPORT_NO_LINK" });
    house.clock.set(until);
    await house.worker.drain();
    expect(await house.first()).toMatchObject({ state: "destroyed" });
    expect(await readdir(house.folder)).toEqual([]);
    const told = (await house.journalled()).map((line) => line.split(".").at(-1));
    expect(told.filter((each) => each === "downloadStarted")).toHaveLength(3);
    expect(told.filter((each) => each === "downloadBroken")).toHaveLength(2);
    expect(told.filter((each) => each === "downloadRefused")).toHaveLength(19);
    expect(told.filter((each) => each === "downloaded")).toHaveLength(1);
  });

  it("goes on after the contract's end, and refuses a controller whose contract never began (S10, D6.2c)", async () => {
    const house = await open(await openOne());
    await house.database.knex("ctr_contract").update({ ends_on: "2026-11-01" });
    await house.order();
    await house.database.knex("ctr_contract").delete();
    await expect(house.order()).rejects.toMatchObject({ code: "EXPORT_NO_CONTRACT", clause: "D6.2c" });
  });

  it("sweeps away what a killed worker wrote after a cancellation (D10.1a)", async () => {
    const house = await open(await openOne());
    const { id } = await house.order();
    await cancelExport(house.ports, house.options, { controller: SCHOOL, id, by: DPO });
    await mkdir(path.join(house.folder, id, "parts"), { recursive: true });
    await mkdir(path.join(house.folder, `exp_${"0".repeat(26)}`));
    house.clock.advance(11 * 60_000);
    await house.worker.drain();
    expect(await readdir(house.folder)).toEqual([]);
  });
});
