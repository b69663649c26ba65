/** Numbers that name a thing and measure nothing: article 28, annexe 3, ISO 27001, clauses 5 à 7, (UE) 2016/679. */
import type { FigureLanguage } from "./figure-language.ts";
import type { Token } from "./text-tokens.ts";
import type { VisibleText } from "./visible-text.ts";

const GLUE = new Set(["(", ")", ".", "§", "°", "º", "-", "/", ":"]);
const JOINTS = new Set(["à", "to", "au", "et", "and", "ou", "or", ",", "–"]);
const AFTERS = new Set("bis ter quater".split(" "));
/** Words that are labels with a capital only: EN 301 549, L. 121-3. */
const CAPITALS = new Set("en l r d v no act".split(" "));

/** Indexes of the tokens of such numbers. */
export function labelledNumbers(
  tokens: readonly Token[],
  text: VisibleText,
  language: FigureLanguage,
): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    if (!language.labels.has(token.text)) continue;
    const first = text.cased[token.from] ?? "";
    const dotted = tokens[at + 1]?.text === ".";
    if (CAPITALS.has(token.text) && !dotted && first === first.toLowerCase()) continue;
    follow(tokens, at, language, found);
  }
  return found;
}

/** After a plural the whole list is named; after a singular only what stands right behind it, and no number that counts a noun. */
function follow(tokens: readonly Token[], label: number, language: FigureLanguage, found: Set<number>): void {
  const isPlural = /s$/.test(tokens[label]?.text ?? "");
  let joined = false;
  for (let at = label + 1; at < label + 40; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === "end") return;
    if (token.kind === "number") {
      const next = tokens[at + 1];
      const counts = next?.kind === "word" && next.spaced && !JOINTS.has(next.text) && !AFTERS.has(next.text);
      if (joined && !isPlural && counts) return;
      found.add(at);
    } else if (token.kind === "word" && language.numbers.has(token.text)) {
      if (joined) return;
      found.add(at);
    } else if (JOINTS.has(token.text)) {
      joined = true;
    } else if (!GLUE.has(token.text) && token.kind !== "name" && token.kind !== "ordinal") {
      if (!AFTERS.has(token.text) && token.text.length > 1) return;
    }
    // A sentence ends at a point before a space, but for `art. 28`.
    if (token.text === "." && at > label + 1 && tokens[at + 1]?.spaced === true) return;
  }
}
