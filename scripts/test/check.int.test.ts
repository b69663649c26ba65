import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { reportFile } from "../check/test-report.mjs";
import { buildHouse, type House } from "./house.ts";

const consent = "packages/duties/consent";
const retention = "packages/duties/retention";
const agreement = "packages/foundation/agreement";
const clauses = `${agreement}/reference/clauses.yaml`;

let house: House | undefined;
afterEach(() => {
  if (house !== undefined) rmSync(path.dirname(house.root), { recursive: true });
  house = undefined;
});

interface Fault {
  fault: string;
  check: string;
  place: RegExp;
  plant: (house: House) => void;
}

/** Faults that only a process of seconds finds. */
const slowFaults: Fault[] = [
  {
    fault: "a promise that nobody waits for",
    check: "lint",
    place: /consents\.ts:7 .*no-floating-promises/,
    plant: (h) => h.edit(`${consent}/src/store/consents.ts`, "  return", "  Promise.resolve(1);\n  return"),
  },
  {
    fault: "a day where a number is due",
    check: "types",
    place: /is-due\.test\.ts:5 TS2345/,
    plant: (h) => h.edit(`${retention}/test/is-due.test.ts`, "isDue(0)", 'isDue("today")'),
  },
  {
    fault: "an export that nothing uses",
    check: "dead exports",
    place: /consents\.ts:11 forgotten is exported/, // the promise above is a line more
    plant: (h) => h.edit(`${consent}/src/store/consents.ts`, /$/, "\nexport const forgotten = 1;\n"),
  },
];

const fastFaults: Fault[] = [
  {
    fault: "a badly laid out file",
    check: "format",
    place: /is-due\.ts.* is not laid out/,
    plant: (h) => h.edit(`${retention}/src/is-due.ts`, "  return", "      return"),
  },
  {
    fault: "an upward import",
    check: "floors",
    place: /working-days\.ts:1 may not import @preau\/consent: upward/,
    plant: (h) =>
      h.edit(`${agreement}/src/working-days.ts`, /^/, 'export type { errors } from "@preau/consent";\n\n'),
  },
  {
    fault: "a sideways import",
    check: "floors",
    place: /is-due\.ts:5 may not import @preau\/consent: sideways/,
    plant: (h) => h.edit(`${retention}/src/is-due.ts`, "{\n", '{\n  void import("@preau/consent");\n'),
  },
  {
    fault: "an import against foundation's order",
    check: "floors",
    place: /working-days\.ts:1 may not import @preau\/database: database does not stand before agreement/,
    plant: (h) =>
      h.edit(`${agreement}/src/working-days.ts`, /^/, 'export { rows } from "@preau/database";\n\n'),
  },
  {
    fault: "a test package in shipped code",
    check: "floors",
    place: /give-consent\.ts:1 may not import @preau\/testing: testing is for test/,
    plant: (h) =>
      h.edit(`${consent}/src/give-consent.ts`, /^/, 'export { always } from "@preau/testing";\n\n'),
  },
  {
    fault: "an app that imports an app",
    check: "floors",
    place: /serve\.ts:1 may not import @preau\/simulators: an app/,
    plant: (h) => h.edit("apps/hub/src/serve.ts", /^/, 'export { simulate } from "@preau/simulators";\n\n'),
  },
  {
    fault: "an import of internals by name",
    check: "floors",
    place: /is-due\.ts:1 reaches into @preau\/kernel\/src\/clock\.ts/,
    plant: (h) => h.edit(`${retention}/src/is-due.ts`, '"@preau/kernel"', '"@preau/kernel/src/clock.ts"'),
  },
  {
    fault: "an import of internals by path",
    check: "floors",
    place: /is-due\.ts:1 reaches out of its package/,
    plant: (h) =>
      h.edit(`${retention}/src/is-due.ts`, /^/, 'export { errors } from "../../consent/src/errors.ts";\n\n'),
  },
  {
    fault: "a dependency that nothing imports",
    check: "floors",
    place: /retention\/package\.json @preau\/database is declared, and nothing imports it/,
    plant: (h) => {
      h.edit(
        `${retention}/package.json`,
        '"@preau/kernel": "workspace:*"',
        '"@preau/database": "workspace:*",\n    "@preau/kernel": "workspace:*"',
      );
      h.edit(
        `${retention}/tsconfig.json`,
        '[{ "path": "../../../packages/foundation/kernel" }]',
        '[\n    { "path": "../../../packages/foundation/database" },\n    { "path": "../../../packages/foundation/kernel" }\n  ]',
      );
    },
  },
  {
    fault: "a dependency that is not declared",
    check: "floors",
    place: /retention\/package\.json src imports @preau\/database, which is not in dependencies/,
    plant: (h) => h.edit(`${retention}/src/is-due.ts`, /^/, 'export { rows } from "@preau/database";\n\n'),
  },
  {
    fault: "SQL outside store/",
    check: "layers",
    place: /give-consent\.ts:12 calls \.raw\( outside store/,
    plant: (h) =>
      h.edit(`${consent}/src/give-consent.ts`, "countConsents({ raw: () => 1 })", "{ raw: () => 1 }.raw()"),
  },
  {
    fault: "knex outside store/",
    check: "layers",
    place: /is-due\.ts:1 imports knex outside store/,
    plant: (h) => h.edit(`${retention}/src/is-due.ts`, /^/, 'export type { Knex } from "knex";\n\n'),
  },
  {
    fault: "Express in the domain",
    check: "layers",
    place: /is-due\.ts:1 imports express in a domain file/,
    plant: (h) => h.edit(`${retention}/src/is-due.ts`, /^/, 'export type { Request } from "express";\n\n'),
  },
  {
    fault: "the clock in the domain",
    check: "layers",
    place: /is-due\.ts:5 calls Date\.now\(\)/,
    plant: (h) => {
      h.edit(`${retention}/src/is-due.ts`, "now() >", "now() + Date.now() >");
    },
  },
  {
    fault: "the environment in the domain",
    check: "layers",
    place: /is-due\.ts:5 reads process\.env/,
    plant: (h) =>
      h.edit(`${retention}/src/is-due.ts`, "now() >", "now() + Object.keys(process.env).length >"),
  },
  {
    fault: "a package without README",
    check: "shape",
    place: /retention\/README\.md the README is missing/,
    plant: (h) => h.remove(`${retention}/README.md`),
  },
  {
    fault: "a package without test",
    check: "shape",
    place: /retention\/test a test file is missing/,
    plant: (h) => h.remove(`${retention}/test`),
  },
  {
    fault: "a file called utils.ts",
    check: "shape",
    place: /utils\.ts "utils" says nothing/,
    plant: (h) => h.write(`${retention}/src/utils.ts`, "export const a = 1;\n"),
  },
  {
    fault: "a folder that no other package has",
    check: "shape",
    place: /src\/ has no folder services\//,
    plant: (h) => h.write(`${retention}/src/services/purge.ts`, "export const a = 1;\n"),
  },
  {
    fault: "a face that re-exports everything",
    check: "shape",
    place: /retention\/src\/index\.ts:2 the face holds more/,
    plant: (h) => h.edit(`${retention}/src/index.ts`, /$/, 'export * from "./is-due.ts";\n'),
  },
  {
    fault: "a default export",
    check: "shape",
    place: /is-due\.ts:4 has a default export/,
    plant: (h) => h.edit(`${retention}/src/is-due.ts`, "export function", "export default function"),
  },
  {
    fault: "a file of more than 400 lines",
    check: "shape",
    place: /is-due\.ts:401 has 406 lines/,
    plant: (h) => h.edit(`${retention}/src/is-due.ts`, /$/, "// and so on\n".repeat(400)),
  },
  {
    fault: "a crowded root",
    check: "shape",
    place: /^\. has \d+ entries/,
    plant: (h) => {
      for (let i = 0; i < 25; i += 1) h.write(`plan-${i}.md`, "\n");
    },
  },
  {
    fault: "a code of error in two packages",
    check: "errors",
    place: /errors\.ts:\d+ CONSENT_MISSING is also in/,
    plant: (h) =>
      h.write(
        `${retention}/src/errors.ts`,
        'import { defineErrors } from "@preau/kernel";\n\nexport const errors = defineErrors({\n  CONSENT_MISSING: { status: 403, exit: 2, says: { en: "No.", fr: "Non." } },\n});\n',
      ),
  },
  {
    fault: "a code of error that nobody uses",
    check: "errors",
    place: /consent\/src\/errors\.ts:4 CONSENT_MISSING is used nowhere/,
    plant: (h) =>
      h.edit(`${consent}/src/give-consent.ts`, '  if (!given) throw fault("CONSENT_MISSING");\n', ""),
  },
  {
    fault: "a code of error that is in no table",
    check: "errors",
    place: /give-consent\.ts:11 CONSENT_LOST is in no table/,
    plant: (h) =>
      h.edit(
        `${consent}/src/give-consent.ts`,
        "  if (!given)",
        '  if (given) throw fault("CONSENT_LOST");\n  if (!given)',
      ),
  },
  {
    fault: "a page of errors that is out of date",
    check: "errors",
    place: /docs\/errors\.md:\d+ differs from the sources: .*The consent is missing/,
    plant: (h) => h.edit(`${consent}/src/errors.ts`, "Consent is missing.", "The consent is missing."),
  },
  {
    fault: "a docstring that names an unknown clause",
    check: "clauses",
    place: /is-due\.ts:6 @clause names an unknown clause D99\.1/,
    plant: (h) =>
      h.edit(
        `${retention}/src/is-due.ts`,
        "/** True once the last day has passed. */",
        "/**\n * True once the last day has passed.\n *\n * @clause D99.1\n */",
      ),
  },
  {
    fault: "a title that names an unknown clause",
    check: "clauses",
    place: /is-due\.test\.ts:4 the title names an unknown clause D99\.1/,
    plant: (h) =>
      h.edit(`${retention}/test/is-due.test.ts`, "is due afterwards", "is due afterwards (D99.1)"),
  },
  {
    fault: "a clause without a row",
    check: "clauses",
    place: /docs\/clauses\.md has no row for D8/,
    plant: (h) => h.edit("docs/clauses.md", /\| D8 \|.*\n/, ""),
  },
  {
    fault: "a clause of the source documents that the list lacks",
    check: "clauses",
    place: /clauses\.yaml D8\.4 of \.\.\/shared\/CLAUSES\.md:3 is missing/,
    plant: (h) =>
      h.write(
        "../shared/CLAUSES.md",
        "| id | what |\n|---|---|\n| D8.4 | |\n| D6.1b | |\n| D8 | |\n| D8.3 | |\n| DB.K.gar-teacher | |\n",
      ),
  },
  {
    fault: "a row that says enforced without a test",
    check: "clauses",
    place: /docs\/clauses\.md:\d+ D8\.3 says enforced, but no test title bears \(D8\.3\)/,
    plant: (h) => h.edit(`${agreement}/test/working-days.test.ts`, " (D8.3)", ""),
  },
  {
    fault: "a row that says enforced whose test failed in the last run",
    check: "clauses",
    place: /give-consent\.test\.ts:6 D6\.1b says enforced, but its test did not pass/,
    plant: (h) => writeReport(h, "failed"),
  },
  {
    fault: "a page's file that calls enforced what the sources do not",
    check: "clauses",
    place: /reference\/clauses\.json:\d+ differs from the sources/,
    plant: (h) => h.edit("apps/hub/reference/clauses.json", '"planned"', '"enforced"'),
  },
  {
    fault: "a tarball's address in the lock file",
    check: "lock",
    place: /pnpm-lock\.yaml:7 holds a tarball's address/,
    plant: (h) =>
      h.edit(
        "pnpm-lock.yaml",
        /$/,
        "    resolution: {integrity: sha512-AAAA, tarball: https://mirror.example/a.tgz}\n",
      ),
  },
  {
    fault: "another tool's lock file",
    check: "lock",
    place: /package-lock\.json is another tool's/,
    plant: (h) => h.write("package-lock.json", "{}\n"),
  },
  {
    fault: "a path of one machine",
    check: "lock",
    place: /docs\/guide\.md:1 holds a path of one machine: \/home\/zoe/,
    plant: (h) => h.write("docs/guide.md", `Open ${["", "home", "zoe", "preau"].join("/")} first.\n`),
  },
];

/** A report of a whole run that began just now, in which the test of D6.1b had this status. */
function writeReport(h: House, status: string) {
  const suites: [string, string[], string, string][] = [
    [
      `${agreement}/test/working-days.test.ts`,
      ["window to object (D8.3)"],
      "lasts seven working days",
      "passed",
    ],
    [
      `${consent}/test/give-consent.test.ts`,
      ["give consent"],
      "is recorded 8 times before the processing (D6.1b)",
      status,
    ],
    ...[
      "foundation/kernel/test/clock",
      "foundation/database/test/rows",
      "foundation/testing/test/always",
    ].map(plain),
    ...["duties/retention/test/is-due", "connectors/gar/test/sign-in"].map(plain),
    ["apps/hub/test/serve.test.ts", [], "serves", "passed"],
    ["apps/simulators/test/simulate.test.ts", [], "pretends", "passed"],
  ];
  mkdirSync(path.dirname(reportFile(h.root)), { recursive: true });
  writeFileSync(
    reportFile(h.root),
    JSON.stringify({
      startTime: Date.now() + 1000,
      testResults: suites.map(([file, ancestorTitles, title, outcome]) => ({
        name: path.join(h.root, file),
        status: outcome,
        assertionResults: [{ ancestorTitles, title, status: outcome }],
      })),
    }),
  );
}

function plain(file: string): [string, string[], string, string] {
  return [`packages/${file}.test.ts`, [], "holds", "passed"];
}

describe("npm run check", () => {
  it("finds nothing in a clean house", async () => {
    house = buildHouse();
    expect(await house.failures("all")).toEqual({});
    writeReport(house, "passed");
    expect(await house.failures("fast")).toEqual({});
  });

  it("writes with --fix what it then accepts", async () => {
    house = buildHouse();
    house.remove("docs");
    house.edit(`${retention}/src/is-due.ts`, "  return", "      return");
    expect(Object.keys(await house.failures("fast"))).toEqual(["format", "errors", "clauses"]);
    await house.fix();
    expect(await house.failures("fast")).toEqual({});
  });

  it("finds each fault of types, lint and use by its own check alone, all in one house", async () => {
    house = buildHouse();
    for (const { plant } of slowFaults) plant(house);
    const failures = await house.failures("all");
    expect(Object.keys(failures), JSON.stringify(failures, null, 1)).toEqual(
      slowFaults.map(({ check }) => check),
    );
    for (const { check, place } of slowFaults) {
      expect(failures[check], check).toHaveLength(1);
      expect(failures[check]?.[0]).toMatch(place);
    }
  });

  it.each(fastFaults)("finds $fault by $check alone", async ({ check, place, plant }) => {
    house = buildHouse();
    plant(house);
    const failures = await house.failures("fast");
    expect(Object.keys(failures), JSON.stringify(failures, null, 1)).toEqual([check]);
    expect(failures[check]?.join("\n")).toMatch(place);
  });
});
