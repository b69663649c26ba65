import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isFault } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConfig, readSecret } from "../src/config.ts";

const LMS = `lms:
  - id: school
    controller: ministry
    map: maps/school.yaml
    database: sqlite:school.sqlite
`;

function config(yaml: string | undefined, environment: Readonly<Record<string, string>> = {}) {
  const cwd = temporaryFolder();
  if (yaml !== undefined) writeFileSync(path.join(cwd, "preau.yaml"), yaml);
  return { cwd, read: () => readConfig(environment, cwd) };
}

function refusal(read: () => unknown): { code: string; exit: number; place: string | undefined } {
  try {
    read();
  } catch (error) {
    if (isFault(error)) return { code: error.code, exit: error.exit, place: error.place };
    throw error;
  }
  throw new Error("it was not refused");
}

describe("preau.yaml and the environment", () => {
  it("needs no map of a Moodle", () => {
    const { read } = config(
      LMS.replace("map: maps/school.yaml", "kind: moodle\n    moodledata: /var/moodledata"),
    );
    expect(read().lms).toMatchObject([{ id: "school", kind: "moodle", moodledata: "/var/moodledata" }]);
  });

  it.each(["key", "hookSecret"])(
    "refuses the support desk's %s in itself: it stands in a file of its own",
    (secret) => {
      const bridge = "plugins:\n  support-bridge:\n    desk: crisp\n";
      expect(refusal(config(`${bridge}    ${secret}: secret\n`).read)).toMatchObject({
        ...{
          code: "HUB_CONFIG_INVALID",
          place: `preau.yaml:4:${secret.length + 7} plugins.support-bridge.${secret}`,
        },
      });
      const { read } = config(`${bridge}    ${secret}File: desk.secret\n`);
      expect(path.isAbsolute(String(read().plugins["support-bridge"]?.[`${secret}File`]))).toBe(true);
    },
  );

  it("takes the mail server's password from the environment or a file of its own, never from itself", () => {
    const mailer = "plugins:\n  mailer:\n    host: smtp.example\n";
    const { read } = config(`${mailer}    passwordFile: smtp.password\n`, { PREAU_SMTP_PASSWORD: "secret" });
    expect(read().overrides["mailer"]).toMatchObject({ password: "secret", demonstration: false });
    expect(path.isAbsolute(String(read().plugins["mailer"]?.["passwordFile"]))).toBe(true);
    expect(refusal(config(`${mailer}    password: secret\n`).read)).toMatchObject({
      code: "HUB_CONFIG_INVALID",
      place: "preau.yaml:4:15 plugins.mailer.password",
    });
  });

  it("has a default for everything when there is no file", () => {
    const { cwd, read } = config(undefined);
    expect(read()).toMatchObject({
      folder: cwd,
      data: path.join(cwd, ".preau"),
      port: 8700,
      publicUrl: "http://127.0.0.1:8700",
      name: "preau",
      keyBackupHours: "unknown",
      lms: [],
      databaseUrl: `sqlite:${path.join(cwd, ".preau", "hub.sqlite")}`,
      keysUrl: `sqlite:${path.join(cwd, ".preau", "keys.sqlite")}`,
      databasePassword: undefined,
    });
  });

  it("takes an empty file and a file of comments for an empty configuration", () => {
    for (const yaml of ["", "# nothing yet\n", "---\n"]) expect(config(yaml).read().name).toBe("preau");
  });

  it("lets no staff in behind a proxy whose word is not taken: all the world would come from this machine (towards DD.6)", () => {
    const networksOf = (yaml: string) => config(yaml).read().staffNetworks;
    const site = "publicUrl: https://preau.example\n";
    expect(networksOf(site)).toEqual([]);
    expect(networksOf(`${site}trustProxy: 1\n`)).toBeUndefined(); // the loopback alone
    expect(networksOf(`${site}staffNetworks: [10.0.0.0/8]\n`)).toEqual(["10.0.0.0/8"]);
    expect(networksOf("publicUrl: http://localhost:8700\n")).toBeUndefined();
  });

  it("starts relative paths from the working folder and from the file's folder", () => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, "etc"));
    writeFileSync(path.join(cwd, "etc", "hub.yaml"), LMS);
    const read = readConfig({ PREAU_CONFIG: "etc/hub.yaml", PREAU_DATA: "var" }, cwd);
    expect([read.folder, read.data]).toEqual([path.join(cwd, "etc"), path.join(cwd, "var")]);
  });

  it.each([
    { defect: "unknown key", yaml: "name: a\nnom: b\n", place: "preau.yaml:2:1 nom" },
    { defect: "unknown key of an LMS", yaml: `${LMS}    table: x\n`, place: "preau.yaml:6:5 lms.0.table" },
    { defect: "missing key of an LMS", yaml: "lms:\n  - id: a\n", place: "preau.yaml:2:5 lms.0.controller" },
    { defect: "key twice", yaml: "name: a\nname: b\n", place: "preau.yaml:2:1" },
    { defect: "list for a text", yaml: "name: [a]\n", place: "preau.yaml:1:7 name" },
    { defect: "text for a number", yaml: "keyBackupHours: many\n", place: "preau.yaml:1:17 keyBackupHours" },
    { defect: "negative hours", yaml: "\nkeyBackupHours: -1\n", place: "preau.yaml:2:17 keyBackupHours" },
    { defect: "address that is none", yaml: "publicUrl: here\n", place: "preau.yaml:1:12 publicUrl" },
    {
      defect: "upper case in an id",
      yaml: LMS.replace("school", "School"),
      place: "preau.yaml:2:9 lms.0.id",
    },
    { defect: "a list as the whole", yaml: "- name: a\n", place: "preau.yaml:1:1" },
    { defect: "a text as the whole", yaml: "hello\n", place: "preau.yaml:1:1" },
    { defect: "a text for a plugin", yaml: "plugins:\n  gar: yes\n", place: "preau.yaml:2:8 plugins.gar" },
    { defect: "broken YAML", yaml: "name: 'a\n", place: "preau.yaml:" },
    {
      defect: "an application without its map",
      yaml: LMS.replace("    map: maps/school.yaml\n", ""),
      place: "preau.yaml:2:5 lms.0.map",
    },
    { defect: "a tab for a space", yaml: "lms:\n\t- id: a\n", place: "preau.yaml:" },
    { defect: "two documents", yaml: "name: a\n---\nname: b\n", place: "preau.yaml:" },
    { defect: "an alias without anchor", yaml: "name: *a\n", place: "preau.yaml:1:7" },
    { defect: "a prototype key", yaml: "__proto__: {}\n", place: "preau.yaml:1:1 __proto__" },
    { defect: "a number as a key", yaml: "1: a\n", place: "preau.yaml:1:1 1" },
  ])("refuses with line and column: $defect", ({ yaml, place }) => {
    const found = refusal(config(yaml).read);
    expect([found.code, found.exit]).toEqual(["HUB_CONFIG_INVALID", 2]);
    expect(found.place?.startsWith(place)).toBe(true);
  });

  it("refuses a bomb of aliases at once", () => {
    const levels = Array.from({ length: 12 }, (_, n) =>
      n === 0 ? "a0: &a0 [x, x, x, x, x, x]" : `a${n}: &a${n} [${`*a${n - 1}, `.repeat(9)}*a${n - 1}]`,
    );
    const start = performance.now();
    expect(refusal(config(`plugins:\n  ${levels.join("\n  ")}\n`).read).code).toBe("HUB_CONFIG_INVALID");
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it("takes an empty variable for one that is not set", () => {
    const empty = config(undefined, { PREAU_PORT: "", PREAU_DATA: "", PREAU_DB: "" }).read();
    expect([empty.port, path.basename(empty.data)]).toEqual([8700, ".preau"]);
    expect(empty.databaseUrl).toBe(`sqlite:${path.join(empty.data, "hub.sqlite")}`);
  });

  it.each(["-1", "65536", "87.5", "8700 ", "0x50", "http"])("refuses PREAU_PORT=%j", (port) => {
    expect(refusal(config(undefined, { PREAU_PORT: port }).read)).toMatchObject({ place: "PREAU_PORT" });
  });

  it("reads or refuses any text, and throws nothing else (property)", () => {
    const words = [
      "name",
      "lms",
      "plugins",
      ":",
      "- ",
      "\n",
      "  ",
      "&a",
      "*a",
      "{",
      "[",
      "!!js",
      "'",
      "a",
      "1",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 24 }), (parts) => {
        const { read } = config(parts.join(""));
        try {
          read();
        } catch (error) {
          expect(isFault(error, "HUB_CONFIG_INVALID")).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("says which named file is missing", () => {
    const found = refusal(config(undefined, { PREAU_CONFIG: "other.yaml" }).read);
    expect(found).toEqual({ code: "HUB_FILE_UNREADABLE", exit: 4, place: "other.yaml" });
  });
});

describe("secrets by file or environment", () => {
  it("takes the first line of the file before the variable", () => {
    const file = path.join(temporaryFolder(), "password");
    writeFileSync(file, "from the file\r\nsecond line\n");
    expect(readSecret({ X: "from the variable", X_FILE: file }, "X")).toBe("from the file");
    expect(readSecret({ X: "from the variable" }, "X")).toBe("from the variable");
    expect(readSecret({}, "X")).toBeUndefined();
  });

  it("names the variable, never the path, when the file cannot be read", () => {
    expect(refusal(() => readSecret({ X_FILE: "/nowhere/secret" }, "X")).place).toBe("X_FILE");
  });
});
