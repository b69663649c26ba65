/** What another version of an agreement changes, and for whom. Nothing is left unsaid: no change means the same fingerprint. */
import type { Agreement } from "./agreement.ts";
import { agreementHash } from "./agreement-hash.ts";
import type { Change, ChangeKind } from "./change.ts";
import { clauseSections } from "./clause-sections.ts";
import { diffFlows } from "./diff-flows.ts";
import { diffPeriods, diffRetention } from "./diff-periods.ts";
import { diffRules } from "./diff-rules.ts";
import { diffSubprocessors } from "./diff-subprocessors.ts";
import { diffTexts } from "./diff-texts.ts";

const ORDER: readonly ChangeKind[] = [
  "period",
  "retention",
  "figure",
  "subprocessor",
  "transfer",
  "flow",
  "rule",
  "text",
  "order",
];

/**
 * The changes from one agreement to another, in the order of the clauses of the second, the weightier first.
 * @throws AGREEMENT_TOO_LARGE_TO_COMPARE
 */
export function diffAgreements(from: Agreement, to: Agreement): readonly Change[] {
  if (agreementHash(from) === agreementHash(to)) return [];
  const flows = diffFlows(from, to);
  const changes = [
    ...diffPeriods(from, to),
    ...diffRetention(from, to),
    ...diffSubprocessors(from, to),
    ...flows,
    ...diffRules(from, to, flows.length > 0),
    ...diffTexts(from, to),
  ];
  return changes.length > 0 ? sorted(changes, from, to) : [ORDER_ONLY];
}

/** Entries in another order, in the files or in their fenced blocks: no rule and no word of a clause is another. */
const ORDER_ONLY: Change = {
  kind: "order",
  change: "changed",
  id: "order",
  says: {
    en: "No rule changes: entries stand in another order, or what no clause holds is another",
    fr: "Aucune règle ne change : des entrées sont dans un autre ordre, ou ce qui est hors des clauses diffère",
  },
  for: [],
};

function sorted(changes: readonly Change[], from: Agreement, to: Agreement): readonly Change[] {
  const clauses = [to, from].flatMap(({ texts }) =>
    clauseSections(texts.fr ?? texts.en ?? "").flatMap(({ clause }) => clause ?? []),
  );
  const places = new Map(clauses.toReversed().map((clause, index) => [clause, clauses.length - index]));
  const placeOf = ({ clause }: Change) =>
    clause === undefined ? 0 : (places.get(clause) ?? clauses.length + 1);
  return changes.toSorted(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      a.id.localeCompare(b.id, "en"),
  );
}
