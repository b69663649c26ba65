import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { preauHere } from "./preau-here.ts";

const run = (cwd: string, ...args: readonly string[]) => preauHere(["api-token", ...args], { cwd });
const ID = ["--controller", "college-1"] as const;

describe("preau api-token (DD.5)", () => {
  it("prints a token once, lists it without, and revokes it", async () => {
    const cwd = temporaryFolder();
    const made = await run(
      cwd,
      "create",
      ...ID,
      "--scope",
      "requests:write",
      "requests:read",
      "--use",
      "lms",
    );
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^preau_[\w-]{43}\n$/) as string });
    expect(made.err).toMatch(/not shown again.* \d{4}-\d\d-\d\dT[\d:.]+Z\n$/);
    const { out } = await run(cwd, "list", ...ID, "--json");
    const { tokens } = JSON.parse(out) as { tokens: Record<string, unknown>[] };
    expect(tokens).toEqual([
      {
        ...{ id: expect.stringMatching(/^tok_[0-9a-z]{26}$/) as string, use: "lms" },
        scopes: ["requests:write", "requests:read"],
        madeAt: expect.any(String) as string,
        expiresAt: expect.any(String) as string,
        ...{ lastUsedOn: null, revokedAt: null },
      },
    ]);
    expect(out).not.toContain(made.out.trim().slice(6));
    const id = String(tokens[0]?.["id"]);
    expect(await run(cwd, "revoke", id, "--controller", "college-2")).toMatchObject({ code: 2, out: "" });
    expect(await run(cwd, "revoke", id, ...ID)).toMatchObject({ code: 0, out: `${id}\n` });
    expect((await run(cwd, "list", ...ID)).out).toMatch(new RegExp(`^${id}  lms  .*Z\n$`));
    expect((await run(cwd, "list", "--controller", "college-2")).out).toBe("");
  });

  it.each([
    { defect: "no scope", args: ["create", ...ID], names: "--scope" },
    { defect: "an unknown scope", args: ["create", ...ID, "--scope", "all"], names: "--scope" },
    {
      defect: "another use",
      args: ["create", ...ID, "--scope", "requests:read", "--use", "x"],
      names: "--use",
    },
    {
      defect: "two years",
      args: ["create", ...ID, "--scope", "requests:read", "--days", "730"],
      names: "--days",
    },
    { defect: "no client", args: ["list"], names: "--controller" },
    { defect: "an id that is none", args: ["revoke", "x", ...ID], names: "id" },
  ])("refuses with 2 and names the place: $defect", async ({ args, names }) => {
    const answer = await run(temporaryFolder(), ...args);
    expect([answer.code, answer.out]).toEqual([2, ""]);
    expect(answer.err).toMatch(/^preau: HUB_BAD_ARGUMENT {2}/);
    expect(answer.err).toContain(names);
  });

  it("makes none for the publisher itself", async () => {
    const answer = await run(
      temporaryFolder(),
      "create",
      "--controller",
      "publisher",
      "--scope",
      "requests:read",
    );
    expect([answer.code, answer.err.split("  ")[0]]).toEqual([2, "preau: ACCOUNT_NOT_YOURS"]);
  });
});
