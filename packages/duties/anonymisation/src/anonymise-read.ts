/**
 * Rows read once into columns of codes. No value is kept but the bases of the ladders; a row with a value that cannot be read
 * is left out and counted; a value of a type that is not expected, a column that is missing and whatever looks like an
 * identifier or prose are findings, and make the release a refused one. @clause D13.2
 */
import { findInValue, type ValueFinding } from "./detect-value.ts";
import type { Label } from "./equivalence-classes.ts";
import { ladderOf } from "./generalise.ts";
import { spellingOf } from "./generalise-groups.ts";
import { type Ladder, type Raw, UNREADABLE } from "./generalise-ladder.ts";
import { columnsOf, type NamedColumn, type ReleasePlan } from "./release-plan.ts";

/** Rows of one controller; its identifier never comes out, but whoever knows the school knows more: it counts as a column. */
export interface ReleaseRows {
  readonly controller: string;
  readonly rows: AsyncIterable<Readonly<Record<string, unknown>>>;
}

export interface ReadFinding {
  readonly column: string;
  readonly what: ValueFinding | "type" | "missing" | "manyValues" | "person";
}

export interface BaseColumn extends NamedColumn {
  readonly ladder: Ladder;
  readonly codes: Uint32Array;
  readonly bases: readonly Label[];
  /** Rows left out because the value cannot be read. */
  readonly unreadable: number;
}

export interface BaseTable {
  /** Rows that were given, with those that could not be read. */
  readonly given: number;
  readonly givenOf: ReadonlyMap<string, number>;
  /** Rows that could be read: the length of every column. */
  readonly rows: number;
  readonly columns: readonly BaseColumn[];
  readonly controllers: Uint32Array;
  readonly controllerIds: readonly string[];
  /** Undefined when each row is about another person. */
  readonly persons?: Uint32Array;
  readonly findings: readonly ReadFinding[];
  /** Columns that came without being asked for. */
  readonly others: readonly string[];
}

/** Different values of a column that is released as it is, at most: with more, it is no closed list. */
const CLOSED_LIST = 64;

/** @param person key of a row by which rows of one person are known again; undefined when each is about another */
export async function readTable(
  plan: ReleasePlan,
  parts: Iterable<ReleaseRows>,
  person: string | undefined,
): Promise<BaseTable> {
  const readers = columnsOf(plan).map((column) => new ColumnReader(column));
  const persons = person === undefined ? undefined : new Numbered();
  const personCodes = new Growing();
  const controllers = new Growing();
  const controllerIds: string[] = [];
  const givenOf = new Map<string, number>();
  const findings = new Map<string, ReadFinding>();
  const tell = (finding: ReadFinding) => findings.set(`${finding.column} ${finding.what}`, finding);
  const others = new Set<string>();
  const asked = new Set([...readers.map(({ column }) => column.source), person]);
  let given = 0;
  for (const { controller, rows } of parts) {
    let code = controllerIds.indexOf(controller);
    if (code < 0) code = controllerIds.push(controller) - 1;
    let own = 0;
    for await (const row of rows) {
      own += 1;
      if (own === 1) for (const name of Object.keys(row)) if (!asked.has(name)) others.add(name);
      let isWhole = true;
      for (const reader of readers) {
        const problem = reader.read(row);
        if (problem === undefined) continue;
        isWhole = false;
        if (problem !== "unreadable") tell({ column: reader.column.source, what: problem });
      }
      const who = person === undefined ? undefined : keyIn(row, person);
      if (person !== undefined && who === undefined) tell({ column: person, what: "person" });
      if (!isWhole || (person !== undefined && who === undefined)) continue;
      for (const reader of readers) reader.keep();
      // The same number in two schools is two persons.
      if (who !== undefined) personCodes.push(persons?.of(`${code} ${who}`) ?? 0);
      controllers.push(code);
    }
    given += own;
    givenOf.set(controller, (givenOf.get(controller) ?? 0) + own);
  }
  const columns = readers.map((reader) => reader.done());
  for (const { column, what } of readers.flatMap((reader) => reader.findings())) tell({ column, what });
  return {
    ...{ given, givenOf, rows: controllers.length, columns, controllerIds },
    controllers: controllers.done(),
    ...(person === undefined ? {} : { persons: personCodes.done() }),
    findings: [...findings.values()],
    others: [...others].sort(),
  };
}

class ColumnReader {
  readonly column: NamedColumn;
  readonly #ladder: Ladder;
  readonly #isPlain: boolean;
  readonly #codes = new Growing();
  readonly #bases = new Map<Label, number>();
  /** Of a plain column, how often each spelling of a value occurs: the most frequent one is released for all. */
  readonly #spellings = new Map<Label, Map<string, number>>();
  #next: Label = null;
  #spelling: string | undefined;
  #unreadable = 0;
  #overflows = false;

  constructor(column: NamedColumn) {
    this.column = column;
    this.#ladder = ladderOf(column);
    this.#isPlain = column.generalise === undefined && column.values === undefined;
  }

  /** Looks at a row's value; `keep` takes it. */
  read(row: Readonly<Record<string, unknown>>): "missing" | "type" | "unreadable" | undefined {
    if (!Object.hasOwn(row, this.column.source)) return "missing";
    const value = row[this.column.source];
    if (!isRaw(value)) return "type";
    const base = this.#ladder.base(value);
    if (base === UNREADABLE) {
      this.#unreadable += 1;
      return "unreadable";
    }
    this.#next = base;
    this.#spelling = this.#isPlain && base !== null && value !== null ? spellingOf(value) : undefined;
    return undefined;
  }

  keep(): void {
    const base = this.#next;
    let code = this.#bases.get(base);
    if (code === undefined) {
      if (this.#isPlain && this.#bases.size >= CLOSED_LIST) {
        this.#overflows = true;
        code = 0;
      } else {
        code = this.#bases.size;
        this.#bases.set(base, code);
      }
    }
    this.#codes.push(code);
    if (this.#spelling === undefined || this.#overflows) return;
    const spellings = this.#spellings.get(base) ?? new Map<string, number>();
    spellings.set(this.#spelling, (spellings.get(this.#spelling) ?? 0) + 1);
    this.#spellings.set(base, spellings);
  }

  done(): BaseColumn {
    const bases = [...this.#bases.keys()].map((base) => mostFrequent(this.#spellings.get(base)) ?? base);
    return {
      ...this.column,
      ...{ ladder: this.#ladder, codes: this.#codes.done(), bases, unreadable: this.#unreadable },
    };
  }

  findings(): readonly ReadFinding[] {
    const column = this.column.source;
    if (this.#overflows) return [{ column, what: "manyValues" }];
    const spelled = [...this.#spellings.values()].flatMap((each) => [...each.keys()]);
    return spelled.flatMap((text) => {
      const what = findInValue(text);
      return what === undefined ? [] : [{ column, what }];
    });
  }
}

/** What may stand in a row: no number that is none, no object, nothing that is not there. */
function isRaw(value: unknown): value is Raw {
  return (
    value === null ||
    typeof value === "string" ||
    typeof value === "boolean" ||
    (typeof value === "number" && Number.isFinite(value))
  );
}

function keyIn(row: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Ties go by the code units, so that no order of rows decides. */
function mostFrequent(spellings: ReadonlyMap<string, number> | undefined): string | undefined {
  if (spellings === undefined) return undefined;
  return [...spellings].sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1))[0]?.[0];
}

/** Numbers of texts, in the order in which they come. */
class Numbered {
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** Codes whose number is not known beforehand. */
class Growing {
  #codes = new Uint32Array(1_024);
  length = 0;

  push(code: number): void {
    if (this.length === this.#codes.length) {
      const wider = new Uint32Array(this.#codes.length * 2);
      wider.set(this.#codes);
      this.#codes = wider;
    }
    this.#codes[this.length] = code;
    this.length += 1;
  }

  done(): Uint32Array {
    return this.#codes.slice(0, this.length);
  }
}
