import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clauseSections } from "../src/clause-sections.ts";
import { AgreementInvalid, readAgreementFolder, referenceFolder } from "../src/index.ts";

/** `line clause`, for every heading. */
const headings = (text: string) =>
  clauseSections(text)
    .slice(1)
    .map(({ line, clause }) => `${line} ${clause ?? "–"}`);

describe("headings of an agreement's text (D1)", () => {
  it.each([
    [
      "levels 2 to 6",
      "# T\n## A · x\n### A.b · x\n###### B-2 · x\n## B.b-2 · x",
      ["2 A", "3 A.b", "4 –", "5 B.b-2"],
    ],
    ["lines of every system", "# T\r\n\r\n## A · x\r## B · x\n", ["3 A", "4 B"]],
    ["a byte-order mark", "\uFEFF## A · x\n", ["1 A"]],
    ["a title, and a second one", "# T\n\n# U\n", ["3 –"]],
    ["a clause at level 1", "# A · x\n", ["1 –"]],
    ["underlined", "# T\n\nObjet\n---\n\nA · x\n===\n", ["3 –", "6 –"]],
    ["a rule that underlines nothing", "# T\n\n---\n\n| a |\n|---|\n\n- b\n---\n", []],
    ["indented", "# T\n\n  ## A · x\n", ["3 –"]],
    ["without a space", "# T\n\n##A · x\n", ["3 –"]],
    ["another mark than the middle dot", "# T\n\n## A - x\n## B: x\n## C\n", ["3 –", "4 –", "5 –"]],
    ["in a block of code", "# T\n\n```\n## A · x\n```\n~~~~\n~~~\n## B · x\n~~~~\n## C · x\n", ["10 C"]],
    ["after a block that looks closed", "````\n```\n## A · x\n````\n## B · x", ["5 B"]],
    ["after the keys of a page", "---\nversion: 3\n---\n## A · x\n", ["4 A"]],
    ["in a block that is never closed", "# T\n\n```\n## A · x\n", []],
  ])("%s", (_what, text, found) => {
    expect(headings(text)).toEqual(found);
  });

  const yaml = readFileSync(new URL("agreement.yaml", referenceFolder), "utf8");
  const faults = (french: string, rules = yaml) => {
    try {
      readAgreementFolder(new Map(Object.entries({ "agreement.yaml": rules, "text.fr.md": french })));
      return [];
    } catch (error) {
      return error instanceof AgreementInvalid ? error.diagnostics : [];
    }
  };

  it("names the place of what is not UTF-8", () => {
    expect(faults("# T\n\n## A · ouvr\uFFFDs\n")[0]).toMatchObject({
      code: "SYNTAX",
      file: "text.fr.md",
      line: 3,
      column: 12,
    });
    expect(faults("# T\n", `${yaml}# \uFFFD\n`).map(({ code, file }) => `${code} ${file}`)).toContain(
      "SYNTAX agreement.yaml",
    );
  });

  it("answers hostile headings in time, and does not list them all", () => {
    for (const unit of ["## x\n", "#\n", "a\n---\n", "## D1 · x\n", "```\n", "# ", "-"]) {
      const text = unit.repeat(Math.floor(1_000_000 / unit.length));
      const before = process.cpuUsage();
      expect(faults(text).length).toBeLessThan(500);
      const { user, system } = process.cpuUsage(before);
      expect([unit, (user + system) / 1e6 < 6 ? "in time" : user + system]).toEqual([unit, "in time"]);
    }
  });
});
