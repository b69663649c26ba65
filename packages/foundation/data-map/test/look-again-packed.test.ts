import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { makeTraceMatcher } from "../src/look-again-text.ts";

const [name, address] = ["Élodie Brévan", "elodie.brevan@eleve.example.invalid"];
const matcher = makeTraceMatcher([name, address]);
const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const serialised = `O:8:"stdClass":2:{s:5:"title";s:6:"Bonjour";s:4:"text";s:${Buffer.byteLength(name)}:"${name}";}`;

const FORMS: Readonly<Record<string, unknown>> = {
  "as it stands": `Bonjour ${name} !`,
  decomposed: `Bonjour ${name.normalize("NFD")} !`,
  "with characters that are not seen": "Élo\u200bdie\u2060 Bré\u00advan",
  "in base64": base64(`Bonjour ${name}`),
  "in base64 within a text": `config=${base64(`Bonjour ${name}, bienvenue`)}; end`,
  "in base64 in lines": base64(`${"x ".repeat(60)}${address}`).replace(/(.{76})/g, "$1\r\n"),
  "in PHP's serialisation in base64": base64(serialised),
  "in PHP's serialisation": serialised,
  "in gzip": gzipSync(`Bonjour ${name}`),
  "in zlib in base64": base64(deflateSync(`Bonjour ${name}, comment vas-tu ?`)),
  "in JSON in JSON": JSON.stringify({ a: JSON.stringify({ b: JSON.stringify(name) }) }),
  "in JSON in base64": base64(JSON.stringify({ other: { name } }).replace("É", "\\u00c9")),
  "in HTML entities twice": "&amp;Eacute;lodie&amp;nbsp;Br&amp;eacute;van",
  "in other HTML entities": "&#201;lodie&ensp;Br&eacute;van",
  "in UTF-16": Buffer.from(`Bonjour ${name} !`, "utf16le"),
  "in UTF-16, the other way round": Buffer.from(`Bonjour ${name} !`, "utf16le").swap16(),
  "in quoted-printable": "Bonjour =C3=89lodie Br=C3=A9van, à bientôt =\r\nà tous",
  "in bytes": Buffer.from(name),
};

const NEAR: Readonly<Record<string, unknown>> = {
  "another name": base64("Bonjour Élodie Brévannes, bienvenue à tous"),
  "another address": base64("elodie.brevan@eleve.example.invalidated"),
  "a hash": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
  "random bytes": Buffer.from(Array.from({ length: 400 }, (_each, index) => (index * 97 + 13) % 256)),
  "broken gzip": Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.from("nothing at all")]),
  "one byte that zlib begins with": Buffer.from("x"),
  "a long word": "A".repeat(4_000),
};

describe("the second look reads what is packed (D12.2)", () => {
  for (const [form, cell] of Object.entries(FORMS))
    it(`finds a person ${form}`, () => expect(matcher.count(cell)).toBeGreaterThan(0));
  for (const [form, cell] of Object.entries(NEAR))
    it(`takes nobody for a person: ${form}`, () => expect(matcher.count(cell)).toBe(0));

  it("opens no more than its limit, and says what it has not read", () => {
    const own = makeTraceMatcher([name]);
    expect([own.count(gzipSync(Buffer.alloc(64 * 1024 * 1024))), own.unread()]).toEqual([0, 1]);
    const deep = [1, 2, 3, 4].reduce((text) => base64(text), `Bonjour ${name}, bienvenue`);
    expect([own.count(deep), own.unread()]).toEqual([0, 2]);
    expect([own.count("da39a3ee5e6b4b0d3255bfef95601890afd80709"), own.unread()]).toEqual([0, 2]);
  });
});
