import { chmodSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { systemClock } from "@preau/kernel";
import { makeAgeIdentity } from "@preau/keys";
import { type Folder, type MariaDb, makeFolder, startMoodleSchool } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProgressLine } from "../src/cli/export-progress.ts";
import { main } from "../src/cli.ts";
import { noMoodleSchool } from "./moodle-school.ts";
import { preauHere } from "./preau-here.ts";

const PUPIL = "210";

interface Survey {
  readonly schema: string;
  readonly persons: readonly {
    readonly stores: readonly {
      readonly store: string;
      readonly tables: readonly {
        readonly table: string;
        readonly category: string;
        readonly rows: number;
      }[];
    }[];
  }[];
}

describe.skipIf(noMoodleSchool() !== undefined)("preau export subject, refused or tried dry (D10.1a)", () => {
  let server: MariaDb;
  let folder: Folder;
  let recipient: string;

  beforeAll(async () => {
    folder = makeFolder();
    server = await startMoodleSchool();
    ({ recipient } = await makeAgeIdentity());
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  const exporting = (...args: string[]) =>
    preauHere(
      [
        "export",
        "subject",
        "--lms",
        "moodle",
        "--db",
        server.url("moodle"),
        "--controller",
        "ministry",
        ...args,
      ],
      { cwd: folder.path, env: { PREAU_DATA: path.join(folder.path, "data") } },
    );

  it("counts by table and category what a copy would hold, and writes nothing anywhere", async () => {
    const [shown, json] = [
      await exporting("--subject", PUPIL, "--dry-run"),
      await exporting("--subject", PUPIL, "--dry-run", "--json"),
    ];
    // Something of a Moodle is never covered (packed course backups): 3, as an erasure says UNKNOWN.
    expect([shown.code, json.code, json.err]).toEqual([3, 3, ""]);
    expect(shown.out).toMatch(/^ {2}mdl_logstore_standard_log +\S.* +\d+$/m);
    const survey = JSON.parse(json.out) as Survey;
    expect(survey).toMatchObject({ schema: "preau.export-plan/1", kind: "access" });
    const tables = survey.persons[0]?.stores.find(({ store }) => store === "moodle")?.tables ?? [];
    const rowsOf = async (table: string, column: string) =>
      Number(await server.sql(`SELECT COUNT(*) FROM ${table} WHERE ${column} = ${PUPIL}`, "moodle"));
    for (const table of ["mdl_grade_grades_history", "mdl_quiz_attempts", "mdl_user_info_data"])
      expect([table, tables.find((each) => each.table === table)?.rows]).toEqual([
        table,
        await rowsOf(table, "userid"),
      ]);
    for (const trace of ["eleve0101", "Richard", "0600000100"])
      expect([trace, shown.out.includes(trace), json.out.includes(trace)]).toEqual([trace, false, false]);
    expect(existsSync(path.join(folder.path, "data"))).toBe(false);
  });

  it("refuses with 2 what cannot be meant, and repeats nothing that could name somebody", async () => {
    const locked = ["--recipient", recipient, "--out", "out"];
    const refusals: readonly (readonly [readonly string[], string])[] = [
      [["--subject", "99999999", ...locked], "EXPORT_NO_SUBJECT"],
      [["--subject", `${PUPIL},99999999`, ...locked], "EXPORT_NO_SUBJECT"],
      [["--subject", "99999999", "--dry-run"], "EXPORT_NO_SUBJECT"],
      [["--subject", "sub_01jd0000000000000000000000", ...locked], "EXPORT_NO_SUBJECT"],
      [["--subject", "210 OR 1=1", ...locked], "HUB_BAD_ARGUMENT"],
      [["--subject", "210;DROP TABLE mdl_user", ...locked], "HUB_BAD_ARGUMENT"],
      [["--subject", "Léa Richard", ...locked], "HUB_BAD_ARGUMENT"],
      [["--subject", "210,", ...locked], "HUB_BAD_ARGUMENT"],
      [["--subject", PUPIL, "--kind", "everything", ...locked], "HUB_BAD_ARGUMENT"],
      [["--subject", PUPIL, "--language", "de", ...locked], "HUB_BAD_ARGUMENT"],
      [["--subject", PUPIL, "--table-prefix", "x' OR '1", ...locked], "HUB_BAD_ARGUMENT"],
      [["--subject", PUPIL, "--recipient", recipient], "HUB_BAD_ARGUMENT"],
    ];
    for (const [args, code] of refusals) {
      const answer = await exporting(...args);
      expect([args, answer.code, answer.out]).toEqual([args, 2, ""]);
      expect(answer.err).toContain(`preau: ${code}  `);
      for (const typed of ["OR 1=1", "DROP", "Richard"]) expect(answer.err).not.toContain(typed);
    }
    expect(existsSync(path.join(folder.path, "out"))).toBe(false);
  });

  it("treats an injection in an identifier as the identifier of nobody", async () => {
    const answer = await exporting("--subject", "moodle.user:210' OR '1'='1", "--dry-run");
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).toContain("preau: EXPORT_NO_SUBJECT  ");
    expect(answer.err).not.toContain("OR '1'");
  });

  describe("how the package is locked (DD.2)", () => {
    const secret = (name: string, text: string, mode = 0o600) => {
      const file = path.join(folder.path, name);
      writeFileSync(file, text);
      chmodSync(file, mode);
      return file;
    };

    it("is asked for: nothing is ever written in the clear because an option was forgotten", async () => {
      const refused = await exporting("--subject", PUPIL, "--out", "out");
      expect([refused.code, refused.out]).toEqual([2, ""]);
      expect(refused.err).toContain("preau: HUB_EXPORT_UNPROTECTED  ");
      expect(refused.err).toContain("clause: DD.2");
      for (const choice of ["--recipient", "--passphrase-file", "--unencrypted"])
        expect(refused.err).toContain(choice);
    });

    it("is one way, with a passphrase that nobody else can read and that is long enough", async () => {
      const good = secret("good", "cinq mots tirés au hasard\n");
      const refusals: readonly (readonly [readonly string[], string, number])[] = [
        [["--recipient", recipient, "--unencrypted"], "HUB_BAD_ARGUMENT", 2],
        [["--passphrase-file", good, "--recipient", recipient], "HUB_BAD_ARGUMENT", 2],
        [["--passphrase-file", good, "--container", "rar"], "HUB_BAD_ARGUMENT", 2],
        [["--recipient", recipient, "--container", "zip"], "HUB_BAD_ARGUMENT", 2],
        [["--passphrase-file", secret("short", "onze lettre\n")], "HUB_SECRET_WEAK", 2],
        [["--passphrase-file", secret("empty", "")], "HUB_SECRET_WEAK", 2],
        [["--passphrase-file", secret("open", "cinq mots tirés au hasard\n", 0o640)], "HUB_SECRET_OPEN", 2],
        [["--passphrase-file", path.join(folder.path, "nowhere")], "HUB_FILE_UNREADABLE", 4],
        [["--passphrase-file", folder.path], "HUB_FILE_UNREADABLE", 4],
        [["--recipients-file", secret("none", "# nobody\n")], "KEYS_AGE_RECIPIENT", 2],
        [["--recipient", "age1notakey"], "KEYS_AGE_RECIPIENT", 2],
        [["--recipient", "AGE-SECRET-KEY-1QQQQ"], "KEYS_AGE_RECIPIENT", 2],
        [["--passphrase"], "HUB_EXPORT_UNPROTECTED", 2],
      ];
      for (const [args, code, exit] of refusals) {
        const answer = await exporting("--subject", PUPIL, "--out", "out", ...args);
        expect([args, answer.err.split("  ")[0], answer.code]).toEqual([args, `preau: ${code}`, exit]);
        expect(answer.err).not.toContain("AGE-SECRET");
      }
      expect(existsSync(path.join(folder.path, "out"))).toBe(false);
    });

    it("is asked for twice at a terminal, without echo", async () => {
      const typing = async (...keys: string[]) => {
        const raw: boolean[] = [];
        const input = Object.assign(new Readable({ read: () => undefined }), {
          isTTY: true,
          setRawMode: (on: boolean) => raw.push(on),
        });
        const err: string[] = [];
        const asked = [
          ["export", "subject", "--lms", "moodle", "--db", server.url("moodle"), "--controller", "ministry"],
          ["--subject", PUPIL, "--out", path.join(folder.path, "typed"), "--passphrase"],
        ].flat();
        for (const [at, key] of keys.entries()) setTimeout(() => input.push(key), 20 + at * 20);
        const code = await main(asked, {
          environment: { LANG: "C.UTF-8", PREAU_DATA: path.join(folder.path, "data") },
          cwd: folder.path,
          clock: systemClock,
          input,
          out: () => undefined,
          err: (text) => void err.push(text),
        });
        return { code, err: err.join(""), raw };
      };
      const different = await typing("cinq mots tirés au hasard\r", "cinq mots tires au hasard\r");
      expect([different.code, different.raw]).toEqual([2, [true, false, true, false]]);
      expect(different.err).toContain("HUB_SECRET_DIFFERS");
      expect(different.err).not.toContain("cinq");
      const stopped = await typing("cinq m\u0003");
      expect([stopped.code, stopped.raw]).toEqual([2, [true, false]]);
      const corrected = await typing("onze\u007f\u007flettres\r", "ondlettres\u0004");
      expect(corrected.code).toBe(2);
      expect(readdirSync(folder.path)).not.toContain("typed");
    });
  });

  it("says the same in French, with the remedy", async () => {
    const answer = await preauHere(["export", "subject", "--controller", "ministry", "--subject", "x"], {
      cwd: folder.path,
      env: { LANG: "fr_FR.UTF-8" },
    });
    expect(answer.code).toBe(2);
    expect(answer.err).toContain("La commande est incompréhensible.");
  });
});

describe("the progress line of preau export (D10.1a)", () => {
  it("has counts alone, is drawn at most ten times a second, and is taken away", () => {
    const lines: string[] = [];
    const progress = makeProgressLine(
      {
        environment: {},
        cwd: "/",
        clock: systemClock,
        out: () => undefined,
        err: () => undefined,
        live: (line) => void lines.push(line),
      },
      "fr",
    );
    for (let entries = 0; entries < 1_000; entries += 1)
      progress.show({ stage: "writing", entries, bytes: entries * 1_000 }, { done: 2, of: 30 });
    progress.clear();
    progress.clear();
    expect(lines.length).toBeLessThan(10);
    expect(lines[0]).toMatch(/^écriture · 3\/30 · 0 fichier · 0 o · 0 o\/s$/);
    expect(lines.filter((line) => line === "")).toHaveLength(1);
  });
});
