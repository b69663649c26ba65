import type { ColumnWords, Json } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sayValue } from "../src/copy-cell.ts";
import { textOfHtml } from "../src/copy-html-text.ts";

const say = (value: Json, form?: ColumnWords["form"], language: "fr" | "en" = "fr", zone = "Europe/Paris") =>
  sayValue(value, { title: { fr: "", en: "" }, ...(form === undefined ? {} : { form }) }, { language, zone })
    .map((line) => line.map((piece) => (typeof piece === "string" ? piece : piece.kind)).join(""))
    .join(" / ")
    .replaceAll(/[\u00A0\u202F]/gu, " ");

describe("a value as its reader says it (D10.1a)", () => {
  it.each([
    [1_763_885_700, "unixSeconds", "23 novembre 2025 à 09:15"],
    ["1763885700", "unixSeconds", "23 novembre 2025 à 09:15"],
    [0, "unixSeconds", ""],
    ["9999999999999999", "unixSeconds", "9999999999999999"],
    ["never", "unixSeconds", "never"],
    ["2026-11-01", "isoMoment", "1er novembre 2026"],
    ["2026-07-01T22:30:00.000Z", "isoMoment", "2 juillet 2026 à 00:30"],
    ["2026-01-01 08:00:00", "isoMoment", "1er janvier 2026 à 09:00"],
    ["2026-99-99", "isoMoment", "2026-99-99"],
    ["12.50000", "number", "12,5"],
    ["90071992547409931", "number", "90071992547409931"],
    [-3, "number", "-3"],
    ["n/a", "number", "n/a"],
    [1, "yesNo", "oui"],
    ["0", "yesNo", "non"],
    [2, "yesNo", "2"],
    [3900, "duration", "1 h 5 min"],
    [0, "duration", "0 s"],
    [90_061, "duration", "1 j 1 h"],
    [1_234_567, "bytes", "1,2 Mo"],
    ["un\r\ndeux\n\n", "text", "un / deux"],
    [null, "text", ""],
    [{ a: ["b", null], c: 1 }, "text", "a: b; –; c: 1"],
    ['{"état":"\\u00e9crit","n":0}', "text", "état: écrit; n: 0"],
    ["[pas du JSON", "text", "[pas du JSON"],
    ["[".repeat(5000) + "]".repeat(5000), "text", `${"[".repeat(900)}…`],
  ] as const)("says %j as %s: %s", (value, form, said) => {
    expect(say(value as Json, form)).toBe(said);
  });

  it("says it in English, and on the clocks of the controller's zone", () => {
    expect(say(1_763_885_700, "unixSeconds", "en", "Indian/Reunion")).toBe("23 November 2025 at 12:15");
    expect(say(90_061, "duration", "en")).toBe("1 d 1 h");
    expect(say(true, "yesNo", "en")).toBe("yes");
  });

  it("says a value of a closed list by its word, and one that is not on it as it is", () => {
    const words = { title: { fr: "", en: "" }, choices: { "1": { fr: "rendu", en: "handed in" } } };
    const reader = { language: "fr", zone: "Europe/Paris" } as const;
    expect(sayValue(1, words, reader)).toEqual([["rendu"]]);
    expect(sayValue("7", words, reader)).toEqual([["7"]]);
  });
});

describe("rich text as readable text (D10.1a)", () => {
  it.each([
    ["<p>L&rsquo;&eacute;t&eacute;&nbsp;: <b>la mer</b></p><p>Fin</p>", "L’été : la mer\nFin"],
    ["<ul><li>un</li><li>deux</li></ul>", "– un\n– deux"],
    ['<a href="https://mer.example/a?b=1&amp;c=2">la mer</a>', "la mer (https://mer.example/a?b=1&c=2)"],
    ['<a href="javascript:alert(1)">ici</a>', "ici"],
    ['<a href=" java\nscript:alert(1)">ici</a><a href="data:text/html,x">là</a>', "icilà"],
    ["avant<script>alert('x')</script>après", "avantaprès"],
    ["<style>p{}</style>texte<!-- caché -->", "texte"],
    ['<img src=x onerror=alert(1) alt="un &quot;chat&quot;">', '[image : un "chat"]'],
    ["3 < 4 et 5 > 2", "3 < 4 et 5 > 2"],
    ['<p title="a > b">oui</p>', "oui"],
    ["&#60;script&#x3E; &inconnu; &#99999999;", "<script> &inconnu; \uFFFD"],
    ["<script>jamais fermé", ""],
    ['<p "jamais fermé', '"jamais fermé'],
    ["a<br>b<br/>c", "a\nb\nc"],
  ])("reads %j", (html, text) => {
    expect(textOfHtml(html).replaceAll("\u00A0", " ")).toBe(text);
  });

  it("reads anything, in time that grows with its length", () => {
    fc.assert(fc.property(fc.string(), (text) => void textOfHtml(text)));
    const started = performance.now();
    for (const part of ["<", "<a ", '<a "', "<!--", "&#", "<p '\"", "<script>", " \n"])
      textOfHtml(part.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
