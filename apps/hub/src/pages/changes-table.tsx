/** What holds before and after a change, field by field. */
import type { LocalDate, Region } from "@preau/calendar";
import { regionNames } from "@preau/contracts";
import { sayDate } from "@preau/documents";
import type { Json, JsonObject } from "@preau/kernel";
import { Table } from "@preau/web";
import type { ContractsTexts } from "../locales/contracts-fr.ts";

export function ChangesTable({
  words,
  caption,
  before,
  after,
}: {
  readonly words: ContractsTexts;
  readonly caption: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
}) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <Table
      caption={caption}
      columns={[
        { title: words.what, cell: (name) => fieldName(words, name) },
        { title: words.before, cell: (name) => sayValue(words, before[name]) },
        { title: words.after, cell: (name) => sayValue(words, after[name]) },
      ]}
      rows={names}
    />
  );
}

/** The label of a field, where it has one; a word of the agreement otherwise. */
export function fieldName(words: ContractsTexts, name: string): string {
  const label: unknown = (words as unknown as Readonly<Record<string, unknown>>)[name];
  return typeof label === "string" ? label : name;
}

export function sayValue(words: ContractsTexts, value: Json | undefined): string {
  if (value === undefined || value === null) return words.none;
  if (Array.isArray(value)) return value.map((each: Json) => sayValue(words, each)).join(", ");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const named = [words.kinds, words.atEnds, words.bases, words.goodFridays, words.roles] as readonly object[];
  const found: unknown = named
    .map((table) => (table as Readonly<Record<string, unknown>>)[text])
    .find(Boolean);
  const { language } = words;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return sayDate(text as LocalDate, language);
  if (text in regionNames) return regionNames[text as Region][language];
  const period = /^(hours|days|months|years)\((\d+)\)$/.exec(text);
  if (period !== null) return `${period[2]} ${words.units[period[1] as keyof ContractsTexts["units"]]}`;
  return typeof found === "string" ? found : text;
}
