import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { makeHouse } from "./copy-house.ts";
import { bytesOf, notebook, PUPIL, person, work } from "./copy-notebook.ts";
import { openCopy } from "./copy-open.ts";

describe("a person's copy (D10.1a)", () => {
  it("holds a page, a PDF, the data, its schema, the files and the context", async () => {
    const records = [
      person,
      ...Array.from({ length: 60 }, (_, id) => work(id)),
      {
        where: "message",
        category: "messages",
        purpose: "runPlatform",
        row: { id: 1, sent: "2026-03-01T08:00:00Z", body: "Bonjour <script>alert(1)</script>" },
      },
      work(90, { file: { name: "exposé à l’oral.txt", size: 12, bytes: () => bytesOf("L’été arrive") } }),
      work(91, { file: { name: "groupe.txt", notGiven: "namesOthers", bytes: () => bytesOf("") } }),
      {
        where: "setting",
        category: "technical",
        purpose: "security",
        row: { id: 1, key: "theme", value: "dark" },
      },
      {
        where: "visit",
        category: "connectionAndUsage",
        purpose: "traceability",
        row: { id: 1, at: 1_760_000_000, address: "192.0.2.1" },
      },
    ];
    const house = await makeHouse({
      sources: [notebook({ records, facts: { role: "pupil", origin: "outsideGar" } })],
    });
    await house.register({ runPlatform: "publicTask" });
    for (const kind of ["access", "portability"] as const) {
      for (const language of ["fr", "en"] as const) {
        const content = house.copy(PUPIL, { kind, language });
        const opened = await openCopy(content);
        const out = process.env["COPY_OUT"];
        if (out !== undefined) {
          for (const [at, bytes] of opened.bytes) {
            const file = path.join(out, kind, language, at);
            mkdirSync(path.dirname(file), { recursive: true });
            writeFileSync(file, bytes);
          }
        }
        expect(opened.paths).toContain("index.html");
      }
    }
  });
});
