import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeOnMariaDb, freshDatabaseUrl, temporaryFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { readCheckpoint } from "../src/checkpoint.ts";
import { verifyConsistency, verifyReceiptOrProof } from "../src/index.ts";
import { about, filesOf, type OpenJournal, openJournalAt, school } from "./open-journal.ts";

const PERSONS = 60;
const persons = Array.from({ length: PERSONS }, (_, n) => ({
  id: `sub_${String(n).padStart(26, "0")}` as const,
  name: `Éloïse Testament-${n}`,
  address: `eloise.${n}@famille-${n}.example`,
}));

/** Every way in which a value must not stand in raw bytes: itself and its bare SHA-256. */
const needles = persons.flatMap(({ name, address }) =>
  [name, address, address.split("@")[0]!, name.toLowerCase()].flatMap((text) => {
    const digest = createHash("sha256").update(text).digest();
    const base64 = digest.toString("base64");
    return [
      Buffer.from(text),
      Buffer.from(JSON.stringify(text).slice(1, -1)),
      Buffer.from(text, "utf16le"),
      digest,
      Buffer.from(digest.toString("hex")),
      Buffer.from(base64.slice(0, 43)),
      Buffer.from(digest.toString("base64url")),
    ];
  }),
);
const hits = (haystack: Buffer) => needles.filter((needle) => haystack.includes(needle)).length;

async function record(opened: OpenJournal, round: number) {
  const { journal, unitOfWork } = opened;
  for (const log of ["activity", "evidence"] as const) {
    await unitOfWork.transaction((unit) =>
      journal.recordMany(
        unit,
        persons.map(({ id, name, address }, n) =>
          about(id, {
            log,
            actor:
              n % 3 === 0
                ? { role: "dataSubject", id, payload: { as: name } }
                : { role: "support", id: "act_1" },
            subject: { id, payload: { name, address, round } },
          }),
        ),
      ),
    );
  }
}

/** Records, erases 30 % of the persons in random order, and proves everything at each step. */
async function eraseThird(opened: OpenJournal, look: (when: string) => Promise<void>) {
  const { journal, sequencer, unitOfWork, keyStore } = opened;
  const vkey = { activity: journal.vkey("activity"), evidence: journal.vkey("evidence") };
  const heads: { activity: string[]; evidence: string[] } = { activity: [], evidence: [] };
  const settle = async () => {
    await sequencer.runOnce();
    for (const log of ["activity", "evidence"] as const)
      heads[log].push((await journal.checkpoint(log)) ?? "");
  };
  await record(opened, 1);
  await look("unnumbered");
  await settle();
  await look("numbered");

  const erased = [...persons].sort(() => Math.random() - 0.5).slice(0, PERSONS * 0.3);
  for (const { id } of erased.slice(0, 10)) await journal.forget(school, id);
  await keyStore.destroy(
    erased.slice(10).map(({ id }) => ({ controller: school, kind: "subject", id }) as const),
  );
  await look("erased");
  await record(opened, 2); // also about the erased: it happened, but nothing comes back
  await settle();
  await look("after");

  const gone = new Set(erased.map(({ id }) => id));
  for (const log of ["activity", "evidence"] as const) {
    expect(await journal.audit(log)).toEqual({ holds: true, size: 2 * PERSONS });
    const entries = await unitOfWork.transaction((unit) =>
      journal.entries(unit, { controller: school, log, limit: 1000 }),
    );
    expect(entries.filter((entry) => entry.subject === undefined)).toHaveLength(2 * gone.size);
    for (const entry of entries) {
      if (entry.subject !== undefined) expect(gone.has(entry.subject.id)).toBe(false);
      const proof = (await journal.prove(school, entry.id)) ?? "";
      expect(verifyReceiptOrProof(proof, { vkey: vkey[log] }).result).toBe("TRUE");
    }
    const [older, newer] = heads[log].map((text) => readCheckpoint(text)!);
    const proof = await journal.proveConsistency(log, older!.size, newer!.size);
    expect(verifyConsistency(older!, newer!, proof)).toBe(true);
  }
  for (const { id } of persons) {
    const about = await unitOfWork.transaction((unit) =>
      journal.entries(unit, { controller: school, subject: id }),
    );
    expect(about).toHaveLength(gone.has(id) ? 0 : 4);
  }
}

describe("random erasure of 30 % of the subjects (D12.2, DD.7) on SQLite", () => {
  it("keeps every proof, and no raw file ever holds a name, an address or its SHA-256", async () => {
    const path = temporaryFolder();
    const [data, keys] = [join(path, "data.sqlite"), join(path, "keys.sqlite")];
    const opened = await openJournalAt({ data: `sqlite:${data}`, keys: `sqlite:${keys}` });
    onTestFinished(opened.close);
    const looked: string[] = [];
    await eraseThird(opened, async (when) => {
      const files = [...filesOf(data), ...filesOf(keys)];
      for (const file of files)
        expect(hits(readFileSync(file)), `${when} ${file.slice(path.length)}`).toBe(0);
      looked.push(`${when} ${files.length}`);
    });
    expect(looked).toHaveLength(4);
    expect(hits(Buffer.from(`x${persons[3]!.address}x`))).toBeGreaterThan(0); // the search itself finds
  });
});

describeOnMariaDb("random erasure of 30 % of the subjects (D12.2, DD.7) on MariaDB", () => {
  it("keeps every proof, and no table ever holds a name, an address or its SHA-256", async () => {
    const urls = { data: await freshDatabaseUrl("mariadb"), keys: await freshDatabaseUrl("mariadb") };
    const opened = await openJournalAt(urls);
    onTestFinished(opened.close);
    await eraseThird(opened, async (when) => {
      for (const { knex } of [opened.database, opened.keysDatabase]) {
        const [tables] = (await knex.raw("show tables")) as [Record<string, string>[]];
        for (const table of tables.flatMap((row) => Object.values(row))) {
          const rows: Record<string, unknown>[] = await knex<Record<string, unknown>>(table);
          const cells = rows.flatMap((row) => Object.values(row));
          const bytes = cells.flatMap((cell) =>
            Buffer.isBuffer(cell) ? [cell] : [Buffer.from(String(cell))],
          );
          expect(hits(Buffer.concat(bytes)), `${when} ${table}`).toBe(0);
        }
      }
    });
  });
});
