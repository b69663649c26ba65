/**
 * Taking other persons out of a cell, whatever it is written in: plain text and HTML, JSON, PHP's serialised values,
 * base64 of these, and compressed bytes. In structures the names of members help: `"relateduserid": 34` is a person's
 * key, `"username": "rose"` a login, be it an ordinary word.
 */
import type { Json } from "@preau/kernel";
import { foldText } from "./fold-text.ts";
import { openPacked } from "./look-again-packed.ts";
import { type PhpValue, readPhp, writePhp } from "./php-serialized.ts";
import type { OwnNames, SitePersons } from "./site-persons.ts";
import { WITHHELD } from "./withheld.ts";
import { nameWithholder } from "./withhold-names.ts";

export interface TextRules {
  /** Whether a member or column of this name holds a person's key. */
  readonly isReference: (name: string) => boolean;
  /** Where keys stand in texts, the key as the first group. */
  readonly keysInTexts: readonly string[];
}

export interface TextWithholder {
  /** A text without other persons; the same when there are none. */
  text(text: string): string;
  /** The same of a column, whose name may say that somebody else's login is what stands there. */
  column(name: string, cell: string): string;
  /** Whether a text, or what bytes hold, has somebody else's identifier or full name. */
  isNaming(content: string | Buffer): boolean;
  /** Whether a value is the key of somebody else. */
  isOther(key: string): boolean;
}

const LONGEST_REMEMBERED = 300;
const MOST_REMEMBERED = 20_000;
const MOST_LAYERS = 4;
/** `userid=34` in a link, `"userid":34` in what is no whole JSON. */
const NAMED_KEY =
  /([A-Za-z_][A-Za-z0-9_]{0,40})(\]?(?:=|%3D|(?:"|'|&quot;)\s*(?:=>|:)\s*)(?:"|'|&quot;)?)(\d{1,20})(?![\w.])/g;
const NAMED_VALUE =
  /([A-Za-z_][A-Za-z0-9_]{0,40})(\]?(?:=|%3D|(?:"|'|&quot;)\s*(?:=>|:)\s*)(?:"|'|&quot;)?)([^\s"'&<>;,]{1,100})/g;
const BASE64 = /[A-Za-z0-9+/]{24,}={0,2}/g;
const PHP_OR_JSON = /^\s*(?:[[{]|[aO]:\d+:|s:\d+:")/;

export function textWithholder(persons: SitePersons, own: OwnNames, rules: TextRules): TextWithholder {
  const names = nameWithholder(persons, own);
  const withoutNames = names.text;
  const keyPatterns = rules.keysInTexts.map((pattern) => new RegExp(pattern, "gu"));
  const isOther = (key: string) => key !== own.key && persons.has(key);
  /** Another person's value in a member that is named as a column of identity. */
  const isOthersValue = (name: string, value: string) => {
    const values = persons.byColumn.get(name.toLowerCase());
    if (values === undefined) return false;
    const folded = foldText(value.trim());
    return values.has(folded) && own.byColumn.get(name.toLowerCase())?.has(folded) !== true;
  };

  const withoutKeys = (text: string): string => {
    if (!/\d/.test(text)) return text;
    let now = text;
    if (now.includes("=") || now.includes('":') || now.includes("%3D") || now.includes("&quot;"))
      now = now.replace(NAMED_KEY, (all, name: string, between: string, key: string) =>
        rules.isReference(name) && isOther(key) ? `${name}${between}${WITHHELD}` : all,
      );
    for (const pattern of keyPatterns)
      now = now.replace(pattern, (all: string, key: string) =>
        isOther(key)
          ? all.slice(0, all.lastIndexOf(key)) + WITHHELD + all.slice(all.lastIndexOf(key) + key.length)
          : all,
      );
    return now;
  };
  const withoutNamedValues = (text: string): string =>
    text.includes("=") || text.includes('":') || text.includes("&quot;")
      ? text.replace(NAMED_VALUE, (all, name: string, between: string, value: string) =>
          isOthersValue(name, decoded(value)) ? `${name}${between}${WITHHELD}` : all,
        )
      : text;

  const withoutPacked = (text: string, layers: number): string =>
    text.length < 24 || layers <= 0
      ? text
      : text.replace(BASE64, (token) => {
          const bytes = Buffer.from(token, "base64");
          const inner = bytes.toString("utf8");
          if (!isPlain(inner)) return isNaming(bytes) ? WITHHELD : token;
          const changed = anyText(inner, layers - 1);
          return changed === inner ? token : Buffer.from(changed, "utf8").toString("base64");
        });

  const anyText = (text: string, layers: number): string => {
    if (text === "") return text;
    if (PHP_OR_JSON.test(text)) {
      const structured = structure(text, layers);
      if (structured !== undefined) return structured;
    }
    return withoutPacked(withoutNamedValues(withoutKeys(withoutNames(text))), layers);
  };

  /** The text of a structure; undefined when it is none. */
  const structure = (text: string, layers: number): string | undefined => {
    const php = readPhp(text);
    if (php !== undefined) {
      const changed = phpWithout(php, "", layers);
      return changed === php ? text : writePhp(changed);
    }
    let parsed: Json;
    try {
      parsed = JSON.parse(text) as Json;
    } catch {
      return undefined;
    }
    const changed = jsonWithout(parsed, "", layers);
    if (changed !== parsed) return JSON.stringify(changed);
    // Of two members of one name the second alone was read.
    return JSON.stringify(parsed).length < text.length ? undefined : text;
  };

  const memberText = (name: string, value: string, layers: number): string | null => {
    if (rules.isReference(name) && isOther(value)) return null;
    return isOthersValue(name, value) ? WITHHELD : anyText(value, layers);
  };

  const jsonWithout = (value: Json, name: string, layers: number): Json => {
    if (layers <= -40) return null;
    if (typeof value === "string") return memberText(name, value, layers);
    if (typeof value === "number") return rules.isReference(name) && isOther(String(value)) ? null : value;
    if (value === null || typeof value === "boolean") return value;
    if (isList(value)) {
      const list = value.map((each) => jsonWithout(each, name, layers - 1));
      return list.every((each, index) => each === value[index]) ? value : list;
    }
    const parts = Object.entries(value).map(([key, member]): [string, Json] => {
      const held = rules.isReference(name) && isOther(key) ? WITHHELD : withoutNames(key);
      // `"author": { "id": 34 }` is a person's key, as `"author": 34` is.
      const label = key === "id" || /^\d+$/.test(key) ? name : key;
      return [held, jsonWithout(member, label, layers - 1)];
    });
    const same = parts.every(([key, member]) => value[key] === member);
    return same ? value : Object.fromEntries(parts);
  };

  const phpWithout = (value: PhpValue, name: string, layers: number): PhpValue => {
    if (value.is === "text") {
      const kept = memberText(name, value.text, layers);
      return kept === value.text
        ? value
        : kept === null
          ? { is: "other", text: "N;" }
          : { is: "text", text: kept };
    }
    if (value.is === "number")
      return rules.isReference(name) && isOther(value.text) ? { is: "other", text: "N;" } : value;
    if (value.is === "other") return value;
    let changed = false;
    const members: (readonly [PhpValue, PhpValue])[] = [];
    for (const [key, member] of value.members) {
      const label = key.is === "text" ? key.text.replace(/^\0[^\0]*\0/, "") : name;
      const text = key.is === "text" ? withoutNames(key.text) : "";
      const held: PhpValue = key.is === "text" && text !== key.text ? { is: "text", text } : key;
      const kept = phpWithout(member, label, layers - 1);
      changed = changed || held !== key || kept !== member;
      members.push([held, kept]);
    }
    return changed ? { ...value, members } : value;
  };

  const isNaming = (bytes: string | Buffer): boolean => {
    if (typeof bytes === "string") return names.identifies(bytes);
    const texts = [bytes.toString("utf8"), ...openPacked(bytes).texts];
    return texts.some(names.identifies);
  };

  // Most cells of most rows repeat: kinds of events, states.
  const same = new Set<string>();
  const text = (cell: string): string => {
    if (cell === "" || same.has(cell)) return cell;
    const kept = anyText(cell, MOST_LAYERS);
    if (kept === cell && cell.length <= LONGEST_REMEMBERED) {
      if (same.size >= MOST_REMEMBERED) same.clear();
      same.add(cell);
    }
    return kept;
  };
  return {
    isOther,
    isNaming,
    text,
    column: (name, cell) => (isOthersValue(name, cell) ? WITHHELD : text(cell)),
  };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}

/** Bytes that are no text decode to signs that no text has. */
function isPlain(text: string): boolean {
  for (const character of text.slice(0, 400)) {
    const code = character.charCodeAt(0);
    if (code === 0xfffd || (code < 32 && code !== 0 && code !== 9 && code !== 10 && code !== 13))
      return false;
  }
  return text !== "";
}
