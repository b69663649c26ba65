/**
 * A family name that stands alone in a text: `M. Petit`, `L. Petit`, `avec Lefebvre`. With a title or an initial it is a
 * name; alone it is one when it has a capital, is no ordinary word, and no other capitalised word stands beside it:
 * `Victor Hugo` is not the classmate Hugo. A given name alone is left: it singles out nobody.
 */
import { foldText } from "./fold-text.ts";
import type { OwnNames, SitePersons } from "./site-persons.ts";
import { WITHHELD } from "./withheld.ts";

const NAME = /\p{Lu}[\p{L}\p{M}\p{Cf}]*(?:['’-]\p{L}[\p{L}\p{M}\p{Cf}]*)*/gu;
const PARTICLES = /(?:(?:le|la|les|de|du|des|d['’]|van|von|der|den|el|al|ben|di|da|dos)[\s\u00a0]+)+$/iu;
const TITLE =
  /(?:^|[^\p{L}\p{N}])(?:M{1,2}\.|Mr\.?|M|Mme\.?|Mlle\.?|Me|Monsieur|Madame|Mademoiselle|Mrs\.?|Ms\.?|Miss|Dr\.?|Pr\.?|Prof\.?|Professeur|Ma[iî]tre|Ma[iî]tresse)[\s\u00a0]+$/iu;
const INITIAL = /(?:^|[^\p{L}\p{N}])(?:\p{Lu}\.[-\s\u00a0]?)+$/u;
/** A capitalised word right before, with one space between. */
const CAPITAL_BEFORE = /\p{Lu}[\p{L}\p{M}'’-]*[ \u00a0]$/u;
const CAPITAL_AFTER = /^[ \u00a0]\p{Lu}\p{Ll}/u;
const LOOK_BACK = 40;

export function withoutLoneNames(text: string, persons: SitePersons, own: OwnNames): string {
  if (persons.families.size === 0 || !/\s/.test(text.trim())) return text;
  let out = "";
  let at = 0;
  for (const match of text.matchAll(NAME)) {
    const [word] = match;
    const folded = foldText(word);
    if (!persons.families.has(folded) || own.words.has(folded)) continue;
    const before = text.slice(Math.max(0, match.index - LOOK_BACK), match.index).replace(PARTICLES, "");
    const end = match.index + word.length;
    const titled = TITLE.test(before) || INITIAL.test(before);
    const alone = !CAPITAL_BEFORE.test(before) && !CAPITAL_AFTER.test(text.slice(end, end + 3));
    if (!titled && (persons.ordinary.has(folded) || !alone)) continue;
    out += `${text.slice(at, match.index)}${WITHHELD}`;
    at = end;
  }
  return out + text.slice(at);
}
