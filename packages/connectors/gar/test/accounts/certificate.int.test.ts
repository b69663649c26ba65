import type { ReceiptClosing } from "@preau/journal";
import type { Instant } from "@preau/kernel";
import { codeOf } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { certificateFile, certificateForms } from "../../src/accounts/certificate-files.ts";
import {
  certifyDestructions,
  type DestructionCertificate,
  proofOfCertificate,
  sha256Of,
} from "../../src/accounts/destruction-certificate.ts";
import { MINISTRY, SCHOOL } from "./accounts-base.ts";
import { type AccountsHouse } from "./accounts-house.ts";
import { openHouse } from "./open-accounts.ts";

const DAY = 86_400_000;
type Stores = ReceiptClosing["stores"];
const looked = { referenceColumns: 3, textColumns: 3, files: 0, hits: 0 };
const unknown: Stores = [
  { store: "gar", verdict: "PASS", tables: [], lookAgain: looked },
  { store: "school", verdict: "UNKNOWN", why: "the second look did not run", tables: [] },
];
const pending: Stores = [
  { store: "gar", verdict: "PASS", tables: [], lookAgain: looked },
  {
    store: "mailer",
    verdict: "PENDING",
    why: "the store documents 48 hours",
    until: "2027-09-12T08:00:00.000Z",
    tables: [],
  },
];

const certify = async (house: AccountsHouse, year: string, controller = MINISTRY) => {
  await house.sequencer.runOnce();
  const row = await certifyDestructions(house.ports, { controller, year });
  await house.sequencer.runOnce();
  return { row, body: JSON.parse(row.body) as DestructionCertificate };
};

/** Two pupils and a teacher of 2025-2026; in the next year the pupils are erased, one of them not wholly. */
async function aYearLater() {
  const house = await openHouse("sqlite", "2026-05-04T08:00:00.000Z");
  const pupils = [await house.comesIn({ ido: "one" }), await house.comesIn({ ido: "two" })] as const;
  await house.comesIn({ ido: "t", role: "teacher" });
  house.clock.advance(300 * DAY); // 28 February 2027
  await (await house.erase([pupils[0].subject])).file();
  house.clock.advance(60_000);
  await (await house.erase([pupils[1].subject], unknown)).file();
  return { ...house, pupils };
}

describe("the yearly certificate of destruction (D12.2)", () => {
  it("counts by product, role and verdict, names receipts by their ids, and says what still stands", async () => {
    const house = await aYearLater();
    const { row, body } = await certify(house, "2026-2027");
    const [one, two] = body.receipts;
    expect(body).toMatchObject({
      schema: "preau.gar-certificate/1",
      id: row.id,
      follows: null,
      controller: MINISTRY,
      schoolYear: { name: "2026-2027", from: "2026-09-01", until: "2027-08-31" },
      wholeYear: false,
      verdict: "UNKNOWN",
      accounts: 2,
      destroyed: [
        { product: "plume", role: "pupil", lastYear: "2025-2026", verdict: "PASS", accounts: 1 },
        { product: "plume", role: "pupil", lastYear: "2025-2026", verdict: "UNKNOWN", accounts: 1 },
      ],
      withoutReceipt: 0,
      standing: [{ product: "plume", role: "teacher", schoolYear: "2025-2026", accounts: 1 }],
      lastCopy: { date: "2027-05-31", basis: "agreement" },
    });
    expect([one?.verdict, two?.verdict]).toEqual(["PASS", "UNKNOWN"]);
    expect(two?.notVerified).toEqual([
      { store: "school", verdict: "UNKNOWN", why: "the second look did not run", until: null },
    ]);
    expect(one?.id).toMatch(/^ers_/);
    for (const { subject } of house.pupils) expect(row.body).not.toContain(subject);
  });

  it("leads to nobody once the receipt is filed, and until then by a keyed hash alone", async () => {
    const house = await openHouse("sqlite", "2026-05-04T08:00:00.000Z");
    const { subject } = await house.comesIn({ ido: "one" });
    const erasing = await house.erase([subject]);
    const [open] = await house.rows("gar_destruction");
    expect(open).toMatchObject({ receipt: null, subject_hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(open)).not.toContain(subject);
    expect((await certify(house, "2025-2026")).body).toMatchObject({
      verdict: "UNKNOWN",
      accounts: 1,
      withoutReceipt: 1,
      receipts: [],
    });
    const receipt = await erasing.file();
    expect(await house.rows("gar_destruction")).toMatchObject([
      { subject_hash: null, receipt, verdict: "PASS", closed_at: house.clock.now() },
    ]);
  });

  it("says PENDING with its day, and what the receipt says that looked again", async () => {
    const house = await openHouse("sqlite", "2027-09-10T08:00:00.000Z");
    const { subject } = await house.comesIn({ ido: "one" });
    const first = await (await house.erase([subject], pending)).file();
    const before = await certify(house, "2027-2028");
    expect(before.body).toMatchObject({ verdict: "PENDING", receipts: [{ id: first, followedBy: null }] });
    expect(before.body.receipts[0]?.notVerified).toEqual([
      {
        store: "mailer",
        verdict: "PENDING",
        why: "the store documents 48 hours",
        until: "2027-09-12T08:00:00.000Z",
      },
    ]);
    house.clock.advance(3 * DAY);
    const second = await followUp(house, first);
    const after = await certify(house, "2027-2028");
    expect(after.body).toMatchObject({
      follows: before.row.id,
      verdict: "PASS",
      destroyed: [{ verdict: "PASS", accounts: 1 }],
      receipts: [{ id: first, verdict: "PASS", followedBy: second, notVerified: [] }],
    });
  });

  it("never says more than a receipt: one that cannot be read is UNKNOWN", async () => {
    const house = await aYearLater();
    await house.database.knex("gar_destruction").update({ receipt: "ers_gone", verdict: "PASS" });
    const { body } = await certify(house, "2026-2027");
    expect(body).toMatchObject({ verdict: "UNKNOWN", destroyed: [{ verdict: "UNKNOWN", accounts: 2 }] });
    expect(body.receipts).toMatchObject([
      { id: "ers_gone", verdict: "UNKNOWN", closedAt: null, accounts: 2 },
    ]);
  });

  it("is one while nothing has changed, and its hash stands in the evidence log with a proof", async () => {
    const house = await aYearLater();
    const { row } = await certify(house, "2026-2027");
    house.clock.advance(DAY);
    expect((await certify(house, "2026-2027")).row).toEqual(row);
    const entries = await house.entries("gar.destructionCertified");
    expect(entries).toMatchObject([
      {
        id: row.entry,
        log: "evidence",
        clause: "D12.2",
        payload: { certificate: row.id, sha256: sha256Of(row.body), accounts: 2, receipts: 2 },
      },
    ]);
    expect(await proofOfCertificate(house.ports, row)).toMatch(/^c2sp\.org\/tlog-proof@v1/);
    house.clock.advance(365 * DAY);
    expect((await certify(house, "2026-2027")).body).toMatchObject({ follows: row.id, wholeYear: true });
  });

  it("is of one controller, and of the GAR's accounts alone", async () => {
    const house = await aYearLater();
    const ent = { id: "lycee-ent", origin: "outsideGar" } as const;
    const other = await house.comesIn({ ido: "e", provider: ent });
    await (await house.erase([other.subject])).file();
    expect((await certify(house, "2026-2027")).body.accounts).toBe(2);
    expect((await certify(house, "2026-2027", SCHOOL)).body).toMatchObject({
      accounts: 0,
      verdict: "UNKNOWN",
    });
    expect((await certify(house, "2025-2026")).body.accounts).toBe(0);
    expect(await codeOf(certify(house, "2026-2028"))).toBe("GAR_BAD_SCHOOL_YEAR");
  });

  it.each(["fr", "en"] as const)("is a document in %s, in every form", async (language) => {
    const house = await aYearLater();
    const { row } = await certify(house, "2026-2027");
    const texts = new Map<string, string>();
    for (const form of certificateForms) {
      const bytes = await certificateFile(house.ports, row, { form, language });
      texts.set(form, Buffer.from(bytes).toString("latin1"));
      expect(bytes.length).toBeGreaterThan(100);
    }
    expect(texts.get("pdf")?.slice(0, 5)).toBe("%PDF-");
    const md = Buffer.from(texts.get("md") ?? "", "latin1").toString();
    expect(md).toContain(
      language === "fr" ? "Certificat de destruction 2026-2027" : "Certificate of destruction 2026-2027",
    );
    for (const { id } of (JSON.parse(row.body) as DestructionCertificate).receipts)
      expect(md.replaceAll("\\", "")).toContain(id);
    expect(texts.get("json")).toBe(Buffer.from(row.body).toString("latin1"));
  });
});

async function followUp(house: AccountsHouse, follows: `ers_${string}`) {
  return house.unitOfWork.transaction(async (unit) => {
    const dueAt: Instant = house.clock.now();
    const id = await house.receipts.openReceipt(unit, MINISTRY, {
      ...{ ground: "retention", clause: "D12.4", dueAt, agreement: "sha256:0", follows, stores: ["mailer"] },
    });
    await house.receipts.closeReceipt(unit, MINISTRY, id, {
      stores: [{ store: "mailer", verdict: "PASS", tables: [], lookAgain: looked }],
      ...{ kept: [], notCovered: [], statements: 0, ms: 1 },
      lastCopy: { date: "2028-03-13", basis: "agreement" },
    });
    return id;
  });
}
