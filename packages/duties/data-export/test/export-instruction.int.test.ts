/** Packages ordered on an instruction of the ledger, for a data subject's request: what it must say, and what is told of it. */
import { readdir } from "node:fs/promises";
import { openDatabase } from "@preau/database";
import { type InstructionId, instant, manualClock, type NewInstruction, type RequestId } from "@preau/kernel";
import { subjectsPersonalData } from "@preau/subjects";
import { codeOf, describeEachDatabase, temporaryFolder } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { linkOf } from "../src/export-link.ts";
import { claimLink, endDownload } from "../src/export-link-fetch.ts";
import { cancelExport } from "../src/export-order-cancel.ts";
import { listExports } from "../src/export-order-list.ts";
import { type NewExport, orderExport } from "../src/export-order-place.ts";
import { OTHER_SCHOOL, openExportHouse, SCHOOL } from "./export-house.ts";
import { openSite } from "./http/site.ts";
import { contentOf } from "./package.ts";

const DPO = { role: "controllerDpo" } as const;
const STAFF = { role: "publisherDpo" } as const;
const ABOUT: RequestId = "rqs_01kat2v6m0x3w8r5n9c4f7h1q2";

describeEachDatabase("exports on an instruction", openDatabase, (fresh) => {
  async function open() {
    const database = await fresh();
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
    const folder = temporaryFolder();
    const house = await openExportHouse(
      { database, keysDatabase },
      { clock, folder, makeContent: () => contentOf([{ path: "a", bytes: "a" }]) },
    );
    const { ports } = house;
    const subject = await house.identify(1);
    const write = (given: Partial<NewInstruction> = {}): Promise<InstructionId> =>
      ports.unitOfWork.transaction((unit) =>
        ports.instructions.record(unit, {
          ...{ controller: SCHOOL, kind: "export", clause: "D10.1a", scope: { subject }, by: DPO },
          ...given,
        }),
      );
    const order = (more: Partial<NewExport>) =>
      orderExport(ports, {
        ...{ controller: SCHOOL, what: { kind: "access", subject }, language: "fr", by: STAFF, about: ABOUT },
        protection: { kind: "zip", passphrase: "made" },
        ...more,
      });
    const states = () => house.progress.map(({ state }) => state);
    return { ...house, database, clock, folder, subject, write, order, states };
  }

  it("need one of the ledger that orders an export of that person, or a reference, or the controller’s own press (D6.1c)", async () => {
    const { ports, subject, identify, write, order } = await open();
    const revoked = await write();
    await ports.unitOfWork.transaction((unit) =>
      ports.instructions.revoke(unit, { controller: SCHOOL, id: revoked, by: DPO }),
    );
    const wrong = [
      await write({ kind: "answerDataSubject" }),
      await write({ kind: "staffAccess" }),
      await write({ scope: { subject: await identify(2) } }),
      await write({ scope: { subject, categories: ["name"] } }),
      await write({ controller: OTHER_SCHOOL }),
      revoked,
    ];
    for (const instruction of wrong)
      expect(await codeOf(order({ instruction }))).toBe("EXPORT_NEEDS_INSTRUCTION");
    expect(await codeOf(order({}))).toBe("EXPORT_NEEDS_INSTRUCTION");
    expect(await codeOf(order({ instruction: "ins_no" }))).toBe("EXPORT_BAD_ORDER");
    expect(await codeOf(order({ by: DPO, about: "rqs_<b>" }))).toBe("EXPORT_BAD_ORDER");
    const fits = await write();
    const { id } = await order({ instruction: fits });
    const forThePerson = await write({ scope: { subject, recipients: ["dataSubject"] } });
    await order({ instruction: forThePerson });
    const own = await order({ by: DPO });
    const orders = new Map((await listExports(ports, SCHOOL)).map((each) => [each.id, each]));
    expect(orders.get(id)).toMatchObject({ instruction: fits, about: ABOUT });
    // The press of the controller's own people is an instruction, and stands in the ledger.
    const pressed = orders.get(own.id)?.instruction;
    expect(pressed).toMatch(/^ins_/);
    expect(await ports.unitOfWork.transaction((unit) => ports.instructions.of(unit, SCHOOL, own.id))).toEqual(
      [pressed],
    );
    const [entry] = await ports.unitOfWork.transaction((unit) =>
      ports.journal.entries(unit, { controller: SCHOOL, type: "data-export.ordered" }),
    );
    expect(entry?.payload).toMatchObject({ instruction: pressed, about: ABOUT });
  });

  it("are not made of whose data is restricted, ordered before or after (D10.1a)", async () => {
    const { ports, database, clock, worker, write, order, subject, identify, states } = await open();
    const { source } = subjectsPersonalData({ database, keyStore: ports.vault, clock });
    ports.sources.set("subjects", {
      source,
      second: { lookAgain: () => Promise.reject(new Error("not asked")) },
    });
    const instruction = await write();
    const before = await order({ instruction });
    await source.restrict(SCHOOL, { subject, identifiers: [] });
    await worker.drain();
    expect(states()).toEqual(["ordered", "failed"]);
    expect(await codeOf(linkOf(ports, { controller: SCHOOL, id: before.id, by: STAFF }))).toBe(
      "EXPORT_NOT_READY",
    );
    expect(await codeOf(order({ instruction }))).toBe("EXPORT_RESTRICTED");
    const other = await identify(2);
    await order({
      instruction: await write({ scope: { subject: other } }),
      what: { kind: "access", subject: other },
    });
    await source.lift(SCHOOL, { subject, identifiers: [] });
    const { id } = await order({ instruction: await write() });
    await worker.drain();
    expect(await linkOf(ports, { controller: SCHOOL, id, by: STAFF })).toMatchObject({
      path: expect.any(String),
    });
  });

  it("tell the request what became of them (D10.1a)", async () => {
    const { ports, options, worker, write, order, progress, states, folder } = await open();
    const { id } = await order({ instruction: await write() });
    expect(progress).toEqual([{ controller: SCHOOL, order: id, about: ABOUT, state: "ordered" }]);
    await worker.drain();
    const { path } = await linkOf(ports, { controller: SCHOOL, id, by: STAFF });
    const claim = await claimLink(ports, options, path.split("/").at(-1) ?? "");
    await endDownload(ports, claim, "broken");
    expect(states()).toEqual(["ordered", "made"]);
    const again = await claimLink(ports, options, path.split("/").at(-1) ?? "");
    await endDownload(ports, again, "complete");
    expect(states()).toEqual(["ordered", "made", "fetched"]);
    const second = await order({ instruction: await write() });
    await cancelExport(ports, options, {
      controller: SCHOOL,
      id: second.id,
      by: { ...STAFF, reference: "LET-1" },
    });
    expect(states().slice(3)).toEqual(["ordered", "cancelled"]);
    // An order about no request tells nobody.
    await order({ instruction: await write(), about: undefined });
    expect(progress).toHaveLength(5);
    expect(await readdir(folder)).toEqual([id]);
  });

  it("asks staff for the ledger where one person's data is ordered: a reference alone is refused (D6.1c, D10.1c)", async () => {
    const { order } = await open();
    await expect(
      order({ instruction: undefined, by: { ...STAFF, reference: "LET-1" } }),
    ).rejects.toMatchObject({
      code: "EXPORT_NEEDS_INSTRUCTION",
      place: "instruction",
    });
  });

  it("are handed to nobody once it is taken back, unless they were fetched (D6.1c)", async () => {
    const { ports, options, worker, write, order, states, folder, clock } = await open();
    const instruction = await write();
    const [fetched, waits] = [await order({ instruction }), await order({ instruction })];
    await worker.drain();
    const linked = await linkOf(ports, { controller: SCHOOL, id: fetched.id, by: STAFF });
    const claim = await claimLink(ports, options, linked.path.split("/").at(-1) ?? "");
    await endDownload(ports, claim, "complete");
    const { path } = await linkOf(ports, { controller: SCHOOL, id: waits.id, by: STAFF });
    await ports.unitOfWork.transaction((unit) =>
      ports.instructions.revoke(unit, { controller: SCHOOL, id: instruction, by: DPO }),
    );
    expect(await codeOf(claimLink(ports, options, path.split("/").at(-1) ?? ""))).toBe("EXPORT_NO_LINK");
    expect(await codeOf(linkOf(ports, { controller: SCHOOL, id: waits.id, by: STAFF }))).toBe(
      "EXPORT_NOT_READY",
    );
    clock.advance(1);
    await worker.drain();
    expect(await readdir(folder)).toEqual([fetched.id]);
    expect(states().filter((state) => state === "cancelled")).toHaveLength(1);
    const shown = new Map((await listExports(ports, SCHOOL)).map(({ id, state }) => [id, state]));
    expect([shown.get(fetched.id), shown.get(waits.id)]).toEqual(["fetched", "cancelled"]);
  });

  it("keep what the page that led there said, and no reference is asked for (S7)", async () => {
    const site = await openSite(await fresh());
    const subject = await site.identify(4711);
    const instruction = await site.ports.unitOfWork.transaction((unit) =>
      site.ports.instructions.record(unit, {
        ...{ controller: SCHOOL, kind: "export", clause: "D10.1a", scope: { subject }, by: DPO },
      }),
    );
    const staff = site.browser();
    await staff.signIn("publisherDpo");
    const query = `what=person&controller=${SCHOOL}&kind=portability&about=${ABOUT}&instruction=${instruction}`;
    const from = `/exports/new?${query}&person=${subject}`;
    const form = await staff.ask(from);
    expect(form.text).toContain(`value="${subject}"`);
    expect(form.text).toMatch(
      /<option[^>]*value="portability"[^>]*selected|selected[^>]*value="portability"/,
    );
    expect(form.text).not.toContain('name="reference"');
    const answer = await staff.send("/exports", from, {
      ...{ language: "fr", protection: "zip", kind: "portability", person: subject },
      ...{ about: ABOUT, instruction, controller: SCHOOL },
    });
    expect(answer.status).toBe(200);
    const [order] = await listExports(site.ports, SCHOOL);
    expect(order).toMatchObject({ instruction, about: ABOUT, what: { kind: "portability", subject } });
    expect((await staff.ask(`/exports/${order?.id ?? ""}`)).text).toContain(instruction);
    const forged = await staff.ask(
      `/exports/new?what=person&controller=${SCHOOL}&about=<script>&person=4711`,
    );
    expect(forged.text).not.toMatch(/<script>|4711/);
  });
});
