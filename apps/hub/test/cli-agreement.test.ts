import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { referenceFolder, samplesFolder } from "@preau/agreement";
import { isFault, systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { agreementCheckCommand, type CheckOptions } from "../src/cli/agreement-command.ts";
import { agreementDiffCommand } from "../src/cli/agreement-diff-command.ts";
import type { CommandContext } from "../src/cli/command-context.ts";

type Edit = readonly [file: string, from: string | RegExp, to: string];

/** A copy of the reference agreement with passages changed. */
function folder(...edits: readonly Edit[]): string {
  const copy = path.join(temporaryFolder(), "agreement");
  cpSync(fileURLToPath(referenceFolder), copy, { recursive: true });
  for (const [file, from, to] of edits) {
    const name = path.join(copy, file);
    const text = readFileSync(name, "utf8");
    const other = text.replace(from, to);
    expect(other).not.toBe(text);
    writeFileSync(name, other);
  }
  return copy;
}

function run(work: (context: CommandContext) => number, lang = "C.UTF-8") {
  const said = { out: "", err: "" };
  const code = work({
    environment: { LANG: lang },
    cwd: "/",
    clock: systemClock,
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
  });
  return { code, ...said };
}
const check = (at: string | undefined, options: CheckOptions = {}, lang?: string) =>
  run((context) => agreementCheckCommand(context, at, options), lang);
const diff = (from: string, to: string, json = false, lang?: string) =>
  run((context) => agreementDiffCommand(context, { from, to, json }), lang);

interface CheckAnswer {
  readonly valid: boolean;
  readonly coverage: Readonly<Record<string, number>>;
  readonly diagnostics: readonly Readonly<Record<string, unknown>>[];
  readonly chains: readonly Readonly<Record<string, unknown>>[];
}
const known: Edit = ["agreement.yaml", /deletionDelay: unknown/g, "deletionDelay: none"];

describe("preau agreement check (D1, D12.2)", () => {
  it("answers 3 for the reference: valid, and one subprocessor's delay is not known", () => {
    const { code, out, err } = check(undefined);
    expect(code).toBe(3);
    expect(out).toMatch(
      /^editions-marelle {2}sha256:[0-9a-f]{64}\nfigures (\d+) of \1 bound · rules (\d+) of \2 said/,
    );
    expect(out).toMatch(/^D12\.2 .*24\shours .*supportDesk .*not documented .*UNKNOWN \*$/m);
    expect(err).toMatch(/^agreement\.yaml:\d+:\d+ unknown UNKNOWN_DELAY \[D12\.2\] .+\n {2}→ /);
  });

  it("answers 0 once every delay is known", () => {
    expect(check(folder(known)).code).toBe(0);
    expect(check(fileURLToPath(samplesFolder)).code).toBe(0);
  });

  it("answers 1 when the text says another figure, with its place and its rule (D8.3)", () => {
    const at = folder(known, [
      "text.fr.md",
      "7 jours ouvrés pour s’opposer",
      "10 jours ouvrés pour s’opposer",
    ]);
    const { code, err } = check(at);
    expect(code).toBe(1);
    expect(err).toMatch(/^text\.fr\.md:\d+:\d+ error FIGURE_DIFFERS \[D8\.3\] .*`objectToSubprocessor`/);
    expect(err.split("\n").filter((line) => /^\S+:\d+:\d+ /.test(line)).length).toBe(1);
  });

  it("answers 1 for a delay that refutes a clause, in the table as well (D12.2)", () => {
    const at = folder(["agreement.yaml", /deletionDelay: unknown/g, "deletionDelay: hours(48)"]);
    const { code, out } = check(at);
    expect(code).toBe(1);
    expect(out).toMatch(/^D12\.2 .*supportDesk .*48\shours .*REFUTED/m);
  });

  it("counts warnings as errors with --strict", () => {
    const warned = folder(known, ["agreement.yaml", /\naccepted:[\s\S]*?(?=\n[a-z#]|$)/, "\n"]);
    expect(check(warned).code).toBe(0);
    expect(check(warned).err).toMatch(/ warning [A-Z_]+ /);
    expect(check(warned, { strict: true }).code).toBe(1);
    expect(check(folder(known), { strict: true }).code).toBe(0);
  });

  it("says errors first, then what is unknown, then warnings", () => {
    const at = folder(
      ["agreement.yaml", /\naccepted:[\s\S]*?(?=\n[a-z#]|$)/, "\n"],
      ["text.fr.md", "7 jours ouvrés pour s’opposer", "10 jours ouvrés pour s’opposer"],
    );
    const severities = [...check(at).err.matchAll(/^\S+:\d+:\d+ (\w+) /gm)].map((each) => each[1]);
    const order = ["error", "unknown", "warning"];
    expect(severities).toEqual(
      severities.toSorted((a, b) => order.indexOf(a ?? "") - order.indexOf(b ?? "")),
    );
    expect(new Set(severities).size).toBe(3);
  });

  it("gives one JSON document, with the same exit code and nothing on stderr", () => {
    const { code, out, err } = check(undefined, { json: true });
    expect([code, err]).toEqual([3, ""]);
    const answer = JSON.parse(out) as CheckAnswer;
    expect(answer.valid).toBe(true);
    expect(answer.coverage["bound"]).toBe(answer.coverage["figures"]);
    expect(Object.keys(answer.coverage)).toEqual(["figures", "bound", "exempt", "rules", "said"]);
    expect(answer.diagnostics[0]).toMatchObject({
      severity: "unknown",
      code: "UNKNOWN_DELAY",
      file: "agreement.yaml",
    });
    expect(answer.chains).toContainEqual(
      expect.objectContaining({
        clause: "D12.2",
        promise: "hours(24)",
        recipient: "supportDesk",
        worst: ["unknown"],
        verdict: "UNKNOWN",
        binding: true,
      }),
    );
  });

  it("answers 1 for a folder that cannot be read as an agreement, and says nothing else", () => {
    const { code, out, err } = check(folder(["agreement.yaml", "schema:", "shema:"]));
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("UNKNOWN_KEY");
    const json = check(folder(["agreement.yaml", "schema:", "shema:"]), { json: true });
    expect([json.code, JSON.parse(json.out)]).toMatchObject([1, { valid: false, chains: [] }]);
  });

  it("speaks French", () => {
    const { out, err } = check(undefined, {}, "fr_FR.UTF-8");
    expect(out).toContain("chiffres");
    expect(err).toContain("inconnu");
  });

  it("ignores other files, and does not read what is far too large", () => {
    const at = folder(known);
    mkdirSync(path.join(at, "notes.md"));
    expect(check(at).code).toBe(0);
    truncateSync(path.join(at, "text.en.md"), 9 << 20);
    expect(() => check(at)).toThrow(expect.objectContaining({ code: "HUB_FILE_TOO_LARGE" }));
    truncateSync(path.join(at, "text.en.md"), 2 << 20);
    expect(check(at)).toMatchObject({ code: 1, err: expect.stringContaining("TOO_LARGE") as string });
  });

  it("fails for a folder that is not there", () => {
    expect(() => check("/nowhere/at/all")).toThrow(expect.objectContaining({ code: "HUB_FILE_UNREADABLE" }));
  });
});

describe("preau agreement diff (D1)", () => {
  const before = fileURLToPath(referenceFolder);

  it("answers 0 when nothing differs", () => {
    expect(diff(before, folder())).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(diff(before, before, true).out)).toMatchObject({ same: true, changes: [] });
  });

  it("answers 1 and says what changes for whom (D8.3)", () => {
    const after = folder([
      "agreement.yaml",
      /(id: objectToSubprocessor,[^}]*)workingDays\(7\)/,
      "$1workingDays(10)",
    ]);
    const { code, out, err } = diff(before, after);
    expect([code, err]).toEqual([1, ""]);
    expect(out).toMatch(
      /~ {2}D8\.3 {2}period {2}objectToSubprocessor: 7\sworking days → 10\sworking days, longer · better for the controller, worse for the processor/,
    );
    expect(diff(before, after, false, "fr_FR").out).toMatch(
      /mieux pour le responsable, moins bien pour le sous-traitant/,
    );
    expect(JSON.parse(diff(before, after, true).out)).toMatchObject({
      same: false,
      changes: [{ clause: "D8.3" }],
    });
  });

  it("answers 2 with the diagnostics when one of them is no agreement", () => {
    const broken = folder();
    rmSync(path.join(broken, "text.fr.md"));
    const { code, out, err } = diff(before, broken);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("MISSING_FILE");
  });

  it("fails for a folder that is not there", () => {
    let code: unknown;
    try {
      diff(before, "/nowhere");
    } catch (error) {
      code = isFault(error) ? error.code : error;
    }
    expect(code).toBe("HUB_FILE_UNREADABLE");
  });
});
