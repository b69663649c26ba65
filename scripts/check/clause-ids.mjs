// Ids of clauses: D8.3, D10.1a, DB.K.gar-teacher, DD.12, S9. D8 is not D8.3, and is not found in it.

/** Matches an id as a whole word: in parentheses, before a comma, at the end of a sentence; never inside another id. */
export function idPattern(id) {
  return new RegExp(`(?<![\\w.-])${id.replaceAll(".", "\\.")}(?![\\w-])(?!\\.\\w)`);
}

/** The ids after a tag: "D8.3, D8.4" or "D8.3 D8.4". The first word counts as one whatever it looks like. */
export function idsAfterTag(text) {
  const words = text
    .trim()
    .split(/[\s,]+/)
    .map((word) => word.replace(/[.;:]+$/, ""));
  const end = words.findIndex((word, index) => index > 0 && !LOOKS_LIKE_ID.test(word));
  return end === -1 ? words : words.slice(0, end);
}

/** The ids written in parentheses in a title: "object to a subprocessor (D8.3, D8.4)". */
export function idsInParentheses(title) {
  return [...title.matchAll(/\(([^()]*)\)/g)].flatMap(([, content]) => {
    const words = content.split(/[\s,]+/).filter(Boolean);
    return words.every((word) => LOOKS_LIKE_ID.test(word)) ? words : [];
  });
}

const LOOKS_LIKE_ID = /^(D\d+[a-z]?(\.\d+[a-z]?)?|D[A-D](\.[\w-]+)*|S\d+[a-z]?)$/;
