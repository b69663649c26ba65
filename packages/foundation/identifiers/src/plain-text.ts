/**
 * A text as a reader sees it, in letters that a rule can name: no accents, one kind of space, hyphen and apostrophe, full-width and
 * mathematical letters as ordinary ones, look-alike Cyrillic and Greek letters as the Latin ones that they feign, nothing that is
 * not seen. Case and line ends stay, and every unit knows where it stood in the original.
 */

export interface PlainText {
  readonly text: string;
  /** Where each unit of `text` began in the original; one more entry for the end. */
  readonly from: Int32Array;
}

const UNKNOWN = 0xffff;
const SEVERAL = 0xfffe;
const DROPPED = 0xfffd;

/** Pairs of a letter and what it feigns, capitals and small letters apart: a Greek capital Η feigns H, a small η an n. */
const LOOK_ALIKES = new Map<string, string>(
  (
    "аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs ԁd һh ӏl ԛq ԝw гr пn " +
    "АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ҺH ӀI ԚQ ԜW " +
    "αa βb γy εe ηn ιi κk νv οo ρp σo ςc τt υu χx ωw " +
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX " +
    "ɑa ɡg ıi ȷj ɩi ʀr ʙb ᴀa ᴄc ᴅd ᴇe ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz " +
    "օo ոn սu ցg հh Տs Օo " +
    "øo ØO łl ŁL đd ĐD ħh ƒf ʼ' ʹ' ′' `' ´' ‘' ’' ‛' ＇' −- ‐- ‑- ‒- –- —- ―- ⁃- ﹣- 。. ․. ·. •. " +
    '⁄/ ∕/ ∶: ⟨< ⟩> «" »" “" ”" „"'
  )
    .split(" ")
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);
const SEVERAL_LETTERS = new Map([
  ["œ", "oe"],
  ["Œ", "OE"],
  ["æ", "ae"],
  ["Æ", "AE"],
  ["ß", "ss"],
  ["þ", "th"],
]);
/** Letters and signs that show nothing, beyond what Unicode calls marks and formats. */
const BLANK = /[\p{M}\p{Cf}\u0000-\u0008\u000e-\u001f\u007f\u115f\u1160\u2800\u3164\uffa0]/gu;

const units = new Uint16Array(0x10000).fill(UNKNOWN);
const several = new Map<number, string>();

/** Time grows with the text; one pass, no regular expression over the whole. */
export function plainText(text: string): PlainText {
  let out = new Uint16Array(text.length + 16);
  let from = new Int32Array(text.length + 17);
  let length = 0;
  const room = (more: number): void => {
    if (length + more < out.length) return;
    const wider = new Uint16Array(out.length * 2 + more);
    wider.set(out);
    out = wider;
    const further = new Int32Array(wider.length + 1);
    further.set(from);
    from = further;
  };
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    let unit = units[code] ?? UNKNOWN;
    if (unit === UNKNOWN) unit = learn(code);
    if (unit === DROPPED) continue;
    if (unit < DROPPED) {
      room(1);
      out[length] = unit;
      from[length] = at;
      length += 1;
      continue;
    }
    const pair = code >= 0xd800 && code <= 0xdbff && at + 1 < text.length;
    const letters = pair ? plainCharacter(text.slice(at, at + 2)) : (several.get(code) ?? "");
    room(letters.length);
    for (let index = 0; index < letters.length; index += 1) {
      out[length] = letters.charCodeAt(index);
      from[length] = at;
      length += 1;
    }
    if (pair) at += 1;
  }
  from[length] = text.length;
  return { text: stringOf(out, length), from: from.subarray(0, length + 1) };
}

/** What one code unit becomes, remembered: most texts use a hundred. */
function learn(code: number): number {
  if (code >= 0xd800 && code <= 0xdbff) {
    units[code] = SEVERAL;
    return SEVERAL;
  }
  const plain = plainCharacter(String.fromCharCode(code));
  const unit = plain.length === 1 ? plain.charCodeAt(0) : plain.length === 0 ? DROPPED : SEVERAL;
  if (unit === SEVERAL) several.set(code, plain);
  units[code] = unit;
  return unit;
}

function plainCharacter(character: string): string {
  let out = "";
  for (const letter of character.normalize("NFKD").replace(BLANK, "")) {
    if (letter === "\n" || letter === "\u2028" || letter === "\u2029" || letter === "\u0085") out += "\n";
    else if (/\s/u.test(letter)) out += " ";
    else out += boxedLetter(letter) ?? LOOK_ALIKES.get(letter) ?? SEVERAL_LETTERS.get(letter) ?? letter;
  }
  return out;
}

/** Capitals in black circles and squares, for which Unicode has no decomposition. */
function boxedLetter(letter: string): string | undefined {
  const code = letter.codePointAt(0) ?? 0;
  for (const first of [0x1f150, 0x1f170])
    if (code >= first && code < first + 26) return String.fromCharCode(0x41 + code - first);
  return undefined;
}

/** The Latin letter that this one feigns, or itself. */
export function feignedLetter(letter: string): string {
  return LOOK_ALIKES.get(letter) ?? letter;
}

function stringOf(from: Uint16Array, length: number): string {
  let out = "";
  for (let start = 0; start < length; start += 8192)
    out += String.fromCharCode.apply(
      null,
      from.subarray(start, Math.min(length, start + 8192)) as unknown as number[],
    );
  return out;
}
