/**
 * Names as they are searched. The same name is stored composed or decomposed, in capitals without accents, with either
 * apostrophe, with a hyphen or a space: two spellings are one name when their folded forms are equal.
 */

const APOSTROPHES = /['’‘ʼʹ′`´]/gu;
const HYPHENS_AND_SPACES = /[\s\u2010-\u2015_-]+/gu;
const LETTERS: Readonly<Record<string, string>> = {
  œ: "oe",
  æ: "ae",
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
};

/**
 * The folded form: no case, no accents, ligatures opened, one kind of apostrophe, one space for any run of spaces and
 * hyphens, nothing invisible. Folding a folded form changes nothing.
 */
export function foldName(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(APOSTROPHES, "'")
    .replace(/[\p{M}\p{Cf}]/gu, "") // before runs of spaces are one: a mark may stand between two
    .replace(HYPHENS_AND_SPACES, " ")
    .replace(/[œæßøłđı]/gu, (letter) => LETTERS[letter] ?? letter)
    .trim();
}

/** True when two spellings are one name. */
export function sameName(one: string, other: string): boolean {
  return foldName(one) === foldName(other);
}

/**
 * Spellings under which a store that compares bytes may hold a name: normal forms, cases, without accents, both
 * apostrophes, hyphen or space. Distinct, the given one first.
 */
export function nameForms(name: string): readonly string[] {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "");
  const forms = new Set([name]);
  for (const base of [name, plain, name.replace(HYPHENS_AND_SPACES, " "), name.replace(/\s+/gu, "-")]) {
    for (const apostrophe of ["'", "’"]) {
      const spelt = base.replace(APOSTROPHES, apostrophe);
      for (const cased of [spelt, spelt.toLowerCase(), spelt.toUpperCase()]) {
        for (const form of ["NFC", "NFD", "NFKC"] as const) forms.add(cased.normalize(form));
      }
    }
  }
  return [...forms];
}
