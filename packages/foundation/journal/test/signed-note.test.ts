import { describe, expect, it } from "vitest";
import { readCheckpoint, writeTreeHead } from "../src/checkpoint.ts";
import { makeSigner } from "../src/index.ts";
import { isSignedBy, readNote, readVkey, writeVkey } from "../src/signed-note.ts";
import { readTlogProof, writeTlogProof } from "../src/tlog-proof.ts";

// The example of c2sp.org/signed-note.
const VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;

describe("signed note (c2sp.org/signed-note)", () => {
  it("verifies the specification's example with its key", () => {
    const key = readVkey(VKEY)!;
    expect(writeVkey(key)).toBe(VKEY);
    expect(isSignedBy(readNote(NOTE)!, key)).toBe(true);
    expect(isSignedBy(readNote(NOTE.replace("example message", "exemple message"))!, key)).toBe(false);
  });

  it("ignores signatures of other keys, and refuses a note with a wrong one of its own", () => {
    const key = readVkey(VKEY)!;
    const other = makeSigner(new Uint8Array(32).fill(9)).signNote("other.example", "x\n").split("\n").at(-2)!;
    expect(isSignedBy(readNote(`${NOTE}${other}\n`)!, key)).toBe(true);
    expect(isSignedBy(readNote(`This is an example message.\n\n${other}\n`)!, key)).toBe(false);
    const wrong = NOTE.split("\n")[2]!.replace("aQM=", "aQI=");
    expect(isSignedBy(readNote(`${NOTE}${wrong}\n`)!, key)).toBe(false);
  });

  it.each([
    ["another key ID", VKEY.replace("530d903a", "530d903b")],
    ["another algorithm", VKEY.replace("+AekyeRrm", "+AukyeRrm")],
    ["a name with a space", VKEY.replace("/foo", "/f oo")],
    ["a missing part", VKEY.slice(0, 24)],
    ["nothing", ""],
    ["text after it", `${VKEY}\n`],
  ])("reads no verifier key with %s", (_title, text) => expect(readVkey(text)).toBeUndefined());

  it.each([
    ["a control character", NOTE.replace("an example", "an\texample")],
    ["a carriage return", NOTE.replace("message.\n", "message.\r\n")],
    ["a lone surrogate", NOTE.replace("example", "\ud800")],
    ["no empty line", NOTE.replace("\n\n", "\n")],
    ["no last newline", NOTE.trimEnd()],
    ["a hyphen for the dash", NOTE.replace("—", "-")],
    ["a signature that is too short", NOTE.replace(/ Uw2.*/, " Uw2QOg==")],
    ["two spaces", NOTE.replace("— ", "—  ")],
  ])("reads no note with %s", (_title, text) => expect(readNote(text)).toBeUndefined());

  it("refuses to sign under a name that is none", () => {
    const signer = makeSigner(new Uint8Array(32));
    for (const name of ["", "a b", "a+b", "a\nb", "x".repeat(201)]) {
      expect(() => signer.vkey(name)).toThrow(expect.objectContaining({ code: "JOURNAL_BAD_ORIGIN" }));
    }
  });
});

// The example of c2sp.org/tlog-checkpoint; its key is not published.
const CHECKPOINT = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

describe("checkpoint (c2sp.org/tlog-checkpoint)", () => {
  it("reads the specification's example and writes its text again", () => {
    const checkpoint = readCheckpoint(CHECKPOINT)!;
    expect(checkpoint).toMatchObject({ origin: "example.com/behind-the-sofa", size: 20852163 });
    expect(writeTreeHead(checkpoint)).toBe(checkpoint.note.text);
  });

  it.each([
    ["a leading zero", CHECKPOINT.replace("\n2085", "\n02085")],
    ["a size beyond 2^53", CHECKPOINT.replace("20852163", "9007199254740993")],
    ["a short root", CHECKPOINT.replace("CsUY", "")],
    ["an extension line", CHECKPOINT.replace("q2I=\n", "q2I=\nmore\n")],
    ["an empty origin", CHECKPOINT.replace("example.com/behind-the-sofa\n", "\n")],
  ])("reads none with %s", (_title, text) => expect(readCheckpoint(text)).toBeUndefined());
});

describe("tlog-proof (c2sp.org/tlog-proof)", () => {
  const path = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const text = writeTlogProof({ extra: Buffer.from("{}"), index: 73894, path, checkpoint: CHECKPOINT });

  it("is read as it was written", () => {
    const proof = readTlogProof(text)!;
    expect(proof).toMatchObject({ index: 73894, extra: Buffer.from("{}"), path });
    expect(text.split("\n").slice(0, 4)).toEqual([
      "c2sp.org/tlog-proof@v1",
      "extra e30=",
      "index 73894",
      path[0]!.toString("base64"),
    ]);
    expect(readTlogProof(text.replace("extra e30=\n", ""))?.extra).toBeUndefined();
    const { checkpoint } = proof;
    expect(
      writeTlogProof({ ...proof, extra: proof.extra!, checkpoint: text.slice(text.indexOf("\n\n") + 2) }),
    ).toBe(text);
    expect(checkpoint.size).toBe(20852163);
  });

  it.each([
    ["another version", text.replace("@v1", "@v2")],
    ["base64 with unused bits", text.replace("e30=", "e31=")],
    ["a leading zero", text.replace("index 7", "index 07")],
    ["a short hash", text.replace(path[0]!.toString("base64"), "AQEB")],
    [
      "65 hashes",
      writeTlogProof({ index: 0, path: Array<Buffer>(65).fill(path[0]!), checkpoint: CHECKPOINT }),
    ],
    ["no index", text.replace(/index.*\n/, "")],
    ["text before it", `\n${text}`],
  ])("is not read with %s", (_title, broken) => expect(readTlogProof(broken)).toBeUndefined());
});
