import type { Database } from "@preau/database";
import type { PersonalRecord, SubjectTarget } from "@preau/kernel";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foldText } from "../src/fold-text.ts";
import { readSchema } from "../src/read-schema.ts";
import { referenceNames } from "../src/search-unknown.ts";
import { readOwnNames, readSitePersons } from "../src/site-persons.ts";
import { withoutSecrets } from "../src/withhold-others.ts";
import { type TextWithholder, textWithholder } from "../src/withhold-texts.ts";
import { addPupil, controller, makeSource, map, openSchool } from "./fixtures/little-school.ts";

const people = [
  ["Marie", "Petit", "eleve2001"],
  ["Marie", "Petit-Dubois", "eleve2002"],
  ["Marie", "Petit", "rose"],
  ["Rose", "Blanc", "petit"],
  ["Léa-Maëlle", "D’Alençon", "eleve2005"],
  ["Zoé".normalize("NFD"), "Lefèvre".normalize("NFD"), "zlefevre"],
  ["Jean Baptiste", "Le Goff", "jb.legoff"],
  ["François", "O’Broïn", "eleve2008"],
  ["Victor", "Hugo", "eleve2009"],
  ["伟", "王", "eleve2010"],
  ["Élise", "Aubry", "victor"],
  ["Hélène", "Garnier", "marie"],
] as const;
const personOf = ([givenName, familyName, login]: (typeof people)[number], index: number) => ({
  ...{ role: "pupil" as const, givenName, familyName, login },
  email: `pupil${index}.${login}@school.example`,
  foreignId: String(100 + index),
});
/** The first: a pupil with a namesake, whose name is part of another's, and is an ordinary word. */
const ME = 100;
const phoneOf = (key: number) => `06${String(key).padStart(8, "0")}`;

describe("taking others out of texts (D10.1a)", () => {
  let database: Database;
  let texts: TextWithholder;
  const targets: SubjectTarget[] = [];
  const withhold = (text: string) => texts.text(text);

  beforeAll(async () => {
    database = await openSchool({ url: "sqlite::memory:" });
    for (const [index, person] of people.entries())
      targets.push(await addPupil(database, personOf(person, index)));
    const site = {
      ...{ runner: database.knex, map, schema: await readSchema(database), prefix: map.tablePrefix },
      ...{ dialect: database.dialect, words: undefined },
    };
    const [persons, own] = await Promise.all([readSitePersons(site), readOwnNames(site, ME)]);
    texts = textWithholder(persons, own, { isReference: referenceNames(map), keysInTexts: [] });
  });
  afterAll(() => database.close());

  it.each([
    ["an apostrophe of either kind", "Vu Léa-Maëlle D'Alençon hier", "Vu … hier"],
    ["both Unicode forms", `${"Zoé Lefèvre".normalize("NFC")} est là`, "… est là"],
    ["HTML entities", "Fran&ccedil;ois O&rsquo;Bro&iuml;n lit", "… lit"],
    ["HTML tags within a name", "<p><b>François</b> <i>O’Broïn</i> lit</p>", "<p><b>…</b><i></i> lit</p>"],
    ["zero-width characters", "Zo\u200Bé Le\u200Cfèvre\u200B", "…"],
    ["percent signs of a link", "?q=Rose%20Blanc&x=1", "?q=…&x=1"],
    ["the plus signs of a link", "?q=Rose+Blanc&x=1", "?q=…&x=1"],
    ["a link within a link", "?u=%2Fs%3Fq%3DRose%2520Blanc%26x", "?u=%2Fs%3Fq%3D…%26x"],
    ["HTML escaped once more", "avec Fran&amp;ccedil;ois&amp;nbsp;O&amp;#8217;Bro&amp;iuml;n", "avec …"],
    ["a given name in brackets", "Blanc (Rose) et LEFÈVRE (Zoé)", "… et …"],
    ["the first of two members of one name", '{"a":"Rose Blanc","a":1}', '{"a":"…","a":1}'],
    ["a name in that of a file", "devoir_Rose_Blanc.pdf", "devoir_….pdf"],
    ["the first of several given names", "avec Jean Le Goff", "avec …"],
    ["a login that is no word of the language", "écris à zlefevre vite", "écris à … vite"],
    ["a family name with a title", "M. Petit-Dubois et Mme Blanc", "M. … et Mme …"],
    ["a family name with an initial", "vu par R. Blanc", "vu par R. …"],
    ["a family name alone", "avec Lefèvre en classe", "avec … en classe"],
    ["a longer name that begins with one's own", "Marie Petit-Dubois a fini", "… a fini"],
    ["a telephone in another spelling", `au ${phoneOf(103).replace(/(\d\d)(?=\d)/g, "$1.")}`, "au …"],
    ["a name in a script without spaces", "我和王伟一起做", "我和…一起做"],
    [
      "the number of a person within a member",
      '{"person":{"id":103},"id":103}',
      '{"person":{"id":null},"id":103}',
    ],
    ["another's key in a member of JSON", '{"person_id":103,"n":103}', '{"person_id":null,"n":103}'],
    [
      "an ordinary word as a login, by its member",
      '{"login":"petit","mot":"petit"}',
      '{"login":"…","mot":"petit"}',
    ],
  ])("takes out %s", (_what, text, expected) => {
    expect(withhold(text)).toBe(expected);
  });

  it.each([
    ["one's own name, be it that others bear it", "Marie Petit, MARIE PETIT, Petit Marie"],
    ["one's own key", '{"person_id":100}'],
    ["a title that holds a family name", "Le Petit Prince et La Rose blanche"],
    ["an author that a classmate's family name is part of", "Adèle Hugo est la fille d’un poète"],
    ["a given name alone", "François arrive"],
    ["a given name that is somebody's login", "avec Victor, puis marie"],
    ["a number that is a key elsewhere", "page 103, exercice 104"],
    ["an ordinary word that is somebody's login", "une rose, un petit mot"],
  ])("leaves %s", (_what, text) => {
    expect(withhold(text)).toBe(text);
  });

  it("of a text made of one's own values and others', all of the own stay and none of the others' (D10.1a)", () => {
    const values = people.map((person, index) => {
      const { givenName, familyName, login, email } = personOf(person, index);
      const names = [
        `${givenName} ${familyName}`,
        `${familyName} ${givenName}`,
        `${familyName}, ${givenName}`,
      ];
      return [...names, email, phoneOf(100 + index), ...(/\d|[.@]/.test(login) ? [login] : [])];
    });
    const mine = new Set((values[0] ?? []).map(foldText));
    const own = fc.constantFrom(...(values[0] ?? [])).map((text) => ({ own: true, text }));
    const others = fc
      .constantFrom(...values.slice(1).flat())
      .filter((text) => !mine.has(foldText(text)))
      .map((text) => ({ own: false, text }));
    const plain = fc
      .constantFrom("le petit mot", "la rose", "12/20", "été", "{}")
      .map((text) => ({ own: undefined, text }));
    const changed = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => text.normalize("NFD"),
      (text: string) => text.replaceAll("é", "e").replaceAll("’", "'"),
    );
    const frames = fc.constantFrom(
      { write: (text: string) => text, read: (text: string) => text },
      {
        write: (text: string) => JSON.stringify({ a: [text] }),
        read: (text: string) => (JSON.parse(text) as { a: string[] }).a[0] ?? "",
      },
      {
        write: (text: string) => `s:${Buffer.byteLength(text)}:"${text}";`,
        read: (text: string) => /^s:\d+:"([^]*)";$/.exec(text)?.[1] ?? "",
      },
      {
        write: (text: string) => Buffer.from(`${text} | ${"x".repeat(20)}`).toString("base64"),
        read: (text: string) => Buffer.from(text, "base64").toString(),
      },
    );
    const pieces = fc.array(fc.oneof(own, others, plain), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        pieces,
        fc.constantFrom(" | ", " ; ", "\n— ", " ( "),
        changed,
        frames,
        (list, between, change, frame) => {
          const text = frame.read(
            withhold(frame.write(list.map((piece) => change(piece.text)).join(between))),
          );
          const parts = text.split(between).map((part) => part.replace(/ \| x{20}$/, ""));
          list.forEach((piece, index) => {
            const written = change(piece.text);
            if (piece.own === false) expect(foldText(text)).not.toContain(foldText(written));
            else expect(parts[index]).toBe(written);
          });
        },
      ),
      { numRuns: 600 },
    );
  });

  it("gives every row whole but for what it lists, person by person (D10.1a)", async () => {
    const source = makeSource(database);
    const listOf = async (subject: SubjectTarget, others: "keep" | "withhold") => {
      const records: PersonalRecord[] = [];
      for await (const record of source.collect({ controller, subject, others })) records.push(record);
      return records;
    };
    for (const subject of targets) {
      const [whole, given] = [await listOf(subject, "keep"), await listOf(subject, "withhold")];
      expect(given.map(({ where }) => where)).toEqual(whole.map(({ where }) => where));
      given.forEach(({ row, withheld = [] }, index) => {
        const changed = Object.entries(whole[index]?.row ?? {}).filter(
          ([column, value]) => row[column] !== value,
        );
        expect(changed.map(([column]) => column)).toEqual(
          withheld.filter((column) => whole[index]?.row[column] !== row[column]),
        );
      });
    }
  });
});

describe("secrets among a person's settings (D10.1a)", () => {
  const secrecy = { secrets: new Set<string>(), references: [], goesWith: [] };
  it.each([
    ["smtp_pass", "hunter22"],
    ["s3_secret_value", "abcdefgh"],
    ["plugin_accesstoken", "abcdefgh"],
    ["oauth2_refresh", "abcdefgh"],
    ["anything", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"],
  ])("%s is null", (name, value) => {
    expect(withoutSecrets({ name, value }, secrecy)).toEqual({
      row: { name, value: null },
      withheld: ["value"],
    });
  });

  it.each([
    ["create_password", "1"],
    ["auth_forcepasswordchange", "never-again"],
    ["drawer-open-nav", "collapsed"],
    ["passage", "le petit chat"],
  ])("%s stays", (name, value) => {
    expect(withoutSecrets({ name, value }, secrecy)).toEqual({ row: { name, value }, withheld: [] });
  });
});
