import { instant, manualClock, type ReceiptId } from "@preau/kernel";
import { describeOnMariaDb } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type ReceiptClosing,
  type ReceiptOpening,
  type StoreResult,
  verifyReceiptOrProof,
} from "../src/index.ts";
import { openFreshJournal, school } from "./open-journal.ts";

const opening: ReceiptOpening = {
  ground: "account-deleted",
  clause: "D12.2",
  dueAt: instant("2026-11-24T08:00:00.000Z"),
  agreement: `sha256:${"ab".repeat(32)}`,
  stores: ["school", "mailer.log"],
};
const look = { referenceColumns: 4, textColumns: 9, files: 2, hits: 0 };
const passed = (store: string): StoreResult => ({
  ...{ store, verdict: "PASS", lookAgain: look },
  tables: [{ table: "pupil", erased: 1, anonymised: 0, kept: 0 }],
});
const closing: ReceiptClosing = {
  stores: [passed("school"), passed("mailer.log")],
  kept: [{ where: "invoice", rows: 2, reason: "Accounts are kept ten years.", clause: "D12.4" }],
  notCovered: [],
  lastCopy: { date: "2027-05-23", basis: "agreement" },
  statements: 12,
  ms: 340,
};

const suite = (kind: "memory" | "mariadb") => {
  const setUp = async () => {
    const opened = await openFreshJournal(kind, manualClock());
    onTestFinished(opened.close);
    const { receipts, unitOfWork, sequencer } = opened;
    const open = () => unitOfWork.transaction((unit) => receipts.openReceipt(unit, school, opening));
    const close = (id: ReceiptId, change: Partial<ReceiptClosing> = {}) =>
      unitOfWork.transaction((unit) => receipts.closeReceipt(unit, school, id, { ...closing, ...change }));
    const list = async (state: "opened" | "closed") =>
      (await unitOfWork.transaction((unit) => receipts.receipts(unit, school, state))).map(({ id }) => id);
    const file = async (id: ReceiptId) => {
      await sequencer.runOnce();
      return (await receipts.receiptFile(school, id)) ?? "";
    };
    return { ...opened, open, close, list, file };
  };

  it("opens before, closes after, and hands out a file that verifies", async () => {
    const { open, close, list, file, journal } = await setUp();
    const id = await open();
    expect(await list("opened")).toEqual([id]);
    expect(await file(id)).toBe("");
    expect(await close(id)).toMatchObject({ schema: "preau.receipt/1", id, verdict: "PASS" });
    expect([await list("opened"), await list("closed")]).toEqual([[], [id]]);
    const text = await file(id);
    expect(JSON.parse(text)).toMatchObject({ ...closing, id, verdict: "PASS", ground: "account-deleted" });
    expect(verifyReceiptOrProof(text, { vkey: journal.vkey("evidence") })).toMatchObject({
      result: "TRUE",
      checks: { form: true, content: true, claims: true, inclusion: true, signature: true },
      ...{ origin: "journal.example/evidence", index: 1, size: 2, keyTrusted: true },
    });
  });

  it("leaves the receipt of a run that died opened, with its entry of evidence", async () => {
    const { open, list, journal, unitOfWork } = await setUp();
    const id = await open();
    expect(await list("opened")).toEqual([id]);
    const [entry] = await unitOfWork.transaction((unit) =>
      journal.entries(unit, { controller: school, log: "evidence" }),
    );
    expect(entry).toMatchObject({ type: "journal.receiptOpened", payload: { receipt: id } });
  });

  it("closes once", async () => {
    const { open, close } = await setUp();
    const id = await open();
    await close(id);
    await expect(close(id)).rejects.toMatchObject({ code: "JOURNAL_RECEIPT_CLOSED" });
    await expect(close("ers_none")).rejects.toMatchObject({ code: "JOURNAL_RECEIPT_UNKNOWN" });
  });

  it("never says PASS for what was not covered or not looked at", async () => {
    const { open, close } = await setUp();
    const verdictOf = async (change: Partial<ReceiptClosing>) => (await close(await open(), change)).verdict;
    expect(await verdictOf({ notCovered: [{ what: "files", why: "no access" }] })).toBe("UNKNOWN");
    expect(await verdictOf({ stores: [passed("school")] })).toBe("UNKNOWN"); // a planned store without a result
    const pending = { ...passed("school"), verdict: "PENDING", until: "2026-11-25" } as const;
    expect(await verdictOf({ stores: [pending, passed("mailer.log")] })).toBe("PENDING");
    const failed = { ...passed("school"), verdict: "FAILED", why: "refused" } as const;
    expect(await verdictOf({ stores: [failed, pending, passed("mailer.log")].slice(0, 1) })).toBe("FAILED");
  });

  const { lookAgain: _, ...unlooked } = passed("school");
  it.each([
    ["PASS without a second look", { stores: [unlooked] }],
    ["PASS with a hit", { stores: [{ ...passed("school"), lookAgain: { ...look, hits: 1 } }] }],
    [
      "PASS after a look at nothing",
      {
        stores: [
          { ...passed("school"), lookAgain: { referenceColumns: 0, textColumns: 0, files: 0, hits: 0 } },
        ],
      },
    ],
    ["PENDING without a date", { stores: [{ ...passed("school"), verdict: "PENDING" }] }],
    ["FAILED without a reason", { stores: [{ ...passed("school"), verdict: "FAILED" }] }],
    ["one store twice", { stores: [passed("school"), passed("school")] }],
    ["rows kept without a reason", { kept: [{ where: "a", rows: 1, reason: "", clause: "D1" }] }],
    ["a count below zero", { kept: [{ where: "a", rows: -1, reason: "r", clause: "D1" }] }],
  ] satisfies [string, Partial<ReceiptClosing>][])("refuses %s", async (_title, change) => {
    const { open, close, list } = await setUp();
    const id = await open();
    await expect(close(id, change)).rejects.toMatchObject({ code: "JOURNAL_RECEIPT_OVERCLAIMS" });
    expect(await list("opened")).toEqual([id]);
  });

  it("shows no receipt to another controller", async () => {
    const { open, close, file, receipts } = await setUp();
    const id = await open();
    await close(id);
    expect(await file(id)).not.toBe("");
    expect(await receipts.receiptFile("college-2" as typeof school, id)).toBeUndefined();
  });
};

describe("erasure receipt (D12.2) on SQLite", () => suite("memory"));
describeOnMariaDb("erasure receipt (D12.2) on MariaDB", () => suite("mariadb"));
