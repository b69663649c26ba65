import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { someText } from "../src/packed-texts.ts";
import { zipOf } from "./fixtures/zip-of.ts";

const holds = (bytes: Buffer, wanted = "Lucas Bernard") =>
  someText(bytes, (text) => text.replaceAll(/<[^>]*>/g, "").includes(wanted));
const pdfOf = (page: string, packed: boolean) => {
  const content = packed ? deflateSync(Buffer.from(page, "latin1")) : Buffer.from(page, "latin1");
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.4\n4 0 obj <</Length ${content.length}${packed ? " /Filter /FlateDecode" : ""}>>\nstream\n`,
    ),
    content,
    Buffer.from("\nendstream\nendobj\n%%EOF"),
  ]);
};
const document =
  '<w:p><w:r><w:t>Avec Lucas</w:t></w:r><w:r><w:t xml:space="preserve"> Bernard</w:t></w:r></w:p>';

describe("texts within files (D10.1a)", () => {
  it.each([
    ["UTF-8", Buffer.from("Avec Lucas Bernard")],
    ["Latin-1", Buffer.from("été avec Lucas Bernard", "latin1")],
    ["UTF-16", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Avec Lucas Bernard", "utf16le")])],
    ["gzip", gzipSync("Avec Lucas Bernard")],
    ["an office document", zipOf({ "[Content_Types].xml": "<a/>", "word/document.xml": document })],
    ["a document within an archive", zipOf({ "devoir.docx": zipOf({ "word/document.xml": document }) })],
    ["the name of a file in an archive", zipOf({ "Lucas Bernard.png": "x" })],
    ["a PDF in plain", pdfOf("BT (Avec Lucas Bernard) Tj ET", false)],
    ["a PDF in pieces, packed", pdfOf("BT [(Avec Lu) -20 (cas) -250 ( Ber) 10 (nard)] TJ ET", true)],
    [
      "a PDF in hexadecimal",
      pdfOf(`BT <${Buffer.from("Lucas Bernard", "utf16le").swap16().toString("hex")}> Tj ET`, true),
    ],
  ])("are read in %s", (_what, bytes) => {
    expect(holds(bytes)).toBe(true);
    expect(holds(bytes, "Léa Richard")).toBe(false);
  });

  it.each([
    ["a broken archive", zipOf({ "word/document.xml": document }).subarray(0, 60)],
    ["a broken stream", Buffer.concat([Buffer.from("%PDF-1.4\nstream\n"), deflateRawSync("x")])],
    [
      "an archive that says it is where it is not",
      Buffer.concat([
        Buffer.from("PK\u0003\u0004"),
        Buffer.alloc(40, 255),
        Buffer.from("PK\u0005\u0006"),
        Buffer.alloc(18, 255),
      ]),
    ],
    ["nothing", Buffer.alloc(0)],
  ])("are none in %s, without a failure", (_what, bytes) => {
    expect(holds(bytes)).toBe(false);
  });

  it("ends with what opens to more than it should", () => {
    const bomb = zipOf({ "a.xml": "0".repeat(60 * 1024 * 1024) });
    expect(holds(bomb)).toBe(false);
  });
});
