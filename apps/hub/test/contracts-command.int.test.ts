import { writeFileSync } from "node:fs";
import path from "node:path";
import { isFault, systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { addContractsCommands } from "../src/cli/contracts-program.ts";

const FILE = `référence;identifiant;type;nom;UAI;produits;début;fin
C-1;college-a;établissement;Collège A;0359902Y;plume;01/09/2026;31/08/2027
C-2;ecole-b;école;École B;0579903E;jardin plume;2026-09-01;
`;

/** The command line in this process, in a folder of its own. */
function terminal(language = "en_GB.UTF-8") {
  const cwd = temporaryFolder();
  const preau = async (...words: readonly string[]) => {
    let [code, out, err] = [-1, "", ""];
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    const context = {
      environment: { LANG: language, PREAU_DATA: path.join(cwd, "data") },
      cwd,
      clock: systemClock,
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
    };
    addContractsCommands(program, context, (value) => {
      code = value;
    });
    try {
      await program.parseAsync(["contracts", ...words], { from: "user" });
    } catch (error) {
      if (!isFault(error)) throw error;
      return { code: error.exit, out, err, error: error.code, place: error.place, clause: error.clause };
    }
    return { code, out, err };
  };
  const write = (name: string, text: string) => writeFileSync(path.join(cwd, name), text);
  return { preau, write };
}

interface PlanJson {
  readonly counts: object;
  readonly rows: readonly {
    readonly issues: readonly { column: number; code: string; remedy: { fr: string } }[];
  }[];
}

describe("preau contracts import (D1, D3)", () => {
  it("shows what it would do, does it, then finds nothing left to do", async () => {
    const { preau, write } = terminal();
    write("c.csv", FILE);
    const dry = await preau("import", "c.csv", "--dry-run");
    expect([dry.code, dry.err]).toEqual([0, ""]);
    expect(dry.out).toContain("line 2: added college-a C-1");
    expect(dry.out).toContain("2 added · 0 changed · 0 unchanged · 0 refused");
    expect((await preau("list")).code).toBe(1);
    expect((await preau("import", "c.csv")).out).toContain("2 added");
    expect((await preau("list", "--search", "ecole")).out).toBe("ecole-b  École B  0579903E\n");
    const again = JSON.parse((await preau("import", "c.csv", "--dry-run", "--json")).out) as PlanJson;
    expect(again).toMatchObject({
      schema: "preau.contracts-import/1",
      dryRun: true,
      counts: { added: 0, changed: 0, unchanged: 2, refused: 0 },
    });
    write("c.csv", FILE.replace("31/08/2027", "31/08/2028"));
    expect((await preau("import", "c.csv")).out).toContain('endsOn: "2027-08-31" → "2028-08-31"');
  });

  it("names line, column and remedy of what it refuses, and writes nothing", async () => {
    const { preau, write } = terminal("fr_FR.UTF-8");
    write("c.csv", FILE.replace("0579903E", "0579903F"));
    const dry = await preau("import", "c.csv", "--dry-run");
    expect(dry.code).toBe(1);
    expect(dry.out).toContain("ligne 3: refusés ecole-b");
    expect(dry.out).toContain("colonne 5 (UAI): CONTRACT_VALUE_BAD  Cette valeur n’est pas utilisable.");
    const refused = await preau("import", "c.csv");
    expect(refused).toMatchObject({ code: 2, out: "", error: "CONTRACTS_FILE_REFUSED", place: "line 3" });
    expect(refused.err).toContain("colonne 5 (UAI)");
    expect((await preau("list")).code).toBe(1);
    expect(await preau("import", "nowhere.csv")).toMatchObject({ code: 4, error: "HUB_FILE_UNREADABLE" });
  });

  it("exports what can be imported again without a change", async () => {
    const { preau, write } = terminal();
    write("c.csv", FILE);
    await preau("import", "c.csv");
    const { out } = await preau("export");
    write("again.csv", out);
    expect((await preau("import", "again.csv", "--dry-run")).out).toContain("0 changed · 2 unchanged");
    expect((await preau("export", "--controller", "college-a")).out).not.toContain("ecole-b");
  });
});

describe("preau contracts, verb by verb (D1, D3, D4.3, D5, D6.0, D6.1a)", () => {
  it("does each, shows it, and keeps it as an instruction of operations", async () => {
    const { preau, write } = terminal();
    write("dpo.json", JSON.stringify({ role: "dpo", name: "Tancrède Ohl", email: "dpo@ecole.example" }));
    const steps: readonly (readonly [readonly string[], number])[] = [
      [["register", "ecole", "--kind", "school", "--name", "École", "--region", "la-reunion"], 0],
      [["update", "ecole", "--name", "École des Saules"], 0],
      [["update", "ecole", "--name", "École des Saules"], 1],
      [["appoint", "ecole", "--file", "dpo.json"], 0],
      [
        [
          "open",
          "ecole",
          "C-1",
          "--products",
          "plume,jardin",
          "--starts-on",
          "2026-01-01",
          "--ends-on",
          "2026-12-31",
        ],
        0,
      ],
      [["change", "ecole", "C-1", "--products", "plume"], 0],
      [["renew", "ecole", "C-1", "--ends-on", "2027-12-31"], 0],
      [["period", "ecole", "C-1", "--rule", "unusedData", "--period", "months(6)"], 0],
      [["basis", "ecole", "C-1", "--product", "plume", "--purpose", "support", "--basis", "publicTask"], 0],
      [["end", "ecole", "C-1", "--ends-on", "2027-06-30", "--at-end", "delete"], 0],
    ];
    for (const [words, code] of steps) expect([words, (await preau(...words)).code]).toEqual([words, code]);
    const shown = JSON.parse((await preau("show", "ecole", "--json")).out) as {
      officers: readonly { id: string }[];
    };
    expect(shown).toMatchObject({
      controller: { name: "École des Saules", place: { zone: "Indian/Reunion" } },
      officers: [{ role: "dpo", name: "Tancrède Ohl" }],
      contracts: [{ reference: "C-1", products: ["plume"], endsOn: "2027-06-30", atEnd: "delete" }],
      ownPeriods: [{ rule: "unusedData", duration: { unit: "months", amount: 6 } }],
      purposeBases: [{ product: "plume", purpose: "support", legalBasis: "publicTask" }],
    });
    expect((await preau("show", "ecole")).out).toContain("D5 unusedData months(6)");
    const history = await preau("history", "ecole");
    expect(history.out).toContain("contractEnded  operations");
    expect(history.out).not.toContain("Tancrède");
    const ended = /^(jrn_\S+).*contractEnded/m.exec(history.out)?.[1] ?? "";
    expect((await preau("revert", "ecole", ended)).code).toBe(0);
    expect((await preau("show", "ecole")).out).toContain("2026-01-01 → 2027-12-31");
    expect((await preau("dismiss", "ecole", shown.officers[0]?.id ?? "")).code).toBe(0);
    expect((await preau("show", "ecole")).out).not.toContain("Tancrède");
  });

  it("attests every statement of the agreement or none, and withdraws (D6.0)", async () => {
    const { preau } = terminal();
    await preau("register", "ecole", "--kind", "school", "--name", "École", "--region", "mayotte");
    await preau("open", "ecole", "C-1", "--products", "plume", "--starts-on", "2026-01-01");
    const wrong = await preau("attest", "ecole", "C-1", "--statements", "nothing");
    expect(wrong).toMatchObject({ code: 2, error: "CONTRACT_STATEMENT_MISSING", clause: "D6.0" });
    expect((await preau("withdraw", "ecole", "C-1")).code).toBe(1);
  });

  it("refuses with code, place and clause, and writes nothing", async () => {
    const { preau, write } = terminal();
    write("bad.json", "{ not json");
    await preau("register", "ecole", "--kind", "school", "--name", "École", "--region", "mayotte");
    await preau("open", "ecole", "C-1", "--products", "plume", "--starts-on", "2026-01-01");
    const before = (await preau("history", "ecole")).out;
    const refusals: readonly (readonly [readonly string[], string])[] = [
      [
        ["register", "ecole", "--kind", "school", "--name", "École", "--region", "mayotte"],
        "CONTROLLER_TAKEN",
      ],
      [["register", "b", "--kind", "school", "--region", "mayotte"], "HUB_BAD_VALUE"],
      [["update", "nobody", "--name", "x"], "HUB_CONTROLLER_UNKNOWN"],
      [
        ["open", "ecole", "C-1", "--products", "plume", "--starts-on", "2026-01-01"],
        "CONTRACT_REFERENCE_TAKEN",
      ],
      [["open", "ecole", "C-2", "--products", "stylo", "--starts-on", "2026-01-01"], "HUB_BAD_VALUE"],
      [["renew", "ecole", "C-1", "--ends-on", "2027-01-01"], "CONTRACT_WITHOUT_END"],
      [["renew", "ecole", "C-9", "--ends-on", "2027-01-01"], "HUB_CONTRACT_UNKNOWN"],
      [["end", "ecole", "C-1", "--ends-on", "soon"], "CALENDAR_BAD_DATE"],
      [
        ["period", "ecole", "C-1", "--rule", "unusedData", "--period", "years(3)"],
        "CONTRACT_PERIOD_TOO_LONG",
      ],
      [["period", "ecole", "C-1", "--rule", "unusedData", "--period", "long"], "HUB_BAD_ARGUMENT"],
      [
        ["basis", "ecole", "C-1", "--product", "jardin", "--purpose", "support", "--basis", "contract"],
        "CONTRACT_NO_SUCH_PURPOSE",
      ],
      [["appoint", "ecole", "--file", "bad.json"], "HUB_BAD_ARGUMENT"],
      [["dismiss", "ecole", "ofc_nobody"], "OFFICER_UNKNOWN"],
      [["revert", "ecole", "jrn_nothing"], "CONTRACT_INSTRUCTION_UNKNOWN"],
      [["show", "nobody"], "HUB_CONTROLLER_UNKNOWN"],
    ];
    for (const [words, error] of refusals) {
      expect([words, await preau(...words)]).toMatchObject([words, { code: 2, out: "", error }]);
    }
    expect((await preau("history", "ecole")).out).toBe(before);
  });
});
