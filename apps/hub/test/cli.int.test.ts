import { appendFileSync, cpSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { referenceFolder } from "@preau/agreement";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";
import { preau } from "./run-preau.ts";

const ERASE = ["erase", "--lms", "moodle", "--db", "mysql://root@127.0.0.1:1/x", "--controller", "ministry"];
const PERSON = ["--subject", "210", "--ground", "account-deleted"];

const without = (args: readonly string[], flag: string) => {
  const at = args.indexOf(flag);
  return [...args.slice(0, at), ...args.slice(at + 2)];
};
const having = (args: readonly string[], flag: string, value: string) => [
  ...without(args, flag),
  flag,
  value,
];
const whole = [...ERASE, ...PERSON];

describe("the command line (streams and exit codes)", () => {
  it("prints help on stdout when asked, on stderr with 2 when no command is named", async () => {
    const cwd = temporaryFolder();
    const [asked, none, version] = await Promise.all([
      preau(["--help"], { cwd }),
      preau([], { cwd }),
      preau(["--version"], { cwd }),
    ]);
    expect([asked.code, asked.err, asked.out.startsWith("Usage: preau")]).toEqual([0, "", true]);
    expect([none.code, none.out, none.err.startsWith("Usage: preau")]).toEqual([2, "", true]);
    expect([version.code, /^\d+\.\d+\.\d+\n$/.test(version.out)]).toEqual([0, true]);
  });

  it.each([
    { defect: "unknown command", args: ["nope"], names: "nope" },
    { defect: "unknown option", args: ["doctor", "--nope"], names: "--nope" },
    { defect: "missing argument", args: ["journal", "verify"], names: "file" },
    { defect: "option without its value", args: ["erase", "--lms"], names: "--lms" },
    { defect: "one argument too many", args: ["doctor", "now"], names: "doctor" },
    { defect: "receipt without controller", args: ["receipt", "ers_x"], names: "--controller" },
    { defect: "another LMS", args: having(whole, "--lms", "canvas"), names: "--lms" },
    { defect: "an empty subject", args: having(whole, "--subject", "210,,211"), names: "--subject" },
    { defect: "a subject in words", args: having(whole, "--subject", "eleve0101"), names: "--subject" },
    { defect: "a negative subject", args: having(whole, "--subject", "-1"), names: "--subject" },
    { defect: "a ground of another law", args: having(whole, "--ground", "deleted"), names: "--ground" },
    { defect: "a prefix with SQL", args: [...whole, "--table-prefix", "mdl_;drop"], names: "--table-prefix" },
    { defect: "an address without a server", args: having(whole, "--db", "sqlite:lms.db"), names: "--db" },
    { defect: "a vkey that is none", args: ["journal", "verify", "x", "--vkey", "no"], names: "--vkey" },
    ...["--lms", "--db", "--controller", "--subject", "--ground"].map((flag) => ({
      defect: `erase without ${flag}`,
      args: without(whole, flag),
      names: flag,
    })),
  ])("refuses with 2 and names the place: $defect", async ({ args, names }) => {
    const cwd = temporaryFolder();
    const answer = await preauHere(args, { cwd });
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).toMatch(/^preau: HUB_BAD_ARGUMENT {2}/);
    expect(answer.err.split("\n")[1]).toContain(`place: ${names}`);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("refuses a password on the command line and does not repeat it", async () => {
    const answer = await preau(having(whole, "--db", "mysql://root:s3cret@127.0.0.1/x"), {
      cwd: temporaryFolder(),
    });
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).toContain("HUB_PASSWORD_GIVEN");
    expect(answer.err).not.toContain("s3cret");
  });

  it("says 4 and does not wait for ever when the LMS's database is out of reach, with its place", async () => {
    const cwd = temporaryFolder();
    const answer = await preau([...whole, "--plan-only"], { cwd, env: { PREAU_LMS_PASSWORD: "s3cret" } });
    expect([answer.code, answer.out]).toEqual([4, ""]);
    expect(answer.err).toMatch(/^preau: DATABASE_UNREACHABLE .*\n {2}place: 127\.0\.0\.1:1\/x\n/);
    expect(answer.err).not.toContain("s3cret");
    expect(answer.ms).toBeLessThan(30_000);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("speaks French to a French terminal", async () => {
    const cwd = temporaryFolder();
    const env = { LANG: "fr_FR.UTF-8" };
    const [help, refused] = await Promise.all([
      preauHere(["erase", "--help"], { cwd, env }),
      preauHere(["nope"], { cwd, env }),
    ]);
    expect(help.out).toContain("Usage : preau erase");
    expect(help.out).toContain("afficher cette aide");
    expect(refused.err).toContain("La commande est incompréhensible.");
    expect(refused.err).toContain("remède: Lancez-la avec --help.");
  });
});

describe("preau journal verify", () => {
  it.each([
    { what: "text", content: "hello\n" },
    { what: "an empty file", content: "" },
    { what: "JSON of another kind", content: '{"schema":"preau.receipt/1"}' },
    { what: "bytes that are no UTF-8", content: Buffer.from([0xff, 0xfe, 0x00, 0x80]) },
    { what: "deep JSON", content: "[".repeat(100_000) },
  ])("says FALSE with 1: $what", async ({ content }) => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "receipt.json"), content);
    const answer = await preauHere(["journal", "verify", "receipt.json", "--json"], { cwd });
    expect([answer.code, answer.err]).toEqual([1, ""]);
    expect(JSON.parse(answer.out)).toMatchObject({ result: "FALSE", keyTrusted: false });
  });

  it("says 4 for a file that is not there and for a folder, 2 for a hundred megabytes", async () => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, "folder"));
    writeFileSync(path.join(cwd, "large"), "");
    truncateSync(path.join(cwd, "large"), 100 << 20);
    const verify = (file: string) => preauHere(["journal", "verify", file, "--json"], { cwd });
    const [missing, folder, large] = [await verify("missing"), await verify("folder"), await verify("large")];
    expect([missing.code, missing.out, folder.code, folder.out]).toEqual([4, "", 4, ""]);
    expect(missing.err).toContain("HUB_FILE_UNREADABLE");
    expect([large.code, large.out]).toEqual([2, ""]);
    expect(large.err).toContain("HUB_FILE_TOO_LARGE");
  });
});

describe("preau journal key and preau receipt", () => {
  it("prints the same two keys each time, and refuses an unknown receipt", async () => {
    const cwd = temporaryFolder();
    const first = await preau(["journal", "key", "--json"], { cwd });
    const again = await preauHere(["journal", "key"], { cwd });
    const keys = JSON.parse(first.out) as Record<string, string>;
    expect([first.code, first.err, Object.keys(keys)]).toEqual([0, "", ["evidence", "activity"]]);
    expect(again.out).toBe(`evidence  ${keys["evidence"] ?? ""}\nactivity  ${keys["activity"] ?? ""}\n`);
    const unknown = await preauHere(["receipt", "ers_01", "--controller", "ministry"], { cwd });
    expect([unknown.code, unknown.out]).toEqual([2, ""]);
    expect(unknown.err).toContain("HUB_RECEIPT_UNKNOWN");
  });
});

describe("preau agreement check", () => {
  /** The agreement that ships with Préau, with lines added to its rules. */
  const folderWith = (lines: string) => {
    const cwd = temporaryFolder();
    cpSync(fileURLToPath(referenceFolder), path.join(cwd, "agreement"), { recursive: true });
    appendFileSync(path.join(cwd, "agreement", "agreement.yaml"), lines);
    return cwd;
  };

  it("says 3 and the fingerprint of an agreement that can be used while a delay is unknown", async () => {
    const answer = await preau(["agreement", "check", "agreement", "--json"], { cwd: folderWith("") });
    expect([answer.code, answer.err]).toEqual([3, ""]);
    expect(JSON.parse(answer.out)).toMatchObject({
      valid: true,
      agreement: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
    });
  });

  it.each([
    { defect: "broken YAML", lines: "broken: [a\nb: c\n" },
    { defect: "an unknown key", lines: "\nunheardOf: 1\n" },
  ])("says 1 with line and column: $defect", async ({ lines }) => {
    const cwd = folderWith(lines);
    const text = await preauHere(["agreement", "check", "agreement"], { cwd });
    const json = await preauHere(["agreement", "check", "agreement", "--json"], { cwd });
    expect([text.code, text.out]).toEqual([1, ""]);
    expect(text.err).toMatch(/agreement\.yaml:\d+:\d+/);
    expect([json.code, json.err]).toEqual([1, ""]);
    expect(JSON.parse(json.out)).toMatchObject({ valid: false });
  });

  it("says 4 when the folder is not there", async () => {
    const answer = await preauHere(["agreement", "check", "nowhere"], { cwd: temporaryFolder() });
    expect([answer.code, answer.out]).toEqual([4, ""]);
    expect(answer.err).toContain("place: nowhere");
  });
});

describe("preau doctor", () => {
  it("says 0 for an installation of its own, with what is weak", async () => {
    const answer = await preau(["doctor", "--json"], { cwd: temporaryFolder() });
    expect([answer.code, answer.err]).toEqual([0, ""]);
    const { findings } = JSON.parse(answer.out) as { findings: { check: string; result: string }[] };
    expect(findings.filter(({ result }) => result === "FAIL")).toEqual([]);
    expect(findings).toContainEqual(expect.objectContaining({ check: "key backups", result: "WARN" }));
  });

  it("says 1 when the address is not encrypted and the keys stand beside the data", async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "preau.yaml"), "publicUrl: http://preau.example/\n");
    const url = `sqlite:${path.join(cwd, "one.sqlite")}`;
    const answer = await preauHere(["doctor", "--json"], { cwd, env: { PREAU_DB: url, PREAU_KEYS_DB: url } });
    expect(answer.code).toBe(1);
    const { findings } = JSON.parse(answer.out) as { findings: { check: string; result: string }[] };
    const failed = findings.filter(({ result }) => result === "FAIL").map(({ check }) => check);
    expect(failed).toEqual(expect.arrayContaining(["encrypted transport", "keys apart"]));
  });
});
