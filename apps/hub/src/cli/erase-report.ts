/** Plans and receipts as a terminal shows them: aligned figures, nothing about whom. */
import type { Receipt } from "@preau/journal";
import type { ErasurePlan, Language, TableCount } from "@preau/kernel";

const WORDS = {
  en: {
    table: "table",
    erased: "erased",
    anonymised: "anonymised",
    kept: "kept",
    total: "total",
    nothing: "nothing to do",
    keptTitle: "kept",
    notCovered: "not covered",
    blocked: "not erased: restricted or held",
    verdict: "verdict",
    receipt: "receipt",
    due: "due",
    closed: "closed",
    lastCopy: "last backup copy gone by",
    statements: "statements",
    more: "more",
  },
  fr: {
    table: "table",
    erased: "effacées",
    anonymised: "anonymisées",
    kept: "conservées",
    total: "total",
    nothing: "rien à faire",
    keptTitle: "conservé",
    notCovered: "non couvert",
    blocked: "non effacés : limitation ou conservation légale",
    verdict: "résultat",
    receipt: "reçu",
    due: "échéance",
    closed: "terminé",
    lastCopy: "dernière copie de sauvegarde éteinte au plus tard le",
    statements: "requêtes",
    more: "de plus",
  },
} as const;

const SHOWN = 12;

/** The plan without its traces and its state, which name the persons. */
export function planJson(plans: readonly ErasurePlan[]): string {
  const stores = plans.map(({ source, tables, kept, notCovered, blocked }) => {
    return { store: source, tables, kept, notCovered, blocked: blocked.length };
  });
  const [first] = plans;
  const plan = {
    schema: "preau.plan/1",
    ground: first?.ground ?? null,
    subjects: first?.subjects.length ?? 0,
    stores,
  };
  return `${JSON.stringify(plan)}\n`;
}

export function planText(plans: readonly ErasurePlan[], language: Language): string {
  const words = WORDS[language];
  return paragraphs(
    plans.flatMap((plan) => [
      `${plan.source}\n${tableText(plan.tables, language)}`,
      listText(
        words.keptTitle,
        plan.kept.map((kept) => `${kept.where}: ${kept.rows} · ${kept.reason} (${kept.clause})`),
        words.more,
      ),
      listText(
        words.notCovered,
        plan.notCovered.map(({ what, why }) => `${what}: ${why}`),
        words.more,
      ),
      plan.blocked.length === 0 ? "" : `${words.blocked}: ${plan.blocked.length}\n`,
    ]),
  );
}

export function receiptText(file: string, language: Language): string {
  const receipt = JSON.parse(file) as Receipt;
  const words = WORDS[language];
  const facts = [
    [words.verdict, receipt.verdict],
    [words.receipt, receipt.id],
    [words.closed, receipt.closedAt],
    [words.due, receipt.dueAt],
    [words.lastCopy, receipt.lastCopy.date],
    [words.statements, `${receipt.statements} (${receipt.ms} ms)`],
  ] as const;
  const width = Math.max(...facts.map(([label]) => label.length));
  const stores = receipt.stores.map((store) => {
    const why = store.why === undefined ? "" : ` · ${store.why}`;
    return `${store.store}  ${store.verdict}${why}\n${tableText(store.tables, language)}`;
  });
  const kept = receipt.kept.map((each) => `${each.where}: ${each.rows} · ${each.reason} (${each.clause})`);
  const notCovered = receipt.notCovered.map(({ what, why }) => `${what}: ${why}`);
  return paragraphs([
    facts.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join(""),
    ...stores,
    listText(words.keptTitle, kept, words.more),
    listText(words.notCovered, notCovered, words.more),
  ]);
}

/** One empty line between those that say something. */
function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n");
}

/** Tables with something in them, figures aligned, with their sums. */
export function tableText(tables: readonly TableCount[], language: Language): string {
  const words = WORDS[language];
  const rows = tables.filter((each) => each.erased + each.anonymised + each.kept > 0);
  if (rows.length === 0) return `  ${words.nothing}\n`;
  const number = new Intl.NumberFormat(language);
  const sum = (pick: (row: TableCount) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const cells = [
    [words.table, words.erased, words.anonymised, words.kept],
    ...rows.map((row) => [row.table, ...[row.erased, row.anonymised, row.kept].map((n) => number.format(n))]),
    [
      words.total,
      ...[sum((r) => r.erased), sum((r) => r.anonymised), sum((r) => r.kept)].map((n) => number.format(n)),
    ],
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .map((line) => `  ${line}\n`)
    .join("");
}

function listText(title: string, items: readonly string[], more: string): string {
  if (items.length === 0) return "";
  const rest = items.length - SHOWN;
  const lines = items.slice(0, SHOWN).map((item) => `  - ${item}\n`);
  return `${title} (${items.length})\n${lines.join("")}${rest > 0 ? `  … ${rest} ${more}\n` : ""}`;
}
