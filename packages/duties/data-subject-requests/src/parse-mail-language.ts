/** French or English, by the small words. French where nobody can tell: our readers' own. */
import type { Language } from "@preau/kernel";

const FRENCH = new Set(
  "je vous nous mes de des du la le les est une un et pour que sur dans bonjour merci cordialement".split(
    " ",
  ),
);
const ENGLISH = new Set(
  "i you my the of and to is for that on in a would like please dear hello thank regards".split(" "),
);

export function guessLanguage(text: string): Language {
  let french = 0;
  let english = 0;
  for (const [word] of text
    .slice(0, 5_000)
    .toLowerCase()
    .matchAll(/\p{L}+/gu)) {
    if (FRENCH.has(word)) french += 1;
    if (ENGLISH.has(word)) english += 1;
  }
  return english > french ? "en" : "fr";
}
