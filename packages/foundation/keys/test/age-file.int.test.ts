import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { makeAgeIdentity, openFile, sealFile } from "../src/index.ts";

const DATA = Buffer.alloc(300_000, "Zoé\n"); // five chunks

async function* pieces(bytes: Uint8Array, size = 10_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

describe("age files (age-encryption.org/v1)", () => {
  it("open with each recipient's identity, and with no other", async () => {
    const [one, two, other] = [await makeAgeIdentity(), await makeAgeIdentity(), await makeAgeIdentity()];
    const sealed = await all(await sealFile(pieces(DATA), { recipients: [one.recipient, two.recipient] }));
    for (const { identity } of [one, two]) {
      expect((await all(openFile(pieces(sealed), { identities: [identity] }))).equals(DATA)).toBe(true);
    }
    const refused = all(openFile(pieces(sealed), { identities: [other.identity] }));
    await expect(refused).rejects.toMatchObject({ code: "KEYS_AGE_UNOPENED" });
  });

  it("open with their passphrase alone", async () => {
    const passphrase = "an invented passphrase";
    const sealed = await all(await sealFile(pieces(DATA.subarray(0, 100)), { passphrase }));
    expect((await all(openFile(pieces(sealed), { passphrase }))).equals(DATA.subarray(0, 100))).toBe(true);
    const refused = all(openFile(pieces(sealed), { passphrase: "another passphrase" }));
    await expect(refused).rejects.toMatchObject({ code: "KEYS_AGE_UNOPENED" });
  });

  it("are refused when they are cut or changed", async () => {
    const { identity, recipient } = await makeAgeIdentity();
    const sealed = await all(await sealFile(pieces(DATA), { recipients: [recipient] }));
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(changed.length - 5) ^ 1, changed.length - 5);
    for (const broken of [
      sealed.subarray(0, -1),
      sealed.subarray(0, 100_000),
      changed,
      Buffer.from("no age file"),
    ]) {
      const refused = all(openFile(pieces(broken), { identities: [identity] }));
      await expect(refused).rejects.toMatchObject({ code: "KEYS_AGE_UNOPENED" });
    }
  });

  it.each([{ recipients: [] }, { recipients: ["age1zzz"] }, { recipients: [""] }, { passphrase: "short" }])(
    "are not made for nobody: %j",
    async (recipients) => {
      await expect(sealFile(pieces(DATA), recipients)).rejects.toMatchObject({ code: "KEYS_AGE_RECIPIENT" });
    },
  );
});

const missing =
  spawnSync("age", ["--version"]).error === undefined ? undefined : "age is not installed (Debian: age)";

describe("age files and the age command", () => {
  if (missing !== undefined && !process.env["CI"]) {
    process.stderr.write(`skipped: age files and the age command: ${missing}\n`);
    it.skip(`(${missing})`, () => undefined);
    return;
  }

  it("are opened by it", async () => {
    const folder = temporaryFolder();
    const { identity, recipient } = await makeAgeIdentity();
    writeFileSync(join(folder, "key"), `${identity}\n`, { mode: 0o600 });
    writeFileSync(
      join(folder, "file.age"),
      await all(await sealFile(pieces(DATA), { recipients: [recipient] })),
    );
    execFileSync("age", ["-d", "-i", "key", "-o", "file", "file.age"], { cwd: folder });
    expect(readFileSync(join(folder, "file")).equals(DATA)).toBe(true);
  });

  it("that it made are opened by us", async () => {
    const folder = temporaryFolder();
    const { identity, recipient } = await makeAgeIdentity();
    writeFileSync(join(folder, "file"), DATA);
    execFileSync("age", ["-r", recipient, "-o", "file.age", "file"], { cwd: folder });
    const sealed = readFileSync(join(folder, "file.age"));
    expect((await all(openFile(pieces(sealed), { identities: [identity] }))).equals(DATA)).toBe(true);
  });
});
