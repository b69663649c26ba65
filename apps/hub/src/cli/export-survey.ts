/**
 * What a person's copy would hold, counted: the same rows in the same form, none of them kept. Writes nothing.
 * @clause D10.1a
 */
import type {
  Bilingual,
  ControllerId,
  NotCovered,
  PersonalRecord,
  RegisteredSource,
  SubjectTarget,
} from "@preau/kernel";

import { unknownAt } from "./export-people.ts";

interface SurveyedTable {
  readonly table: string;
  readonly category: string;
  /** What the store calls the category, where it has words. */
  readonly title?: Bilingual;
  readonly rows: number;
}

export interface SurveyedStore {
  readonly store: string;
  readonly tables: readonly SurveyedTable[];
  readonly files: { readonly given: number; readonly bytes: number };
  /** Columns from which other persons were taken out, with the rows in which. */
  readonly withheld: readonly { readonly column: string; readonly rows: number }[];
  readonly notGiven: readonly { readonly why: "missing" | "namesOthers"; readonly files: number }[];
  readonly notCovered: readonly NotCovered[];
}

interface Asked {
  readonly controller: ControllerId;
  readonly signal: AbortSignal;
}

/** Everybody is read before the answer: who is unknown stops it. @throws EXPORT_NO_SUBJECT, what a store refuses */
export async function surveyPersons(
  stores: readonly RegisteredSource[],
  targets: readonly SubjectTarget[],
  asked: Asked,
): Promise<readonly (readonly SurveyedStore[])[]> {
  const surveys: (readonly SurveyedStore[])[] = [];
  for (const [at, target] of targets.entries()) {
    const survey = await surveyPerson(stores, target, asked);
    if (survey.every(({ tables }) => tables.length === 0)) throw unknownAt(at);
    surveys.push(survey);
  }
  return surveys;
}

/** Reads every store for one person, with others withheld. */
async function surveyPerson(
  stores: readonly RegisteredSource[],
  subject: SubjectTarget,
  { controller, signal }: Asked,
): Promise<readonly SurveyedStore[]> {
  const surveyed: SurveyedStore[] = [];
  for (const { source, exports } of stores) {
    const about = source.describe();
    if (about.controller !== undefined && about.controller !== controller) continue;
    const counted = makeCount(exports?.words?.categories);
    for await (const record of source.collect({ controller, subject, others: "withhold", signal }))
      counted.add(record);
    surveyed.push({ store: about.id, ...counted.told(), notCovered: about.notCovered });
  }
  return surveyed;
}

function makeCount(titles: Readonly<Record<string, Bilingual>> = {}) {
  const tables = new Map<string, SurveyedTable & { rows: number }>();
  const withheld = new Map<string, number>();
  const notGiven = new Map<"missing" | "namesOthers", number>();
  const files = { given: 0, bytes: 0 };
  return {
    add({ where, category, withheld: columns = [], file }: PersonalRecord) {
      const key = `${where}\n${category}`;
      const title = titles[category];
      const named = title === undefined ? {} : { title };
      const row = tables.get(key) ?? { table: where, category, ...named, rows: 0 };
      row.rows += 1;
      tables.set(key, row);
      for (const column of columns) increase(withheld, `${where}.${column}`);
      if (file?.notGiven !== undefined) increase(notGiven, file.notGiven);
      else if (file !== undefined) {
        files.given += 1;
        files.bytes += file.size ?? 0;
      }
    },
    told: () => ({
      tables: [...tables.values()].sort((a, b) => (a.table < b.table ? -1 : 1)),
      files,
      withheld: [...withheld].map(([column, rows]) => ({ column, rows })),
      notGiven: [...notGiven].map(([why, count]) => ({ why, files: count })),
    }),
  };
}

function increase<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
