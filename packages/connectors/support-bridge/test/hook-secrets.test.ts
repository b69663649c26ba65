/** Secrets in files (support-bridge 1): what counts as one. */
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { hookSecrets } from "../src/hook-secrets.ts";

const [ONE, TWO] = ["9f0c1b7d94f6a4c0f8e21d5a7b3906c55", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];

describe("secrets of hooks", () => {
  it("are lines, two at most; no comment, no short one, none with a space in it", () => {
    const read = (hookSecret: string) => hookSecrets({ hookSecret }, () => 0)();
    expect(read([ONE, TWO].join("\n"))).toEqual([ONE, TWO]);
    expect(
      read(
        ["# rotated-on-2026-11-27-by-the-operations-team", "", ONE, "short", `${TWO} ${ONE}`].join("\r\n"),
      ),
    ).toEqual([ONE]);
    expect(read([ONE, TWO, `${ONE}x`].join("\n"))).toEqual([ONE, TWO]);
  });

  it("stand in a file that is its owner's alone, and are read anew", async () => {
    const file = path.join(temporaryFolder(), "secret");
    let now = 0;
    const read = hookSecrets({ hookSecretFile: file }, () => now);
    expect(read()).toEqual([]);
    writeFileSync(file, ONE, { mode: 0o600 });
    expect(read()).toEqual([]);
    now += 2_000;
    expect(read()).toEqual([ONE]);
    chmodSync(file, 0o644);
    now += 2_000;
    expect(read()).toEqual(process.platform === "win32" ? [ONE] : []);
  });
});
