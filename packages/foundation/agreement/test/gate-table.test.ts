import { readFileSync } from "node:fs";
import { controllerId, type Flow, type GateRow, type Operation, type Origin } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Agreement,
  compileGateTable,
  correspondenceFlow,
  officerCorrespondence,
  oneAgreement,
  parseAgreement,
  referenceFolder,
  refusalRemedies,
} from "../src/index.ts";

const yaml = readFileSync(new URL("agreement.yaml", referenceFolder), "utf8");
const reference = parseAgreement(yaml, { file: "agreement.yaml" });
const table = compileGateTable(reference);

const operations: readonly Operation[] = ["store", "show", "send", "export", "answer", "erase", "return"];
const origins: readonly Origin[] = ["gar", "outsideGar"];

function flow(over: Partial<Flow>): Flow {
  return {
    controller: controllerId("school-1"),
    product: "plume",
    operation: "store",
    origin: "outsideGar",
    role: "teacher",
    categories: [],
    purpose: "runPlatform",
    recipient: "product",
    ...over,
  };
}

/** Clause and reason that one category gets. */
function answer(over: Partial<Flow>, category: string): string {
  const row: GateRow = table.row(flow(over));
  const { clause, reason } = row.answers.get(category) ?? row.otherwise;
  return `${clause} ${reason}`;
}

const gar = { origin: "gar" } as const;
const jardin = { product: "jardin" } as const;
const desk = { recipient: "supportDesk", purpose: "support", operation: "send" } as const;
const mailer = { recipient: "mailer", operation: "send" } as const;

describe("the gate table of the reference agreement", () => {
  it("carries an officer's address through the recipients of annex A, for that alone (DA)", () => {
    const { category, ...words } = officerCorrespondence;
    const written = { ...words, operation: "send" } as const;
    expect(answer({ ...written, recipient: "mailer" }, category)).toBe("DA ALLOWED");
    expect(answer({ ...written, recipient: "controller" }, category)).toBe("DA ALLOWED");
    expect(reference.annexC.find(({ recipient }) => recipient === "mailer")?.categories).not.toContain(
      category,
    );
    for (const recipient of ["host", "supportDesk", "product", "staff", "dataSubject", "anybody"]) {
      expect(answer({ ...written, recipient }, category)).toBe("DA UNNAMED_RECIPIENT");
    }
    const through = { ...written, recipient: "mailer" } as const;
    for (const { id } of reference.categories) expect(answer(through, id)).toBe("DA UNNAMED_CATEGORY");
    for (const operation of operations.filter((each) => each !== "send")) {
      expect(answer({ ...through, operation }, category)).toMatch(/^DA (?!ALLOWED)/);
    }
    expect(answer({ ...through, origin: "gar" }, category)).toMatch(/^DA (?!ALLOWED)/);
    expect(answer({ ...through, role: "teacher" }, category)).toMatch(/^DA (?!ALLOWED)/);
    expect(answer({ ...through, purpose: "support" }, category)).toMatch(/^DA (?!ALLOWED)/);
    expect(answer(mailer, category)).not.toContain("ALLOWED");
  });

  it("writes to nobody where annex A says nothing of it, and to the controller alone through nobody (DA)", () => {
    const { category, ...words } = officerCorrespondence;
    const { correspondence: _, ...annexA } = reference.annexA;
    const ask = (agreement: Agreement, recipient: string) => {
      const row = compileGateTable(agreement).row(flow({ ...words, operation: "send", recipient }));
      const { clause, reason } = row.answers.get(category) ?? row.otherwise;
      return `${clause} ${reason}`;
    };
    expect(ask({ ...reference, annexA }, "controller")).toBe("D1 UNNAMED_PRODUCT");
    const own = { ...reference, annexA: { ...annexA, correspondence: { clause: "DA", through: [] } } };
    expect(ask(own, "controller")).toBe("DA ALLOWED");
    expect(ask(own, "mailer")).toBe("DA UNNAMED_RECIPIENT");
    const flowOf = (agreement: Agreement) =>
      correspondenceFlow(oneAgreement(agreement), controllerId("school-1"));
    expect(flowOf({ ...reference, annexA })).toBeUndefined();
    for (const agreement of [reference, own]) {
      const row = flowOf(agreement);
      expect(row && compileGateTable(agreement).row(row).answers.get(category)?.allowed).toBe(true);
    }
  });

  it.each([
    ["name", "DB.K.gar-teacher ALLOWED"],
    ["classAndGroup", "DB.K.gar-teacher ALLOWED"],
    ["profile", "DB.K.gar-teacher ALLOWED"],
    ["connectionAndUsage", "DB.K.gar-teacher ALLOWED"],
    ["workEmail", "DB.K.gar-teacher UNNAMED_CATEGORY"],
    ["telephone", "DB.K.gar-teacher UNNAMED_CATEGORY"],
    ["birthDate", "DB.K.gar-teacher UNNAMED_CATEGORY"],
    ["supportRequests", "DB.K.gar-teacher OTHER_PURPOSE"],
  ])("answers %s of a GAR teacher with %s (DB.K.gar-teacher)", (category, expected) => {
    expect(answer(gar, category)).toBe(expected);
  });

  it.each(reference.categories.map(({ id }) => id))(
    "refuses %s of a GAR pupil (DB.K.gar-pupil)",
    (category) => {
      for (const operation of operations) {
        expect(answer({ ...gar, role: "pupil", operation }, category)).toBe("DB.K.gar-pupil NOTHING_LISTED");
      }
    },
  );

  it("lets an administrator's telephone in, and to the desk what they ask it (DB.K.administrator, DB.D.administrator)", () => {
    const administrator = { role: "administrator" } as const;
    for (const [product, clause] of [
      ["plume", "DB.K.administrator"],
      ["jardin", "DB.D.administrator"],
    ] as const) {
      const own = { ...administrator, product };
      for (const category of ["name", "workEmail", "telephone"])
        expect(answer(own, category)).toBe(`${clause} ALLOWED`);
      expect(answer({ ...own, ...desk }, "supportRequests")).toMatch(/ALLOWED$/);
      for (const category of ["birthDate", "productionsResults", "handedness"])
        expect(answer(own, category)).toBe(`${clause} UNNAMED_CATEGORY`);
    }
  });

  it("gives each product its purposes: sharing with parents and changing years are the progress book's (DB.K.p, DB.D.p)", () => {
    const child = { ...jardin, role: "child" } as const;
    for (const purpose of ["shareWithParents", "archiveAndTransfer"]) {
      expect(answer({ ...child, purpose }, "productionsResults")).toBe("DB.D.child ALLOWED");
      expect(answer({ role: "pupil", purpose }, "productionsResults")).toMatch(
        /^DB\.K\.p(upil)? (?!ALLOWED)/,
      );
    }
    expect(answer({ role: "pupil", purpose: "traceability" }, "connectionAndUsage")).toBe(
      "DB.K.pupil ALLOWED",
    );
    expect(answer({ role: "pupil", purpose: "advertising" }, "name")).not.toContain("ALLOWED");
  });

  it("lets a pupil's results in and no contact or support data (DB.K.pupil)", () => {
    expect(answer({ role: "pupil" }, "productionsResults")).toBe("DB.K.pupil ALLOWED");
    expect(answer({ role: "pupil" }, "handedness")).toBe("DB.K.pupil ALLOWED");
    for (const category of ["workEmail", "contactEmail", "telephone", "supportRequests"]) {
      expect(answer({ role: "pupil" }, category)).toBe("DB.K.pupil UNNAMED_CATEGORY");
    }
    expect(answer({ role: "pupil", ...desk }, "name")).toBe("DB.K.pupil UNNAMED_PURPOSE");
  });

  it("knows a teacher's telephone outside GAR only in the assessment product (DB.K.teacher, DB.D.teacher)", () => {
    expect(answer({}, "telephone")).toBe("DB.K.teacher ALLOWED");
    expect(answer(jardin, "telephone")).toBe("DB.D.teacher UNNAMED_CATEGORY");
    expect(answer({ ...jardin, role: "administrator" }, "telephone")).toBe("DB.D.administrator ALLOWED");
    expect(answer({ role: "administrator" }, "telephone")).toBe("DB.K.administrator ALLOWED");
  });

  it("knows of a child what the progress book is made of (DB.D.child)", () => {
    expect(answer({ ...jardin, role: "child", purpose: "shareWithParents" }, "productionsResults")).toBe(
      "DB.D.child ALLOWED",
    );
    expect(answer({ ...jardin, role: "child" }, "handedness")).toBe("DB.D.child UNNAMED_CATEGORY");
  });

  it("knows of a parent the e-mail address alone (DB.D.parent)", () => {
    expect(answer({ ...jardin, role: "parent", ...mailer }, "contactEmail")).toBe("DB.D.parent ALLOWED");
    expect(answer({ ...jardin, role: "parent" }, "name")).toBe("DB.D.parent UNNAMED_CATEGORY");
  });

  it("shuts the support desk to whoever comes through GAR, whatever the role (DC)", () => {
    for (const role of ["teacher", "pupil", "nobody"]) {
      expect(answer({ ...gar, ...desk, role }, "name")).toBe("DC OUTSIDE_GAR_ONLY");
    }
    expect(answer(desk, "supportRequests")).toBe("DB.K.teacher ALLOWED");
  });

  it("has a way for the support requests of whoever comes through GAR, on instruction (DB.n)", () => {
    const team = { ...gar, recipient: "supportTeam", purpose: "support", operation: "show" } as const;
    expect(answer(team, "supportRequests")).toBe("DB.n NO_INSTRUCTION");
    expect(answer({ ...team, instruction: "ins_1" }, "supportRequests")).toBe("DB.K.gar-teacher ALLOWED");
    expect(answer({ ...team, purpose: "runPlatform", instruction: "ins_1" }, "name")).toBe(
      "DB.n OUTSIDE_SCOPE",
    );
  });

  it("keeps the mailer to technical messages and to addresses (DC)", () => {
    expect(answer(mailer, "workEmail")).toBe("DB.K.teacher ALLOWED");
    expect(answer({ ...mailer, purpose: "support" }, "workEmail")).toBe("DC OUTSIDE_SCOPE");
    expect(answer(mailer, "telephone")).toBe("DC OUTSIDE_SCOPE");
  });

  it("lets the staff act on a written instruction alone (DB.n)", () => {
    const staff = { recipient: "staff", operation: "show" } as const;
    expect(answer(staff, "name")).toBe("DB.n NO_INSTRUCTION");
    expect(answer({ ...staff, instruction: "ins_1" }, "name")).toBe("DB.K.teacher ALLOWED");
    expect(answer({ ...staff, instruction: "ins_1" }, "birthDate")).toBe("DB.K.teacher UNNAMED_CATEGORY");
  });

  it("gives no third party access: whoever no annex names, and the own staff without an instruction (S12)", () => {
    const named = [...reference.recipients, ...reference.annexC.map(({ recipient: id }) => ({ id }))];
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][A-Za-z]{0,12}$/),
        fc.constantFrom(...operations),
        fc.constantFrom(...reference.annexB.filter(({ categories }) => categories.length > 0)),
        fc.constantFrom(...reference.purposes),
        (recipient, operation, { product, origin, role, categories }, { id: purpose }) => {
          fc.pre(!named.some(({ id }) => id === recipient));
          const asked = { product, origin, role, purpose, operation };
          for (const { id } of categories) {
            expect(answer({ ...asked, recipient }, id)).toBe("DC UNNAMED_RECIPIENT");
            for (const team of ["staff", "supportTeam"])
              expect(answer({ ...asked, recipient: team }, id)).not.toMatch(/ALLOWED/);
          }
        },
      ),
    );
  });

  it("answers a data subject on a written instruction alone (D10.1c)", () => {
    const reply = { recipient: "dataSubject", operation: "answer" } as const;
    expect(answer(reply, "name")).toBe("D10.1c NO_INSTRUCTION");
    expect(answer({ ...reply, instruction: "ins_1" }, "name")).toBe("DB.K.teacher ALLOWED");
  });

  it("refuses what the agreement does not name, with the row that stands nearest (D4.1)", () => {
    expect(answer({ product: "other" }, "name")).toBe("D1 UNNAMED_PRODUCT");
    expect(answer({ recipient: "other" }, "name")).toBe("DC UNNAMED_RECIPIENT");
    expect(answer({ ...jardin, ...gar }, "name")).toBe("DB.D.p UNNAMED_ORIGIN");
    expect(answer({ ...gar, role: "administrator" }, "name")).toBe("DB.K.p UNNAMED_ROLE");
    expect(answer({ purpose: "shareWithParents" }, "name")).toBe("DB.K.teacher UNNAMED_PURPOSE");
    expect(answer({ operation: "return" }, "name")).toBe("DB.n OUTSIDE_SCOPE");
    for (const word of ["__proto__", "constructor", "toString", ""]) {
      expect(answer({ product: word }, word)).toBe("D1 UNNAMED_PRODUCT");
      expect(answer({}, word)).toBe("DB.K.teacher UNNAMED_CATEGORY");
    }
  });

  it("gives every refusal a remedy in both languages, and cannot be changed", () => {
    for (const { en, fr } of Object.values(refusalRemedies)) {
      expect(en.length).toBeGreaterThan(20);
      expect(fr.length).toBeGreaterThan(20);
    }
    const row = table.row(flow(gar));
    expect(row.otherwise.remedy).toBe(refusalRemedies.UNNAMED_CATEGORY);
    expect(
      [row, row.otherwise, row.otherwise.remedy, row.answers.get("name"), table].every(Object.isFrozen),
    ).toBe(true);
  });
});

const anyFlow = fc.record({
  product: fc.constantFrom("plume", "jardin", "other"),
  operation: fc.constantFrom(...operations),
  origin: fc.constantFrom(...origins),
  role: fc.constantFrom(...reference.roles.map(({ id }) => id), "other"),
  purpose: fc.constantFrom(...reference.purposes.map(({ id }) => id), "other"),
  recipient: fc.constantFrom(
    ...reference.recipients.map(({ id }) => id),
    ...reference.annexC.map(({ recipient }) => recipient),
    "other",
  ),
  instruction: fc.constantFrom(undefined, "ins_1" as const),
});
const anyCategory = fc.constantFrom(...reference.categories.map(({ id }) => id), "other");

type Compiled = ReturnType<typeof compileGateTable>;
const allows = (compiled: Compiled, over: Partial<Flow>, category: string): boolean => {
  const row = compiled.row(flow(over));
  return (row.answers.get(category) ?? row.otherwise).allowed;
};
type Asked = Partial<Omit<Flow, "instruction">> & { readonly instruction: "ins_1" | undefined };
const withoutInstruction = ({ instruction, ...rest }: Asked): Partial<Flow> =>
  instruction === undefined ? rest : { ...rest, instruction };

/** Every flow that the agreement's words can make, without an instruction. */
function everyFlow(): Partial<Flow>[] {
  const recipients = [
    ...reference.recipients.map(({ id }) => id),
    ...reference.annexC.map(({ recipient }) => recipient),
  ];
  return reference.products.flatMap(({ id: product }) =>
    recipients.flatMap((recipient) =>
      origins.flatMap((origin) =>
        reference.roles.flatMap(({ id: role }) =>
          reference.purposes.flatMap(({ id: purpose }) =>
            operations.map((operation) => ({ product, recipient, origin, role, purpose, operation })),
          ),
        ),
      ),
    ),
  );
}

describe("laws of the gate table (D4.1)", () => {
  it("allows no category that the data subject's row does not list", () => {
    fc.assert(
      fc.property(anyFlow, anyCategory, (over, category) => {
        if (!allows(table, withoutInstruction(over), category)) return;
        const row = reference.annexB.find(
          ({ product, origin, role }) =>
            product === over.product && origin === over.origin && role === over.role,
        );
        expect(row?.categories.map(({ id }) => id)).toContain(category);
      }),
      { numRuns: 5_000 },
    );
  });

  it("allows nothing more when an entry is taken out", () => {
    const without = (section: "annexB" | "recipients" | "annexC", index: number): Agreement => ({
      ...reference,
      [section]: reference[section].filter((_, place) => place !== index),
    });
    for (const section of ["annexB", "recipients", "annexC"] as const) {
      for (const index of reference[section].keys()) {
        const less = compileGateTable(without(section, index));
        fc.assert(
          fc.property(anyFlow, anyCategory, (over, category) => {
            const asked = withoutInstruction(over);
            expect(allows(less, asked, category) && !allows(table, asked, category)).toBe(false);
          }),
          { numRuns: 200 },
        );
      }
    }
  });

  it("opens exactly the support desk to GAR when annex C no longer says outside GAR only (DC)", () => {
    const open = compileGateTable(
      parseAgreement(yaml.replace("origins: outsideGarOnly", "origins: everyOrigin"), {
        file: "agreement.yaml",
      }),
    );
    const flipped = everyFlow().flatMap((over) =>
      reference.categories
        .filter(({ id }) => allows(open, over, id) !== allows(table, over, id))
        .map(({ id }) => [over.product, over.recipient, over.origin, over.role, over.purpose, id].join(" ")),
    );
    expect(new Set(flipped)).toEqual(
      new Set(
        ["name", "profile", "supportRequests", "connectionAndUsage"].map(
          (category) => `plume supportDesk gar teacher support ${category}`,
        ),
      ),
    );
  });
});
