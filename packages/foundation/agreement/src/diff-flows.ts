/**
 * Which personal data may flow where that could not before, and the reverse: the compiled tables of two agreements asked
 * the same questions, over every word that either declares.
 */
import {
  type Bilingual,
  controllerId,
  type Flow,
  type GateRow,
  type GateTable,
  type InstructionId,
  type Operation,
  type Origin,
} from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import { type Change, joined } from "./change.ts";
import { fault } from "./errors.ts";
import { compileGateTable } from "./gate-table.ts";

const OPERATIONS: readonly Operation[] = ["store", "show", "send", "export", "answer", "erase", "return"];
/** Questions asked of both tables; more than any agreement between real parties has. */
const MOST_QUESTIONS = 4_000_000;

type Allowed = "no" | "onInstruction" | "yes";
interface Cell {
  readonly category: string;
  readonly purpose: string;
  readonly operation: Operation;
  readonly before: Allowed;
  readonly after: Allowed;
  readonly clause: string;
}
interface Line {
  readonly product: string;
  readonly origin: Origin;
  readonly role: string;
  readonly recipient: string;
}

/** @throws AGREEMENT_TOO_LARGE_TO_COMPARE */
export function diffFlows(from: Agreement, to: Agreement): readonly Change[] {
  const tables = { before: compileGateTable(from), after: compileGateTable(to) };
  const purposes = union(from, to, ({ purposes: all }) => all.map(({ id }) => id));
  const recipients = union(from, to, ({ recipients: all, annexC }) => [
    ...all.map(({ id }) => id),
    ...annexC.map(({ recipient }) => recipient),
  ]);
  const rows = new Map(
    [...from.annexB, ...to.annexB].map(({ product, origin, role }) => [
      `${product} ${origin} ${role}`,
      { product, origin, role },
    ]),
  );
  const each = purposes.length * OPERATIONS.length * 2;
  const categories = Math.max(from.categories.length, to.categories.length, 1);
  if (rows.size * recipients.length * each * categories > MOST_QUESTIONS) {
    throw fault("AGREEMENT_TOO_LARGE_TO_COMPARE");
  }
  return [...rows.values()].flatMap((row) =>
    recipients.flatMap((recipient) => {
      const line = { ...row, recipient };
      return grouped(cellsOf(tables, line, purposes)).map((cells) => changeOf(cells, line, [to, from]));
    }),
  );
}

function union(from: Agreement, to: Agreement, of: (agreement: Agreement) => readonly string[]): string[] {
  return [...new Set([...of(from), ...of(to)])];
}

type Tables = Readonly<Record<"before" | "after", GateTable>>;

function cellsOf(tables: Tables, line: Line, purposes: readonly string[]): readonly Cell[] {
  return purposes.flatMap((purpose) =>
    OPERATIONS.flatMap((operation) => {
      const flow: Flow = { ...line, controller: ANYONE, operation, purpose, categories: [] };
      const [before, after] = [answersTo(tables.before, flow), answersTo(tables.after, flow)];
      const categories = new Set([...before.instructed.answers.keys(), ...after.instructed.answers.keys()]);
      return [...categories].flatMap((category): Cell[] => {
        const [was, is] = [allowed(before, category), allowed(after, category)];
        if (was === is) return [];
        const giving = is === "no" ? before : after;
        const { clause } = answerOf(giving.instructed, category);
        return [{ category, purpose, operation, before: was, after: is, clause }];
      });
    }),
  );
}

/** The tables ask nobody who it is, and of an instruction only whether there is one. */
const ANYONE = controllerId("anyone");
const ANY = "ins_any" as InstructionId;

interface Answers {
  readonly plain: GateRow;
  readonly instructed: GateRow;
}

function answersTo(table: GateTable, flow: Flow): Answers {
  return { plain: table.row(flow), instructed: table.row({ ...flow, instruction: ANY }) };
}

function allowed({ plain, instructed }: Answers, category: string): Allowed {
  if (answerOf(plain, category).allowed) return "yes";
  return answerOf(instructed, category).allowed ? "onInstruction" : "no";
}

function answerOf(row: GateRow, category: string) {
  return row.answers.get(category) ?? row.otherwise;
}

/** Cells that one sentence can say together: operations of one flow, then purposes, then categories with the same ones. */
function grouped(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const by = (groups: readonly (readonly Cell[])[], key: (group: readonly Cell[]) => string) => {
    const found = new Map<string, readonly Cell[]>();
    for (const group of groups) found.set(key(group), [...(found.get(key(group)) ?? []), ...group]);
    return [...found.values()];
  };
  const fixed = ([first]: readonly Cell[]) => `${first?.before} ${first?.after} ${first?.clause}`;
  const words = (group: readonly Cell[], key: "operation" | "purpose") =>
    [...new Set(group.map((cell) => cell[key]))].join(",");
  const byFlow = by(
    cells.map((cell) => [cell]),
    (group) => `${fixed(group)} ${group[0]?.category} ${group[0]?.purpose}`,
  );
  const byCategory = by(
    byFlow,
    (group) => `${fixed(group)} ${group[0]?.category} ${words(group, "operation")}`,
  );
  return by(byCategory, (group) => `${fixed(group)} ${words(group, "operation")} ${words(group, "purpose")}`);
}

const NAMES: Readonly<Record<Operation, Bilingual>> = {
  store: { en: "store", fr: "conserver" },
  show: { en: "show", fr: "montrer" },
  send: { en: "send", fr: "envoyer" },
  export: { en: "export", fr: "exporter" },
  answer: { en: "answer", fr: "répondre" },
  erase: { en: "erase", fr: "effacer" },
  return: { en: "return", fr: "restituer" },
};
const ORIGINS: Readonly<Record<Origin, Bilingual>> = {
  gar: { en: "through GAR", fr: "par le GAR" },
  outsideGar: { en: "outside GAR", fr: "hors GAR" },
};

function changeOf(cells: readonly Cell[], line: Line, agreements: readonly Agreement[]): Change {
  const { before, after, clause } = cells[0] ?? { before: "no", after: "no", clause: "" };
  const once = (key: "operation" | "purpose" | "category") => [...new Set(cells.map((cell) => cell[key]))];
  const label = (word: string, list: "roles" | "categories" | "purposes" | "products") =>
    lowered(labelOf(agreements, list, word));
  const what = joined(
    once("category").map((word) => label(word, "categories")),
    ", ",
  );
  const why = joined(
    once("purpose").map((word) => label(word, "purposes")),
    ", ",
  );
  const how = joined(
    once("operation").map((operation) => NAMES[operation as Operation]),
    ", ",
  );
  const who = label(line.role, "roles");
  const origin = ORIGINS[line.origin];
  const recipient = recipientOf(agreements, line.recipient);
  const verb = verbOf(before, after);
  const isGain = before === "no" || (before === "onInstruction" && after === "yes");
  const engaged = agreements.some(({ annexC }) => annexC.some((entry) => entry.recipient === line.recipient));
  return {
    kind: "flow",
    change: before === "no" ? "added" : after === "no" ? "removed" : "changed",
    clause,
    id: `${line.product}.${line.origin}.${line.role}.${line.recipient}`,
    says: {
      en: `${who.en} ${origin.en} (${line.product}) ${verb.en} ${what.en} ${isGain ? "towards" : "from"} ${recipient.en}: ${how.en} – ${why.en}`,
      fr: `${who.fr} ${origin.fr} (${line.product}) ${verb.fr} ${what.fr} ${isGain ? "vers" : "envers"} ${recipient.fr} : ${how.fr} – ${why.fr}`,
    },
    for: [
      { who: `dataSubject:${line.role}`, effect: "affected" },
      ...(engaged ? [{ who: `subprocessor:${line.recipient}` as const, effect: "affected" as const }] : []),
    ],
  };
}

function verbOf(before: Allowed, after: Allowed): Bilingual {
  if (after === "no") return { en: "loses", fr: "perd" };
  if (after === "onInstruction") {
    return before === "no"
      ? { en: "gains, on written instruction,", fr: "gagne, sur instruction écrite," }
      : { en: "keeps on written instruction alone", fr: "ne garde que sur instruction écrite" };
  }
  return before === "no"
    ? { en: "gains", fr: "gagne" }
    : { en: "no longer needs an instruction for", fr: "n’a plus besoin d’instruction pour" };
}

type Labelled = "roles" | "categories" | "purposes" | "products";

function labelOf(agreements: readonly Agreement[], list: Labelled, word: string): Bilingual {
  for (const agreement of agreements) {
    const found = agreement[list].find(({ id }) => id === word);
    if (found !== undefined) return { en: found.en, fr: found.fr };
  }
  return { en: word, fr: word };
}

function recipientOf(agreements: readonly Agreement[], word: string): Bilingual {
  for (const { recipients, annexC } of agreements) {
    const engaged = annexC.find(({ recipient }) => recipient === word);
    if (engaged !== undefined) return { en: `${engaged.name} (${word})`, fr: `${engaged.name} (${word})` };
    const found = recipients.find(({ id }) => id === word);
    if (found !== undefined) return lowered({ en: found.en, fr: found.fr });
  }
  return { en: word, fr: word };
}

function lowered({ en, fr }: Bilingual): Bilingual {
  const lower = (text: string) => text.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
  return { en: lower(en), fr: lower(fr) };
}
