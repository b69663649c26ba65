import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";

const CHANGE = {
  ...{ kind: "add", startsOn: "2026-01-01" },
  entry: {
    ...{ recipient: "spareHost", clause: "DC", name: "Nuage Exemple", register: "HRB 1234 Exempelstadt" },
    ...{ fr: "Hébergement de secours", en: "Spare hosting", origins: "everyOrigin", transfers: "none" },
    ...{ deletionDelay: "hours(24)", operations: ["store"] },
  },
  content: {
    purpose: { fr: "Garder une copie.", en: "Keep a copy." },
    places: { storage: ["FR"], processing: ["FR"] },
    retention: { fr: "La durée du contrat.", en: "As long as the contract." },
    guarantees: { fr: "Mesures examinées.", en: "Measures reviewed." },
  },
};
const CONFIG = `
name: essai
controllers:
  - id: college-du-hameau
    kind: school
    name: Collège du Hameau
    region: metropole
    contracts: [{ reference: HAM-1, products: [plume], startsOn: 2025-09-01 }]
`;

describe("preau subprocessors, at the terminal (D8.2)", () => {
  it("drafts, announces, records receipt and objection, and says where clients stand (D8.3)", async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "preau.yaml"), CONFIG);
    writeFileSync(path.join(cwd, "change.json"), JSON.stringify(CHANGE));
    const env = { PREAU_DATA: path.join(cwd, "data") };
    const run = async (...args: string[]) => {
      const { code, out, err } = await preauHere(["subprocessors", ...args, "--json"], { cwd, env });
      return { code, err, answer: out === "" ? undefined : JSON.parse(out) };
    };
    const listed = await run("list");
    expect(listed.code).toBe(1); // nothing is on file yet
    expect(listed.answer.subprocessors).toHaveLength(3);
    const { answer, code } = await run("propose", "change.json");
    expect([code, answer.change]).toEqual([0, expect.stringMatching(/^spc_/)]);
    const change: string = answer.change;
    expect((await run("announce", change)).code).toBe(1); // nobody said yes
    expect((await run("announce", change, "--yes")).answer).toMatchObject({ controllers: 1 });
    expect((await run("announce", change, "--yes")).code).toBe(2);
    const told = await run("status", change);
    expect([told.code, told.answer.clients]).toEqual([
      3,
      [expect.objectContaining({ standing: "NOT_RECEIVED", delivery: "noAddress" })],
    ]);
    const client = ["--controller", "college-du-hameau"];
    const link = await run("link", change, ...client);
    expect(link.answer.url).toMatch(/\/subprocessors\/notice\/[\w-]{43}$/);
    const writing = [
      "--means",
      "letter",
      "--writer",
      "dpo",
      "--reference",
      "LRAR 77",
      "--sha256",
      "a".repeat(64),
    ];
    const now = () => new Date().toISOString();
    const early = await run(
      "receipt",
      change,
      ...client,
      ...writing,
      "--received-at",
      "2026-01-01T00:00:00.000Z",
    );
    expect([early.code, early.answer]).toEqual([2, undefined]);
    const receipt = await run("receipt", change, ...client, ...writing, "--received-at", now());
    expect([receipt.code, receipt.answer.isNew]).toEqual([0, true]);
    expect((await run("status", change)).answer.clients[0]).toMatchObject({ standing: "WINDOW_OPEN" });
    const objection = await run("object", change, ...client, ...writing, "--received-at", now());
    expect([objection.code, objection.answer.counts]).toEqual([0, true]);
    expect((await run("status", change)).code).toBe(1);
    expect((await run("withdraw", change)).code).toBe(0);
    expect((await run("changes")).answer.changes).toMatchObject([{ state: "withdrawn" }]);
    const samples = fileURLToPath(
      new URL("../../../packages/foundation/agreement/reference/samples", import.meta.url),
    );
    expect((await run("baseline", "--agreement", samples)).code).toBe(0);
    expect((await run("baseline", "--agreement", samples)).code).toBe(1);
  });
});
