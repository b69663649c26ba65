/**
 * The second look: one streamed pass over the texts of every table of the database, mapped or not, for all traces at
 * once, and a count over all columns that refer to a person. It shares no code with the first face: it reads the schema,
 * knows references and matches texts by itself, so that one mistake does not blind both.
 *
 * Not covered: texts inside encrypted cells and inside packed files (archives, documents, images), and keys that stand as
 * numbers inside texts.
 */
import { type Database, emptyWriteAheadLog } from "@preau/database";
import type { ControllerId, LookAgain, LookAgainReport, NotCovered, Traces } from "@preau/kernel";
import { type InspectedTable, inspectSchema } from "./look-again-schema.ts";
import { makeTraceMatcher, type TraceMatcher } from "./look-again-text.ts";

/** A column that refers to persons; with `when`, only rows whose columns have these values do. */
export interface ReferenceColumn {
  readonly table: string;
  readonly column: string;
  readonly when?: Readonly<Record<string, string | number | null>>;
}

export interface LookAgainOptions {
  readonly database: Pick<Database, "knex" | "dialect">;
  /** The controller whose data the database holds. */
  readonly controller: ControllerId;
  /** Kind of the identifiers that reference columns hold: `moodle.user`. */
  readonly kind: string;
  /** The person table and its key: the nameless row that stays is no reference to itself. */
  readonly person: { readonly table: string; readonly key: string };
  /** References that their names do not show. */
  readonly references?: readonly ReferenceColumn[];
  /** Columns whose names look like references and are none, `table.column`. */
  readonly notReferences?: readonly string[];
  /** Awaited after every page. */
  readonly throttle?: () => Promise<void>;
}

/** Rows of the first page; later pages grow while their texts stay small: few statements, flat memory. */
const FIRST_PAGE = 200;
const LARGEST_PAGE = 5000;
/** Characters of one page, about. */
const PAGE_CHARACTERS = 8_000_000;
/** Columns counted by one statement. */
const COLUMNS_A_STATEMENT = 50;

const UNREAD = {
  why: "they open to more than the second look reads, or are packed too many times",
  remedy: "look into them by other means, or erase their rows by a rule of the map",
};

/** SQLite only. */
const OLD_PAGES: NotCovered = {
  what: "the database's write-ahead log",
  why: "another process reads, so that pages from before may still stand in it",
  remedy: "run the second look again when nobody reads",
};

export function makeDataMapLookAgain(options: LookAgainOptions): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      const nothing = { referenceColumns: 0, textColumns: 0, files: 0, hits: 0, where: [], notCovered: [] };
      if (controller !== options.controller) return nothing;
      const tables = await inspectSchema(options.database);
      const found = new Map<string, number>();
      const add = (place: string, hits: number) => {
        if (hits > 0) found.set(place, (found.get(place) ?? 0) + hits);
      };
      const referenceColumns = await countReferences(options, tables, traces, add);
      const notCovered: NotCovered[] = (await emptyWriteAheadLog(options.database)) ? [] : [OLD_PAGES];
      let textColumns = 0;
      const matcher = makeTraceMatcher(
        traces.subjects.flatMap(({ texts }) => texts.map(({ value }) => value)),
      );
      for (const table of tables) {
        textColumns += table.texts.length;
        if (!matcher.empty && table.texts.length > 0) await searchTexts(options, table, matcher, add, signal);
      }
      if (matcher.unread() > 0) notCovered.push({ ...UNREAD, what: `${matcher.unread()} packed cell(s)` });
      const where = [...found].map(([place, hits]) => ({ place, hits }));
      const hits = where.reduce((sum, each) => sum + each.hits, 0);
      return { referenceColumns, textColumns, files: 0, hits, where, notCovered } satisfies LookAgainReport;
    },
  };
}

type Add = (place: string, hits: number) => void;

async function searchTexts(
  { database, throttle }: LookAgainOptions,
  table: InspectedTable,
  matcher: TraceMatcher,
  add: Add,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { knex } = database;
  let after: unknown;
  let size = FIRST_PAGE;
  for (let skip = 0; ; ) {
    signal?.throwIfAborted();
    const page = knex
      .select(table.texts as string[])
      .from(table.name)
      .limit(size);
    if (table.order.length > 0) void page.orderBy(table.order as string[]);
    const [single, ...more] = table.order;
    if (single !== undefined && more.length === 0) {
      void page.select({ page_key: single });
      if (after !== undefined) void page.where(single, ">", after as string | number);
    } else {
      void page.offset(skip);
    }
    const rows = (await page) as readonly Readonly<Record<string, unknown>>[];
    let characters = 0;
    for (const row of rows) {
      for (const column of table.texts) characters += lengthOf(row[column]);
      matcher.countRow(
        table.texts.map((column) => row[column]),
        // A row counts once a place, however often it names somebody: what is kept is counted in rows.
        (indexes) => add(`${table.name}.${indexes.map((index) => table.texts[index] ?? "").join("+")}`, 1),
      );
    }
    if (rows.length < size) return;
    after = rows.at(-1)?.["page_key"];
    skip += rows.length;
    const fitting = Math.floor((PAGE_CHARACTERS * rows.length) / Math.max(1, characters));
    size = Math.max(1, Math.min(LARGEST_PAGE, size * 5, fitting));
    await throttle?.();
  }
}

function lengthOf(cell: unknown): number {
  return typeof cell === "string" || Buffer.isBuffer(cell) ? cell.length : 0;
}

/** Columns whose name says that they hold the key of a person. */
const REFERENCE =
  /userid|user_id|^user(?:from|to)|^user(?:modified|created)$|^(?:created|modified|graded|updated)by$|^(?:loggeduser|grader|reviewerid|authorid|ownerid|creatorid|recipientid|issuerid|raterid|importer|modifierid)$|(?:^|_)(?:pupil|student|teacher|person|member|learner|account|author|owner|guardian|eleve)_?id$/i;

async function countReferences(
  { database, person, kind, references = [], notReferences = [] }: LookAgainOptions,
  tables: readonly InspectedTable[],
  traces: Traces,
  add: Add,
): Promise<number> {
  const { knex } = database;
  const values = traces.subjects.flatMap((subject) =>
    subject.references.filter((reference) => reference.kind === kind).map(({ value }) => value),
  );
  const excluded = new Set([`${person.table}.${person.key}`, ...notReferences]);
  const named = tables.flatMap(({ name, columns }) =>
    columns
      .filter((column) => REFERENCE.test(column.name) && !excluded.has(`${name}.${column.name}`))
      .map((column): ReferenceColumn => ({ table: name, column: column.name })),
  );
  const there = new Map(tables.map((table) => [table.name, table]));
  const known = references.filter(({ table, column, when }) => {
    const columns = there.get(table)?.columns ?? [];
    return [column, ...Object.keys(when ?? {})].every((each) => columns.some(({ name }) => name === each));
  });
  const all = [...new Map([...named, ...known].map((each) => [JSON.stringify(each), each])).values()].filter(
    (each) =>
      each.when === undefined ||
      !named.some((plain) => plain.table === each.table && plain.column === each.column),
  );
  if (values.length === 0) return all.length;
  for (let start = 0; start < all.length; start += COLUMNS_A_STATEMENT) {
    const counts = all.slice(start, start + COLUMNS_A_STATEMENT).map(({ table, column, when }, index) => {
      const numeric = there.get(table)?.columns.find(({ name }) => name === column)?.numeric === true;
      // Whole numbers are written as they are: the largest are no JavaScript numbers.
      const wanted = numeric ? values.filter((value) => /^-?\d{1,20}$/.test(value)) : values;
      const query = knex
        .count({ amount: "*" })
        .select({ place: knex.raw("?", [start + index]) })
        .from(table);
      if (wanted.length === 0) void query.whereRaw("1 = 0");
      else if (numeric) void query.whereRaw(`?? in (${wanted.join(",")})`, [column]);
      else void query.whereIn(column, wanted);
      for (const [name, value] of Object.entries(when ?? {})) {
        void (value === null ? query.whereNull(name) : query.where(name, value));
      }
      return query;
    });
    const [first, ...rest] = counts;
    if (first === undefined) break;
    const rows = (await first.unionAll(rest)) as readonly {
      readonly amount: unknown;
      readonly place: unknown;
    }[];
    for (const { amount, place } of rows) {
      const reference = all[Number(place)];
      if (reference !== undefined) add(`${reference.table}.${reference.column}`, Number(amount));
    }
  }
  return all.length;
}
