import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { readOrCreateRootKey } from "../src/index.ts";

describe("file of the root key", () => {
  it("is made at the first start, mode 0600, and read the next time", () => {
    const folder = temporaryFolder();
    const file = join(folder, "root.key");
    const key = readOrCreateRootKey(file);
    expect(key).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readOrCreateRootKey(file)).toEqual(key);
    expect(readdirSync(folder)).toEqual(["root.key"]);
  });

  it.each([
    [
      "open to others",
      (file: string) => {
        writeFileSync(file, `${"ab".repeat(32)}\n`);
        chmodSync(file, 0o640);
      },
    ],
    ["too short", (file: string) => writeFileSync(file, "abcd\n", { mode: 0o600 })],
    ["empty", (file: string) => writeFileSync(file, "", { mode: 0o600 })],
    ["a folder", (file: string) => mkdirSync(file)],
    ["in a folder that is not there", () => undefined],
  ])("is refused when it is %s (KEYS_SECRET_FILE), and left as it is", (title, make) => {
    const file = join(temporaryFolder(), title.startsWith("in a") ? "none/root.key" : "root.key");
    make(file);
    expect(() => readOrCreateRootKey(file)).toThrow(expect.objectContaining({ code: "KEYS_SECRET_FILE" }));
  });
});
