/** A heading without an id, written as it should be: what its author has numbered keeps its number. */

const MARKS = /^\s*(#{0,6})\s*(.*?)[\s#]*$/u;
const WITH_ID = /^([A-Z][A-Za-z0-9]{0,15}(?:\.[A-Za-z0-9-]{1,20}){0,4})\s*[-–—:·•]\s*(\S.*)$/u;
const NUMBERED = /^(\p{L}{1,12})?\.?\s*(\d{1,3}(?:\.\d{1,3}){0,4})(?![\p{L}\d])[\s.:)·•–—-]*(.*)$/u;
const LONGEST = 40;

/** `Article 3 – Objet` gives `## Article3 · Objet`. */
export function headingLike(heading: string): string {
  const [, hashes = "", words = ""] = MARKS.exec(heading.replace(/[*_`]/g, "")) ?? [];
  const level = "#".repeat(Math.max(2, hashes.length));
  const [id, title] = idAndTitle(words.trim());
  const shown = title.length > LONGEST ? `${title.slice(0, LONGEST).trim()}…` : title;
  return `${level} ${id} · ${shown === "" ? "…" : shown}`;
}

function idAndTitle(words: string): readonly [id: string, title: string] {
  const [, own, rest] = WITH_ID.exec(words) ?? [];
  if (own !== undefined && rest !== undefined) return [own, rest];
  const [, noun, number, title] = NUMBERED.exec(words) ?? [];
  if (number === undefined) return ["C1", words];
  return [`${nounId(noun ?? "")}${number}`, title ?? ""];
}

/** A noun as the beginning of an id: one capital, no accents. */
function nounId(noun: string): string {
  const plain = noun.normalize("NFD").replace(/[^A-Za-z]/g, "");
  return plain === "" ? "C" : plain.slice(0, 1).toUpperCase() + plain.slice(1).toLowerCase();
}
