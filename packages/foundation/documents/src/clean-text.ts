/**
 * Text as a document may show it. What cannot be seen goes: control characters, the marks that reverse the order of
 * reading, characters of no width, halves of a character. A line end or a tab is a space.
 */

const SPACES = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/** C0 and C1, soft hyphen, marks of direction, no width, interlinear and tag characters, non-characters. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\u{e0000}-\u{e007f}]|[\ufffe\uffff\u{1fffe}\u{1ffff}]/gu;

export function cleanText(text: string): string {
  return text
    .replaceAll(/\p{Surrogate}/gu, "\ufffd")
    .replaceAll(SPACES, " ")
    .replaceAll(UNSEEN, "");
}

const NO_BREAK_SPACE = "\u00a0";
const NARROW_NO_BREAK_SPACE = "\u202f";

/** French: the space before a colon, a semicolon, `?`, `!`, inside guillemets and after `art.` and `§` never ends a line. */
export function typesetFrench(text: string): string {
  return text
    .replaceAll(/ (?=[:»])/gu, NO_BREAK_SPACE)
    .replaceAll(/(?<=«) /gu, NO_BREAK_SPACE)
    .replaceAll(/ (?=[;!?])/gu, NARROW_NO_BREAK_SPACE)
    .replaceAll(/(?<=§|\bart\.) (?=\d)/gu, NO_BREAK_SPACE);
}
