import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodings,
  findWalled,
  hashesOf,
  hashWord,
  type KnownKind,
  type KnownWords,
  redactText,
  type WalledIdentity,
  walledWords,
} from "../src/index.ts";
import { DISGUISES } from "./disguises.ts";

const KEY = Uint8Array.from({ length: 16 }, (_, index) => index);

function known(...identities: readonly WalledIdentity[]): KnownWords {
  const hashes = new Map<string, KnownKind>(identities.flatMap((identity) => hashesOf(KEY, identity)));
  return { key: KEY, has: (hash) => hashes.get(hash) };
}

function found(text: string, words: KnownWords): readonly string[] {
  return findWalled(text, words.has, words.key).map(({ start, end }) => text.slice(start, end));
}

const lucas: WalledIdentity = {
  given: "Lucas Émile",
  family: "Le Goff",
  emails: ["lucas.legoff@ecole.example"],
  logins: ["llegoff7"],
  numbers: ["123456789AB", "0612345678"],
};

/** Persons of several scripts, with particles, hyphens, apostrophes, and as short as names are. */
const GIVEN = [
  "Lucas",
  "Anne-Sophie",
  "Zoé",
  "Kélyah",
  "Inès",
  "Noa",
  "Gwenaël",
  "Иван",
  "محمد",
  "伟明",
  "Li",
  "Ömer",
];
const FAMILY = [
  "Martin",
  "Le Goff",
  "N'Guessan",
  "D'Almeida-Çelik",
  "Ösdemir",
  "Ba",
  "Petit",
  "Петров",
  "بن علي",
  "王小",
  "Wu",
  "O’Brien",
];
const CARRIERS: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => `Bonjour, je vous écris pour ${word} qui est en CM2.`,
  (word) => `{"name":"${word}","n":1}`,
  (word) => `<p class="a">Élève : ${word}</p>`,
  (word) => `https://ent.example/?q=${word}&x=1`,
  (word) => `Merci.\n${word}\n-- \nEnvoyé de mon téléphone`,
  (word) => `12 ${word}, 2026`,
];

/** Each with the ways in which its words are written, and its hashes. */
const IDENTITIES = GIVEN.flatMap((given, row) =>
  FAMILY.map((family, column) => {
    const number = `${123_456_789 + row * 7_919 + column * 104_729}ZK`;
    const login = `${"bdfgkmpqrvxz".charAt(row)}${"bdfgkmpqrvxz".charAt(column)}lqu${row}${column}`;
    const email = `${login}.x@lycee.test`;
    const identity = { given, family, numbers: [number], logins: [login], emails: [email] };
    return {
      written: [`${given} ${family}`, `${family} ${given}`, number, login, email],
      words: known(identity),
    };
  }),
);

describe("known persons in a text, by keyed hashes (D10.1b, DC)", () => {
  it("finds every known word in every disguise and every carrier, and leaves none", () => {
    let seen = 0;
    const draws = fc.record({
      identity: fc.constantFrom(...IDENTITIES),
      word: fc.nat(4),
      disguise: fc.constantFrom(...Object.values(DISGUISES)),
      carrier: fc.constantFrom(...CARRIERS),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(draws, ({ identity, word, disguise, carrier, seed }) => {
        let state = seed;
        const pick = (below: number) => {
          state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
          return (state >> 8) % below;
        };
        const disguised = disguise(identity.written[word] ?? "", pick);
        const { words } = identity;
        const text = carrier(disguised);
        const redacted = redactText(text, { known: words });
        seen += 1;
        expect(redacted.found).not.toEqual([]);
        expect(redacted.text).not.toContain(disguised);
        expect(findWalled(redacted.text, words.has, words.key)).toEqual([]);
        if (seed % 8 === 0) expect(redactText(redacted.text, { known: words }).text).toBe(redacted.text);
      }),
      { numRuns: 5_000 },
    );
    expect(seen).toBe(5_000);
  });

  it.each([
    ["either order", "LE GOFF Lucas, puis lucas le-goff"],
    ["the first of several given names", "Lucas Le Goff"],
    ["all of them", "Lucas Émile Le Goff"],
    ["glued", "MonFilsLucasLeGoff2012.pdf"],
    ["glued in small letters", "photodeclasselucaslegoffseptembre"],
    ["an initial", "l.legoff"],
    ["the address whole", "lucas.legoff@ecole.example"],
    ["its local part alone", "lucas.legoff@autre.test"],
    ["the login", "LLEGOFF7"],
    ["the number, in groups", "123 456 789 AB"],
    ["a telephone, dotted", "06.12.34.56.78"],
  ])("finds %s", (_what, text) => {
    expect(found(text, known(lucas))).not.toEqual([]);
  });

  it("takes a family name and a given name alone for one where a capital stands, and no ordinary word", () => {
    const words = known(lucas, { given: "Rose", family: "Petit" });
    expect(found("Le Goff est là, Émile aussi, et Lucas.", words)).toEqual(["Le Goff", "Émile", "Lucas"]);
    expect(found("Petit rappel : la Rose des vents, le petit lucas.", words)).toEqual([]);
    expect(found("rose PETIT", words)).toEqual(["rose PETIT"]);
  });

  it("tells one person from another, whose names are near", () => {
    const words = known(lucas);
    for (const text of [
      "Luc Martin",
      "Lucie Legof",
      "Geoff",
      "lucas@ecole.example",
      "123456789AC",
      "06 12 34 56 79",
    ])
      expect([text, found(text, words).filter((one) => one !== "Lucas")]).toEqual([text, []]);
  });

  it("keeps nothing clear: without the key a hash says nothing, and another key finds nothing", () => {
    const words = known(lucas);
    const other = Uint8Array.from({ length: 16 }, () => 7);
    expect(findWalled("Lucas Le Goff", words.has, other)).toEqual([]);
    for (const [hash] of hashesOf(KEY, lucas)) expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(hashWord(KEY, "LE  GOFF")).toBe(hashWord(KEY, "le-goff"));
    expect(hashWord(KEY, "legoff", "capital")).not.toBe(hashWord(KEY, "legoff"));
    expect(() => hashWord(new Uint8Array(8), "legoff")).toThrow(RangeError);
  });

  it("registers no word that stands in every text: short numbers, logins that are ordinary words", () => {
    const words = walledWords({
      given: "Rose",
      family: "Petit",
      logins: ["test", "ab"],
      numbers: ["42"],
      emails: ["contact@ecole.example"],
    });
    expect(words.filter(({ kind }) => kind === "number" || kind === "login")).toEqual([]);
    expect(words.filter(({ kind }) => kind === "email").map(({ word }) => word)).toEqual([
      "contactaecoieexampie".replace("ctae", "cte"),
    ]);
  });
});

describe("SipHash-2-4 (Aumasson and Bernstein 2012, appendix A)", () => {
  it("gives the hash of the paper's key and message", async () => {
    const { sipHash, sipKey } = await import("../src/sip-hash.ts");
    const bytes = Uint8Array.from({ length: 15 }, (_, index) => index);
    expect(sipHash(sipKey(KEY), bytes, 15)).toBe("a129ca6149be45e5");
    expect(sipHash(sipKey(KEY), bytes, 0)).toBe("726fdb47dd0e0e31");
    expect(sipHash(sipKey(KEY), bytes, 8)).toBe("93f5f5799a932462");
  });
});

describe("the readings of bytes that leave", () => {
  it.each([
    ["JSON", Buffer.from('{"a":"L\\u00e9a \\"Roux\\""}'), 'Léa "Roux"'],
    ["a link", Buffer.from("q=L%C3%A9a%20Roux"), "Léa Roux"],
    ["base64 in JSON", Buffer.from(`{"f":"${Buffer.from("Léa Roux").toString("base64")}"}`), "Léa Roux"],
    ["HTML within a link", Buffer.from("q=L%26eacute%3Ba"), "Léa"],
    ["Latin-1", Buffer.from("Léa Roux", "latin1"), "Léa Roux"],
    ["UTF-16 without a mark", Buffer.from("Léa Roux", "utf16le"), "Léa Roux"],
    ["UTF-16 with a mark", Buffer.from("\ufeffLéa Roux", "utf16le"), "Léa Roux"],
    ["quoted-printable", Buffer.from("L=C3=A9a Ro=\r\nux"), "Léa Roux"],
  ])("are as many as %s needs", (_what, bytes, text) => {
    expect(decodings(bytes).some((reading) => reading.includes(text))).toBe(true);
  });

  it("are bounded, however deep a text is nested", () => {
    let text = "Léa Roux";
    for (let depth = 0; depth < 12; depth += 1) text = Buffer.from(text).toString("base64");
    const readings = decodings(Buffer.from(text));
    expect(readings.reduce((sum, reading) => sum + reading.length, 0)).toBeLessThanOrEqual(
      7 * text.length + 4096,
    );
  });
});

describe("a known login, and a family name alone (DC)", () => {
  const key = Buffer.alloc(16, 5);
  const words = new Map(
    hashesOf(key, { given: "Wilhelmine", family: "Oustachev", logins: ["oustachev"], numbers: [] }),
  );
  it.each([
    "le compte de oustachev est fermé",
    "compte: OUSTACHEV",
    "oustachev's parents wrote",
    "le petit fils oustachev",
    "🅞🅤🅢🅣🅐🅒🅗🅔🅥",
    "🅾🆄🆂🆃🅰🅲🅷🅴🆅",
  ])("is found in %s", (text) => {
    expect(findWalled(text, (hash) => words.get(hash), key)).toHaveLength(1);
  });
});
