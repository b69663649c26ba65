/** What the name of a dump tells: when it was made, in which generation, of which kind. */
import { type LocalDate, localDate } from "@preau/calendar";
import { isFault } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { BackupKind, GenerationId } from "./generations.ts";

export interface NamedBackup {
  /** The path up to the part that bears the date: a file, or a folder that is one backup. */
  readonly id: string;
  readonly date?: LocalDate;
  /** `HH:MM:SS` on the clocks of the place; in UTC when `isUtc`. */
  readonly time?: string;
  readonly isUtc: boolean;
  readonly generation?: GenerationId;
  readonly kind?: BackupKind;
}

const DATE = String.raw`(?<year>(?:19|20)\d\d)[-_.]?(?<month>0[1-9]|1[0-2])[-_.]?(?<day>0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?<hour>[01]\d|2[0-3])[-:h_]?(?<minute>[0-5]\d)(?:[-:m_]?(?<second>[0-5]\d))?s?(?<utc>Z)?`;
const DATED = new RegExp(`(?<!\\d)${DATE}(?:[T_\\- .]?${TIME})?(?!\\d)`);

const GENERATIONS: Readonly<Record<GenerationId, RegExp>> = {
  daily: /daily|jour|quotidien/i,
  weekly: /weekly|hebdo|semaine/i,
  monthly: /monthly|mensuel|mois/i,
};
const KINDS: Readonly<Record<BackupKind, RegExp>> = {
  differential: /diff|incr/i,
  full: /full|compl[eè]t|(?<![a-z])base(?![a-z])/i,
};

/** Reads a path, with its folders: `weekly/school-2026-11-22.sql.gz`. Undefined when a pattern is given and does not fit. */
export function readFileName(relative: string, pattern?: RegExp): NamedBackup | undefined {
  const fits = pattern?.exec(relative);
  if (pattern !== undefined && fits === null) return undefined;
  const told = fits?.groups ?? {};
  const segments = relative.split("/");
  const at =
    told["year"] === undefined
      ? segments.findLastIndex((segment) => DATED.test(segment))
      : segments.length - 1;
  const groups = told["year"] === undefined ? (DATED.exec(segments[at] ?? "")?.groups ?? {}) : told;
  const date = dateIn(groups);
  const id = at === -1 ? relative : segments.slice(0, at + 1).join("/");
  const generation = wordIn(GENERATIONS, told["generation"] ?? relative);
  const kind = wordIn(KINDS, told["kind"] ?? relative);
  return {
    id,
    isUtc: groups["utc"] !== undefined,
    ...(date === undefined ? {} : { date }),
    ...(date === undefined || groups["hour"] === undefined
      ? {}
      : { time: `${groups["hour"]}:${groups["minute"]}:${groups["second"] ?? "00"}` }),
    ...(generation === undefined ? {} : { generation }),
    ...(kind === undefined ? {} : { kind }),
  };
}

/**
 * A pattern of the configuration: text with `{date}`, and where they are told `{time}`, `{generation}`, `{kind}`, `{any}`.
 * @throws BACKUPS_BAD_PATTERN
 */
export function readPattern(text: string): RegExp {
  const parts: Readonly<Record<string, string>> = {
    date: DATE,
    time: TIME,
    generation: String.raw`(?<generation>[A-Za-zÀ-ÿ]+)`,
    kind: String.raw`(?<kind>[A-Za-zÀ-ÿ]+)`,
    any: "[^/]*",
  };
  const used = [...text.matchAll(/\{(\w*)\}/g)].map(([, name = ""]) => name);
  const repeated = used.some((name, index) => name !== "any" && used.indexOf(name) !== index);
  if (repeated || !used.includes("date") || used.some((name) => parts[name] === undefined))
    throw fault("BACKUPS_BAD_PATTERN", { place: "pattern" });
  const source = text
    .split(/(\{\w*\})/)
    .map((part) => parts[part.slice(1, -1)] ?? part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join("");
  return new RegExp(`^${source}$`);
}

function dateIn(groups: Readonly<Record<string, string | undefined>>): LocalDate | undefined {
  if (groups["year"] === undefined) return undefined;
  try {
    return localDate(`${groups["year"]}-${groups["month"]}-${groups["day"]}`);
  } catch (error) {
    if (isFault(error)) return undefined; // 31 February: some other number
    throw error;
  }
}

/** One word alone counts: `daily-of-the-monthly` says nothing. */
function wordIn<T extends string>(words: Readonly<Record<T, RegExp>>, text: string): T | undefined {
  const found = (Object.keys(words) as T[]).filter((name) => words[name].test(text));
  return found.length === 1 ? found[0] : undefined;
}
