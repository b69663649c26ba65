import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { lookIntoFile } from "../src/packed-texts.ts";
import { zipOf } from "./fixtures/zip-of.ts";

const holds = (bytes: Buffer, wanted = "Lucas Bernard") =>
  lookIntoFile(bytes, (text) => text.replaceAll(/<[^>]*>/g, "").includes(wanted));
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
    expect(holds(bytes)).toBe("named");
    expect(holds(bytes, "Léa Richard")).toBe("clear");
  });

  it.each([
    "(Avec Lucas) Tj 40 0 Td ( Bernard) Tj",
    "(Avec Lucas) Tj 40 0 Td (Bernard) Tj",
    "(Lu) Tj 9 0 Td (cas Bernard) Tj",
  ])("are read in a PDF whose words stand beside each other: %s", (line) => {
    expect(holds(pdfOf(`BT ${line} ET`, true))).toBe("named");
  });

  it.each([
    ["two bytes", 4, (code: number) => code.toString(16).padStart(4, "0")],
    ["one byte", 2, (code: number) => code.toString(16).padStart(2, "0")],
  ])(
    "are read in a PDF with glyph numbers of %s, as browsers and word processors write them",
    (_what, size, hex) => {
      const letters = [...new Set(Array.from("Avec Lucas Bernard"))];
      const glyphs = new Map(letters.map((letter, index) => [letter, hex(index + 3)]));
      const map = `begincmap 1 begincodespacerange <${"0".repeat(size)}> <${"F".repeat(size)}> endcodespacerange
${letters.length - 1} beginbfchar
${letters
  .slice(1)
  .map((letter) => `<${glyphs.get(letter)}> <${letter.charCodeAt(0).toString(16).padStart(4, "0")}>`)
  .join("\n")}
endbfchar 1 beginbfrange <${hex(3)}> <${hex(3)}> <0041> endbfrange endcmap`;
      const page = `BT <${Array.from("Avec Lucas Bernard", (letter) => glyphs.get(letter)).join("")}> Tj ET`;
      const bytes = Buffer.concat([pdfOf(page, true), pdfOf(map, true)]);
      expect(holds(bytes)).toBe("named");
      expect(holds(bytes, "Léa Richard")).toBe("clear");
    },
  );

  it.each([
    [
      "base64",
      Buffer.from(`text ${"x".repeat(80)} Lucas Bernard`)
        .toString("base64")
        .replaceAll(/.{76}/g, "$&\r\n"),
    ],
    ["quoted-printable", "Avec Lucas=\r\n =42ernard"],
  ])("are read in a mail written in %s", (encoding, body) => {
    expect(
      holds(Buffer.from(`Subject: x\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`)),
    ).toBe("named");
  });

  it.each([
    ["a broken archive", zipOf({ "word/document.xml": document }).subarray(0, 60)],
    [
      "an archive that says it is where it is not",
      Buffer.concat([
        Buffer.from("PK\u0003\u0004"),
        Buffer.alloc(40, 255),
        Buffer.from("PK\u0005\u0006"),
        Buffer.alloc(18, 255),
      ]),
    ],
    ["archives in archives in archives", nested(5)],
    ["what opens to more than it should", zipOf({ "a.xml": "0".repeat(60 * 1024 * 1024) })],
    [
      "many that open to more than they should together",
      zipOf(
        Object.fromEntries(
          [0, 1, 2, 3, 4].map((n) => [`${n}.zip`, zipOf({ "a.xml": "0".repeat(12 * 1024 * 1024) })]),
        ),
      ),
    ],
    [
      "a mail whose lines have no end",
      Buffer.from(`Content-Transfer-Encoding: base64\n${"A".repeat(20_000_000)}`),
    ],
    ["a locked archive", lockedZip()],
    ["an archive of another form", Buffer.from("7z\u00bc\u00af\u0027\u001c", "latin1")],
    ["a locked PDF", Buffer.from("%PDF-1.4\ntrailer << /Encrypt 5 0 R >>")],
    ["a PDF that opens to more than it should", pdfOf(" ".repeat(60 * 1024 * 1024), true)],
  ])("are said to be unread in %s, never to be clear", (_what, bytes) => {
    expect(holds(bytes)).toBe("unread");
  });

  it.each([
    ["a broken stream", Buffer.concat([Buffer.from("%PDF-1.4\nstream\n"), deflateRawSync("x")])],
    ["a string of a PDF that has no end", Buffer.from(`%PDF-1.4\n(${"a".repeat(20_000_000)})`)],
    ["metadata of a PDF that has no end", Buffer.from(`%PDF-1.4\n${"<?xpacket begin".repeat(1_000_000)}`)],
    ["nothing", Buffer.alloc(0)],
  ])("are none in %s, without a failure", (_what, bytes) => {
    expect(holds(bytes)).toBe("clear");
  });
});

function nested(layers: number): Buffer {
  return layers === 0 ? Buffer.from("Lucas Bernard") : zipOf({ [`${layers}.zip`]: nested(layers - 1) });
}

/** The bit of encryption, set in the directory. */
function lockedZip(): Buffer {
  const bytes = Buffer.from(zipOf({ "devoir.bin": "x" }));
  const entry = bytes.indexOf("PK\u0001\u0002", 0, "latin1");
  bytes.writeUInt16LE(bytes.readUInt16LE(entry + 8) | 1, entry + 8);
  return bytes;
}
