/** Names in scripts that put no space between words: 王伟 stands in a text wherever its signs stand, with a space or without. */
import { WITHHELD } from "./withheld.ts";

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Names by their first sign. */
export type UnspacedNames = ReadonlyMap<string, readonly string[]>;

/** The ways in which such a name is written; none for a name in another script. */
export function unspacedForms(cells: readonly string[]): readonly string[] {
  const parts = cells.map((cell) => cell.normalize("NFC").trim()).filter((cell) => cell !== "");
  if (parts.length < 2 || !parts.every((part) => UNSPACED.test(part))) return [];
  const orders = [parts, parts.toReversed()];
  const forms = ["", " ", "\u3000", "・"].flatMap((between) => orders.map((order) => order.join(between)));
  return [...forms, ...forms.map((form) => form.normalize("NFD"))];
}

export function byFirstSign(names: Iterable<string>): UnspacedNames {
  const bySign = new Map<string, string[]>();
  for (const name of names) {
    const sign = name.charAt(0);
    bySign.set(sign, [...(bySign.get(sign) ?? []), name]);
  }
  for (const list of bySign.values()) list.sort((a, b) => b.length - a.length);
  return bySign;
}

/** @param own names that stay */
export function withoutUnspaced(text: string, names: UnspacedNames, own: ReadonlySet<string>): string {
  if (names.size === 0 || !UNSPACED.test(text)) return text;
  let out = "";
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const found = names.get(text.charAt(index))?.find((name) => text.startsWith(name, index));
    if (found === undefined) continue;
    if (!own.has(found)) {
      out += `${text.slice(at, index)}${WITHHELD}`;
      at = index + found.length;
    }
    index += found.length - 1;
  }
  return at === 0 ? text : out + text.slice(at);
}
