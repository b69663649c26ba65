import { controllerId, isFault } from "@preau/kernel";
import { codeOf } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dryRunImport,
  importContracts,
  openContract,
  registerController,
  sayIssue,
  writeContractsFile,
} from "../src/index.ts";
import { parseContractsFile } from "../src/parse-contracts-file.ts";
import {
  contractValues,
  controllerValues,
  describeKinds,
  editOf,
  instructions,
  type OpenRegister,
  openRegister,
  SCHOOL,
  tilleuls,
} from "./open-register.ts";

const BOM = "\ufeff";
const FRENCH = `${BOM}référence;identifiant;type;nom;siège;SIRET;UAI;région;produits;début;fin\r
C-1;college-des-tilleuls;établissement;"Collège ""des"" Tilleuls";"2; allée des Tilleuls";999 001 019 00010;0579901c;;plume jardin;01/09/2026;31/08/2027\r
C-2;ministere;ministère;Ministère inventé;;;;métropole;plume;2026-09-01;\r
;;;;;;;;;;\r
`;
const ENGLISH = `Reference,controller,kind,name,region,products,start
C-1,ecole-des-saules,school,"École, des Saules",La Réunion,plume,2026-09-01
`;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const dry = ({ run, ports }: OpenRegister, text: string) =>
  run((unit) => dryRunImport(unit, ports, bytesOf(text)));
const load = ({ run, ports }: OpenRegister, text: string, digest?: string) =>
  run((unit) =>
    importContracts(
      unit,
      ports,
      { role: "operations" },
      { bytes: bytesOf(text), ...(digest === undefined ? {} : { digest }) },
    ),
  );
const everything = ({ run, contracts }: OpenRegister) => run((unit) => contracts.everything(unit, "all"));

describeKinds("importing contracts from a file (D1, D3)", (kind) => {
  it("reads French headings, semicolons, a byte-order mark, quotes, French dates and spaced numbers", async () => {
    const register = await openRegister(kind);
    const plan = await load(register, FRENCH);
    expect(plan.counts).toEqual({ added: 2, changed: 0, unchanged: 0, refused: 0 });
    const { controllers, contracts } = await everything(register);
    expect(controllers).toMatchObject([
      {
        id: "college-des-tilleuls",
        kind: "school",
        name: 'Collège "des" Tilleuls',
        seat: "2; allée des Tilleuls",
        siret: "99900101900010",
        uai: "0579901C",
        place: { region: "alsace-moselle", zone: "Europe/Paris", goodFriday: "unknown" },
      },
      { id: "ministere", kind: "ministry", place: { region: "metropole" } },
    ]);
    expect(contracts).toMatchObject([
      { reference: "C-1", products: ["plume", "jardin"], startsOn: "2026-09-01", endsOn: "2027-08-31" },
      { reference: "C-2", products: ["plume"], startsOn: "2026-09-01" },
    ]);
    expect(
      (await instructions(register)).map((each) => "deed" in each && [each.deed, each.actorRole]),
    ).toEqual([
      ["controllerRegistered", "operations"],
      ["contractOpened", "operations"],
    ]);
  });

  it("reads English headings and commas, and the zone of an overseas region", async () => {
    const register = await openRegister(kind);
    await load(register, ENGLISH);
    const { controllers } = await everything(register);
    expect(controllers).toMatchObject([
      { name: "École, des Saules", place: { region: "la-reunion", zone: "Indian/Reunion" } },
    ]);
  });

  it("changes nothing when it is imported again, and shows a change before it is made", async () => {
    const register = await openRegister(kind);
    await load(register, FRENCH);
    const before = [await everything(register), await instructions(register)];
    expect((await load(register, FRENCH)).counts).toEqual({ added: 0, changed: 0, unchanged: 2, refused: 0 });
    expect([await everything(register), await instructions(register)]).toEqual(before);

    const changed = FRENCH.replace("31/08/2027", "31/08/2028").replace(
      "Ministère inventé",
      "Ministère nouveau",
    );
    const plan = await dry(register, changed);
    expect(plan.counts).toMatchObject({ added: 0, changed: 2 });
    expect(plan.rows).toMatchObject([
      {
        line: 2,
        what: "changed",
        ofContract: { before: { endsOn: "2027-08-31" }, after: { endsOn: "2028-08-31" } },
      },
      { line: 3, what: "changed", ofController: { after: { name: "Ministère nouveau" } } },
    ]);
    expect([await everything(register), await instructions(register)]).toEqual(before);
    await load(register, changed, plan.digest);
    expect((await instructions(register)).at(-1)).toMatchObject({ deed: "contractChanged", clause: "D3" });
    expect(await codeOf(load(register, changed, plan.digest))).toBe("CONTRACT_CHANGED_MEANWHILE");
  });

  it("journals a file of many controllers, two instructions each under its own key, by its actor", async () => {
    const register = await openRegister(kind);
    const { run, ports, journal } = register;
    const count = 1_050; // more instructions than are recorded at once
    const lines = Array.from(
      { length: count },
      (_, n) => `C-${n},ecole-${n},school,École ${n},métropole,plume,2026-09-01`,
    );
    const file = bytesOf(`reference,controller,kind,name,region,products,start\n${lines.join("\n")}\n`);
    const actor = { role: "publisherDpo", id: "act_1" } as const;
    await run((unit) => importContracts(unit, ports, actor, { bytes: file }));
    for (const n of [0, 7, 499, 999, count - 1]) {
      const controller = controllerId(`ecole-${n}`);
      const entries = await run((unit) => journal.entries(unit, { controller, log: "evidence" }));
      expect(entries.map(({ payload, actor }) => [payload?.["deed"], actor?.id])).toEqual([
        ["contractOpened", "act_1"],
        ["controllerRegistered", "act_1"],
      ]);
    }
    const { rows } = (await register.database.knex("jrn_entry").count({ rows: "*" }).first()) ?? {};
    expect(Number(rows)).toBe(2 * count);
  });

  it("leaves alone what has no column, and takes away what an empty cell denies", async () => {
    const register = await openRegister(kind);
    await load(register, FRENCH);
    await load(register, "reference;identifiant;fin\nC-1;college-des-tilleuls;\n");
    const { controllers, contracts } = await everything(register);
    expect(controllers[0]).toMatchObject({ seat: "2; allée des Tilleuls", siret: "99900101900010" });
    expect(contracts[0]).toMatchObject({ products: ["plume", "jardin"] });
    expect(contracts[0]).not.toHaveProperty("endsOn");
    await load(register, "reference;UAI;fin\nC-1;0579901C;2029-08-31\n"); // by the school's number alone
    expect((await everything(register)).contracts[0]).toMatchObject({ endsOn: "2029-08-31" });
  });

  it("gives another region its own zone", async () => {
    const register = await openRegister(kind);
    await load(register, ENGLISH);
    await load(register, ENGLISH.replace("La Réunion", "Mayotte"));
    expect((await everything(register)).controllers[0]?.place).toEqual({
      region: "mayotte",
      zone: "Indian/Mayotte",
    });
  });

  it("refuses every bad row with line, column and remedy, and writes nothing of the good ones", async () => {
    const register = await openRegister(kind);
    const file = `référence;identifiant;type;nom;SIRET;UAI;région;produits;début;fin
C-1;a;établissement;Bon;;;métropole;plume;2026-09-01;
C-2;b;château;Mauvais type;99900101900011;0579901A;Bretagne;stylo;31/02/2026;
;c;établissement;"Sans
référence";;;métropole;plume;2026-09-01;2026-08-01
C-4;d d;établissement;;;;métropole;plume;2026-09-01;
C-5;e;établissement;Trop court
C-1;a;établissement;Autre nom;;;métropole;plume;2026-09-01;
`;
    const plan = await dry(register, file);
    expect(plan.counts).toEqual({ added: 1, changed: 0, unchanged: 0, refused: 5 });
    expect(
      plan.rows.flatMap(({ line, issues }) => issues.map(({ code, column }) => `${line}:${column} ${code}`)),
    ).toEqual([
      "3:3 CONTRACT_VALUE_BAD",
      "3:5 CONTRACT_VALUE_BAD",
      "3:6 CONTRACT_VALUE_BAD",
      "3:7 CONTRACT_VALUE_BAD",
      "3:9 CONTRACT_VALUE_BAD",
      "4:4 CONTRACT_VALUE_BAD",
      "4:1 CONTRACT_VALUE_MISSING",
      "6:2 CONTRACT_VALUE_BAD",
      "6:4 CONTRACT_VALUE_MISSING",
      "7:1 CONTRACTS_ROW_WIDTH",
      "8:2 CONTRACTS_ROW_CONTRADICTS",
      "8:1 CONTRACTS_ROW_CONTRADICTS",
    ]);
    for (const { issues } of plan.rows)
      for (const issue of issues) {
        const { says, remedy } = sayIssue(issue);
        expect(remedy.fr).not.toBe(remedy.en);
        expect(`${says.fr} ${remedy.fr}`).not.toMatch(/Mauvais|château/);
      }
    expect(await codeOf(load(register, file))).toBe("CONTRACTS_FILE_REFUSED");
    expect(await everything(register)).toEqual({ controllers: [], contracts: [] });
  });

  it("exports a file that changes nothing when it comes back, and that runs no formula", async () => {
    const register = await openRegister(kind);
    const { run, ports } = register;
    const name = "=HYPERLINK(A1)";
    await run((unit) =>
      registerController(unit, ports, editOf(), controllerValues({ ...tilleuls, name, seat: '-1; a "b"' })),
    );
    await run((unit) =>
      openContract(unit, ports, editOf(), contractValues({ reference: "+33", atEnd: "delete" })),
    );
    for (const language of ["fr", "en"] as const) {
      const file = writeContractsFile(await everything(register), language);
      expect(file.startsWith(`${BOM}${language === "fr" ? "référence" : "reference"};`)).toBe(true);
      expect(file).toContain("'=HYPERLINK(A1)");
      expect(file).not.toMatch(/(^|;|")[=+@-]/m);
      expect((await dry(register, file)).counts).toEqual({ added: 0, changed: 0, unchanged: 1, refused: 0 });
    }
  });

  it("brings back whatever was exported (property)", async () => {
    const register = await openRegister(kind);
    const { run, ports } = register;
    let n = 0;
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, text, async (name, seat) => {
        n += 1;
        let values: ReturnType<typeof controllerValues>;
        try {
          values = controllerValues({ ...tilleuls, name, seat });
        } catch {
          return; // what no field takes
        }
        const controller = `school-${kind}-${n}` as typeof SCHOOL;
        await run((unit) => registerController(unit, ports, editOf(controller), values));
        await run((unit) => openContract(unit, ports, editOf(controller), contractValues()));
        const own = await run((unit) => ports.contracts.everything(unit, controller));
        expect((await dry(register, writeContractsFile(own, "fr"))).counts.unchanged).toBe(1);
      }),
      { numRuns: 12 },
    );
  });
});

describe("a file that cannot be read", () => {
  const head = "reference;controller\n";
  it.each([
    { defect: "nothing", bytes: bytesOf(""), code: "CONTRACTS_FILE_HEADER", place: "line 1" },
    {
      defect: "an unknown heading",
      bytes: bytesOf("reference;controller;note\n"),
      code: "CONTRACTS_FILE_HEADER",
      place: "column 3",
    },
    {
      defect: "a heading twice",
      bytes: bytesOf("reference;référence;id\n"),
      code: "CONTRACTS_FILE_HEADER",
      place: "column 2",
    },
    {
      defect: "no reference",
      bytes: bytesOf("controller;nom\n"),
      code: "CONTRACTS_FILE_HEADER",
      place: "reference",
    },
    {
      defect: "nobody's",
      bytes: bytesOf("reference;nom\n"),
      code: "CONTRACTS_FILE_HEADER",
      place: "controller",
    },
    {
      defect: "Windows-1252",
      bytes: Buffer.from("r\xe9f\xe9rence;id\n", "latin1"),
      code: "CONTRACTS_FILE_UNREADABLE",
      place: "encoding",
    },
    {
      defect: "UTF-16",
      bytes: Buffer.from(head, "utf16le"),
      code: "CONTRACTS_FILE_UNREADABLE",
      place: "encoding",
    },
    {
      defect: "an open quote",
      bytes: bytesOf(`${head}a;b\n"c;d\n`),
      code: "CONTRACTS_FILE_UNREADABLE",
      place: "line 3",
    },
    {
      defect: "a quote within a cell",
      bytes: bytesOf(`${head}a"b;c\n`),
      code: "CONTRACTS_FILE_UNREADABLE",
      place: "line 2",
    },
    {
      defect: "too many bytes",
      bytes: new Uint8Array((8 << 20) + 1),
      code: "CONTRACTS_FILE_TOO_LARGE",
      place: undefined,
    },
    {
      defect: "too many rows",
      bytes: bytesOf(head + "a;b\n".repeat(20_001)),
      code: "CONTRACTS_FILE_TOO_LARGE",
      place: "line 20002",
    },
    {
      defect: "one enormous cell",
      bytes: bytesOf(`${head}${"x".repeat(70_000)};b\n`),
      code: "CONTRACTS_FILE_UNREADABLE",
      place: "line 2",
    },
  ])("is refused with its place: $defect", ({ bytes, code, place }) => {
    let error: unknown;
    try {
      parseContractsFile(bytes);
    } catch (caught) {
      error = caught;
    }
    if (!isFault(error)) throw error;
    expect([error.code, error.place]).toEqual([code, place]);
  });

  it("is read or refused, whatever its bytes, and nothing else is thrown (property)", () => {
    const pieces = ["reference", "controller", ";", ",", '"', "\n", "\r\n", "a", "'", "=1", "\ufeff", "é"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
        try {
          parseContractsFile(bytesOf(`reference;controller\n${parts.join("")}`));
        } catch (error) {
          if (!isFault(error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
