import { runInNewContext } from "node:vm";
import { instant, manualClock } from "@preau/kernel";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { makeSigner, verifyPage, verifyReceiptOrProof } from "../src/index.ts";
import type { BrowserVerifier } from "../src/verify-in-browser.ts";
import { verifyScript } from "../src/verify-page.ts";
import { about, openFreshJournal, school, signer } from "./open-journal.ts";

interface Made {
  readonly receipt: string;
  readonly proof: string;
  readonly receiptKey: string;
  readonly proofKey: string;
}

/** A receipt and the proof of an entry, out of logs of a dozen entries. */
async function make(): Promise<Made> {
  const { journal, receipts, unitOfWork, sequencer, close } = await openFreshJournal("memory", manualClock());
  const more = Array.from({ length: 6 }, (_, n) =>
    about(`sub_${n}`, { log: n < 3 ? "activity" : "evidence" }),
  );
  const id = await unitOfWork.transaction(async (unit) => {
    await journal.recordMany(unit, more);
    return receipts.openReceipt(unit, school, {
      ...{ ground: "account-deleted", clause: "D12.2", dueAt: instant("2026-11-24T08:00:00.000Z") },
      ...{ agreement: `sha256:${"ab".repeat(32)}`, stores: ["school"] },
    });
  });
  const [entry] = await unitOfWork.transaction(async (unit) => {
    await receipts.closeReceipt(unit, school, id, {
      stores: [
        {
          ...{ store: "school", verdict: "PASS" },
          tables: [{ table: "pupil", erased: 1, anonymised: 0, kept: 0 }],
          lookAgain: { referenceColumns: 3, textColumns: 2, files: 0, hits: 0 },
        },
      ],
      kept: [{ where: "invoice", rows: 2, reason: "Pièces comptables : dix ans.", clause: "D12.4" }],
      notCovered: [],
      lastCopy: { date: "2027-05-23", basis: "agreement" },
      ...{ statements: 12, ms: 340 },
    });
    return journal.recordMany(unit, more);
  });
  await sequencer.runOnce();
  const made = {
    receipt: (await receipts.receiptFile(school, id)) ?? "",
    proof: (await journal.prove(school, entry!)) ?? "",
    receiptKey: journal.vkey("evidence"),
    proofKey: journal.vkey("activity"),
  };
  await close();
  return made;
}

/** The verifier of the page, out of the very text that the page holds. */
function fromPage(): BrowserVerifier {
  const script = verifyScript();
  const verifier = script.slice(0, script.indexOf("\nconst texts"));
  const globals = { crypto, TextEncoder, TextDecoder, atob, btoa, Uint8Array };
  return runInNewContext(`${verifier}; makeBrowserVerifier()`, globals) as BrowserVerifier;
}

const verifiers: Record<string, BrowserVerifier> = {
  "the command's": async (text, vkey) => verifyReceiptOrProof(text, vkey === undefined ? {} : { vkey }),
  "the page's": fromPage(),
};

let made: Made;
beforeAll(async () => {
  made = await make();
});

const text = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
const forged = () => makeSigner(new Uint8Array(32).fill(3));
/** The file with its members changed, laid out as ours are. */
const rewritten = (file: string, change: (fields: Record<string, unknown>) => void) => {
  const fields = JSON.parse(file) as Record<string, unknown>;
  change(fields);
  const keys = Object.keys(fields).sort();
  return `${JSON.stringify(Object.fromEntries(keys.map((key) => [key, fields[key]])), null, 2)}\n`;
};

describe.each(Object.keys(verifiers))("check of receipts and proofs (D12.2, DD.7), %s verifier", (name) => {
  const verify = verifiers[name]!;
  const result = async (file: string, vkey?: string) => (await verify(file, vkey)).result;

  it("says TRUE with the log's key, and what it checked", async () => {
    expect(await verify(made.receipt, made.receiptKey)).toEqual({
      result: "TRUE",
      checks: { form: true, content: true, claims: true, inclusion: true, signature: true },
      ...{ origin: "journal.example/evidence", index: 4, size: 8, key: made.receiptKey, keyTrusted: true },
    });
    expect(await verify(made.proof, made.proofKey)).toEqual({
      result: "TRUE",
      checks: { form: true, inclusion: true, signature: true },
      ...{ origin: "journal.example/activity", index: 3, size: 6, key: made.proofKey, keyTrusted: true },
    });
  });

  it("says UNKNOWN, never TRUE, with the key that the file names itself by", async () => {
    for (const file of [made.receipt, made.proof]) {
      expect(await verify(file)).toMatchObject({ result: "UNKNOWN", keyTrusted: false });
    }
  });

  it("says FALSE with the key of another log or another signer", async () => {
    expect(await result(made.receipt, made.proofKey)).toBe("FALSE");
    expect(await result(made.receipt, forged().vkey("journal.example/evidence"))).toBe("FALSE");
    expect(await result(made.receipt, signer.vkey("other.example/evidence"))).toBe("FALSE");
    for (const vkey of ["", "not a key", `${made.receiptKey} `])
      expect(await result(made.receipt, vkey)).toBe("FALSE");
  });

  it("says FALSE after any one byte is changed, with and without key", async () => {
    for (const [file, vkey] of [
      [made.receipt, made.receiptKey],
      [made.proof, made.proofKey],
    ] as const) {
      const bytes = new TextEncoder().encode(file);
      for (let at = 0; at < bytes.length; at += 1) {
        const broken = bytes.slice();
        broken[at]! ^= 1 << (at % 8);
        expect(await result(text(broken), vkey), `byte ${at}`).toBe("FALSE");
        if (at % 5 === 0) expect(await result(text(broken)), `byte ${at}`).not.toBe("TRUE");
      }
    }
  });

  it("says FALSE after bytes are added, removed or exchanged", async () => {
    const bytes = new TextEncoder().encode(made.receipt);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length),
        fc.nat(3),
        fc.uint8Array({ maxLength: 3 }),
        async (at, gone, put) => {
          const broken = Uint8Array.from([...bytes.slice(0, at), ...put, ...bytes.slice(at + gone)]);
          const same = text(broken) === made.receipt;
          expect(await result(text(broken), made.receiptKey)).toBe(same ? "TRUE" : "FALSE");
        },
      ),
      { numRuns: 400 },
    );
  });

  it("says FALSE for a receipt under another's proof, or for a proof of no receipt", async () => {
    const swapped = rewritten(made.receipt, (fields) => (fields["proof"] = made.proof));
    expect(await result(swapped, made.proofKey)).toBe("FALSE");
    const { proof } = JSON.parse(made.receipt) as { proof: string };
    expect(await result(proof, made.receiptKey)).toBe("FALSE"); // it opens a slot whose payload is not there
  });

  it.each([
    ["nothing", ""],
    ["one brace", "{"],
    ["a list", "[]\n"],
    ["a number", "1\n"],
    ["an empty object", "{}\n"],
    ["a million open lists", "[".repeat(1_000_000)],
    ["a million open objects", '{"a":'.repeat(1_000_000)],
    ["twenty megabytes", " ".repeat(20 << 20)],
    ["twenty megabytes of a", `{"a":"${"a".repeat(20 << 20)}"}`],
    ["ten million newlines", `c2sp.org/tlog-proof@v1\n${"\n".repeat(10_000_000)}`],
    ["many dashes", `c2sp.org/tlog-proof@v1\nextra e30=\nindex 0\n\na\n0\n\n${"— a b\n".repeat(100_000)}`],
    ["zero bytes", "\0".repeat(1000)],
    ["lone surrogates", "{\ud800}"],
  ])("says FALSE for %s", async (_title, hostile) => {
    const before = performance.now();
    expect(await result(hostile, made.receiptKey)).toBe("FALSE");
    expect(await result(hostile)).toBe("FALSE");
    expect(performance.now() - before).toBeLessThan(15_000);
  });

  it("says FALSE for keys that stand twice, and for keys of the prototype", async () => {
    const twice = made.receipt.replace(
      '  "verdict": "PASS"\n',
      '  "verdict": "FAILED",\n  "verdict": "PASS"\n',
    );
    const proto = made.receipt.replace("{\n", '{\n  "__proto__": {\n    "verdict": "PASS"\n  },\n');
    for (const hostile of [twice, proto]) {
      expect(hostile).not.toBe(made.receipt);
      expect(await result(hostile, made.receiptKey)).toBe("FALSE");
    }
  });
});

describe("check of receipts (D12.2): both verifiers give one answer", () => {
  it("for files with anything in any place", async () => {
    const place = fc.constantFrom("proof", "verdict", "stores", "id", "kept", "notCovered", "schema", "more");
    await fc.assert(
      fc.asyncProperty(place, fc.jsonValue(), async (key, value) => {
        const file = rewritten(made.receipt, (fields) => (fields[key] = value));
        const [one, two] = await Promise.all(
          Object.values(verifiers).map((verify) => verify(file, made.receiptKey)),
        );
        expect(one).toEqual(two);
      }),
      // Keys that look like numbers, which an engine puts first.
      { numRuns: 300, examples: [["more", [{ 0: null, "": null }]]] },
    );
  });
});

describe("page that checks receipts (D12.2)", () => {
  it("names no address, and forbids every connection", () => {
    const page = verifyPage();
    expect(page).not.toMatch(/(https?:)?\/\/[a-z]/i);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toContain("unsafe");
    expect(page).toContain('lang="fr"');
    expect(page).toContain('lang="en"');
    expect(page.match(/<script>/g)).toHaveLength(1);
  });
});
