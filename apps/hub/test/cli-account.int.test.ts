import { writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";
import { type Answer, preau } from "./run-preau.ts";

/** Runs `preau account …` with that input. */
const account = (cwd: string, args: readonly string[], input = ""): Promise<Answer> =>
  preauHere(["account", ...args], { cwd, input });

/** The same as a process of its own. */
const accountProcess = (cwd: string, args: readonly string[], input = ""): Promise<Answer> =>
  preau(["account", ...args], { cwd, input });

const PERSON = "ines@editions-marelle.example\nInès Peuplier\n";
const INVITE = ["invite", "--role", "publisherDpo", "--email-stdin"];

describe("preau account (DD.4, DD.5)", () => {
  it("invites the first administrator: the link alone on stdout, the person nowhere", async () => {
    const cwd = temporaryFolder();
    const { code, out, err } = await accountProcess(cwd, INVITE, PERSON);
    expect(code).toBe(0);
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:8700\/invitation\?token=[\w-]{43}\n$/);
    expect(err).toMatch(/^Hand this link over, .* until \d{4}-\d\d-\d\dT[\d:.]+Z\n$/);
    const list = await accountProcess(cwd, ["list", "--json"]);
    const { accounts } = JSON.parse(list.out) as { accounts: Record<string, unknown>[] };
    expect(accounts).toEqual([
      {
        id: expect.stringMatching(/^act_[0-9a-z]{26}$/),
        controller: "publisher",
        role: "publisherDpo",
        state: "invited",
        secondFactor: false,
        signedInAt: null,
        lockedUntil: null,
      },
    ]);
    expect(list.out).not.toMatch(/ines|peuplier/i);
    const id = String(accounts[0]?.["id"]);
    const again = await account(cwd, ["link", id]);
    expect([again.code, again.out === out]).toEqual([0, false]);
    expect((await account(cwd, INVITE, PERSON)).err).toMatch(/^preau: ACCOUNT_EXISTS/);
    expect(await account(cwd, ["unlock", id])).toMatchObject({ code: 0, out: `${id}\n` });
    expect(await account(cwd, ["reset-factor", id])).toMatchObject({ code: 2, out: "" });
    expect(await account(cwd, ["revoke", id])).toMatchObject({ code: 0, out: `${id}\n` });
    expect(await account(cwd, ["erase", id])).toMatchObject({ code: 0, out: `${id}\n` });
    expect(JSON.parse((await account(cwd, ["list", "--json"])).out)).toEqual({ accounts: [] });
    expect((await account(cwd, ["revoke", id])).err).toMatch(/^preau: ACCOUNT_UNKNOWN/);
  });

  it.each([
    { defect: "no input and no terminal", args: ["invite", "--role", "auditor"], names: "--email-stdin" },
    { defect: "an unknown role", args: ["invite", "--role", "system", "--email-stdin"], names: "--role" },
    { defect: "no role", args: ["invite", "--email-stdin"], names: "--role" },
    { defect: "an address as an argument", args: [...INVITE, "a@a.example"], names: "invite" },
    { defect: "an id that is none", args: ["revoke", "a@a.example"], names: "id" },
  ])("refuses with 2 and names the place: $defect", async ({ args, names }) => {
    const answer = await account(temporaryFolder(), args, PERSON);
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).toMatch(/^preau: HUB_BAD_ARGUMENT {2}/);
    expect(answer.err).toContain(names);
    expect(answer.err).not.toContain("a@a.example");
  });

  it.each([
    ["", "ACCOUNT_BAD_PERSON"],
    ["no address\nA\n", "ACCOUNT_BAD_PERSON"],
    ["a@a.example\n", "ACCOUNT_BAD_PERSON"],
    [`${"x".repeat(5_000)}\n`, "HUB_BAD_ARGUMENT"],
  ])("refuses the input %j", async (input, code) => {
    const answer = await account(temporaryFolder(), INVITE, input);
    expect([answer.code, answer.out, answer.err.split("  ")[0]]).toEqual([2, "", `preau: ${code}`]);
  });

  it("refuses a demonstration where others could reach it, with line and column", async () => {
    const cwd = temporaryFolder();
    for (const publicUrl of [
      "https://preau.example",
      "http://192.0.2.1",
      "http://127.0.0.1.preau.example",
      "http://localhost.preau.example",
    ]) {
      writeFileSync(path.join(cwd, "preau.yaml"), `publicUrl: ${publicUrl}\ndemonstration: true\n`);
      const answer = await account(cwd, ["list"]);
      expect([publicUrl, answer.code, answer.err]).toEqual([
        publicUrl,
        2,
        expect.stringContaining("preau.yaml:2:16 demonstration"),
      ]);
    }
  });

  it("lets no part of the file turn the demonstration on behind that check", async () => {
    const cwd = temporaryFolder();
    writeFileSync(
      path.join(cwd, "preau.yaml"),
      "publicUrl: https://preau.example\nplugins:\n  accounts:\n    demonstration: true\n",
    );
    const answer = await account(cwd, ["list", "--json"]);
    expect(answer.code).toBe(0);
    expect(answer.out).toBe('{"accounts":[]}\n');
  });
});
