/** What the rules of an agreement cite is declared, once: words, clauses, periods. */
import type { Agreement } from "./agreement.ts";
import { type Citation, clausesCited, wordsCited } from "./citations.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Path } from "./lint.ts";
import type { YamlSource } from "./yaml-source.ts";

/** Diagnostics DUPLICATE, UNKNOWN_WORD and UNKNOWN_CLAUSE of an agreement whose form is right. */
export function checkReferences(
  agreement: Agreement,
  source: YamlSource,
  clauses: ReadonlySet<string>,
): Diagnostic[] {
  return [
    ...duplicates(agreement, source),
    ...wordsCited(agreement).flatMap(({ kind, known, word, path, clause }) =>
      known.has(word) ? [] : [unknownWord(source, { kind, known, word, path, clause })],
    ),
    ...clausesCited(agreement).flatMap(({ clause, path }) =>
      clauses.has(clause) ? [] : [unknownClause(source, clause, path)],
    ),
  ];
}

/** Words that one diagnostic proposes. */
const MOST_WORDS = 60;

function unknownWord(source: YamlSource, { kind, known, word, path, clause }: Citation): Diagnostic {
  const list = [...known].slice(0, MOST_WORDS).join(", ") || "–";
  return {
    code: "UNKNOWN_WORD",
    severity: "error",
    file: source.file,
    ...source.positionOf(path),
    ...(clause === undefined ? {} : { clause }),
    says: {
      en: `No ${kind.en} \`${word}\` is declared.`,
      fr: `\`${word}\` n'est déclaré nulle part (${kind.fr}).`,
    },
    remedy: { en: `Declare it, or use one of: ${list}.`, fr: `Déclarez-le, ou employez l'un de : ${list}.` },
  };
}

function unknownClause(source: YamlSource, clause: string, path: Path): Diagnostic {
  return {
    code: "UNKNOWN_CLAUSE",
    severity: "error",
    file: source.file,
    ...source.positionOf(path),
    clause,
    says: { en: `There is no clause \`${clause}\`.`, fr: `Il n'existe pas de clause \`${clause}\`.` },
    remedy: {
      en: "Correct the id, or give the text a heading with it.",
      fr: "Corrigez l'identifiant, ou donnez au texte un titre qui le porte.",
    },
  };
}

/** Ids declared twice, rows of annex B with the same key, words repeated in one list. */
function duplicates(agreement: Agreement, source: YamlSource): Diagnostic[] {
  const found: Diagnostic[] = [];
  const once = (
    entries: readonly { readonly key: string; readonly path: Path; readonly clause?: string }[],
  ) => {
    const seen = new Set<string>();
    for (const { key, path, clause } of entries) {
      if (seen.has(key)) found.push(twice(source, path, clause));
      seen.add(key);
    }
  };
  for (const section of [
    "roles",
    "categories",
    "purposes",
    "products",
    "periods",
    "retention",
    "counts",
    "choices",
    "measures",
    "safeguards",
  ] as const) {
    once(agreement[section].map((entry, index) => ({ key: entry.id, path: [section, index, "id"] })));
  }
  once([
    ...agreement.recipients.map(({ id }, index) => ({ key: id, path: ["recipients", index, "id"] })),
    ...agreement.annexC.map(({ recipient }, index) => ({
      key: recipient,
      path: ["annexC", index, "recipient"],
    })),
  ]);
  once(
    (agreement.backups?.generations ?? []).map(({ id }, index) => ({
      key: id,
      path: ["backups", "generations", index, "id"],
    })),
  );
  once(
    agreement.accepted.map(({ lint, clause }, index) => ({
      key: `${lint} ${clause ?? ""}`,
      path: ["accepted", index],
    })),
  );
  const { correspondence } = agreement.annexA;
  once(
    (correspondence?.through ?? []).map((recipient, index) => ({
      key: recipient,
      path: ["annexA", "correspondence", "through", index],
      ...(correspondence === undefined ? {} : { clause: correspondence.clause }),
    })),
  );
  agreement.periods.forEach(({ exceptions, clause }, index) => {
    once(
      (exceptions ?? []).map(({ recipient }, place) => ({
        key: recipient,
        path: ["periods", index, "exceptions", place],
        clause,
      })),
    );
  });
  once(
    agreement.annexB.map(({ product, origin, role, clause }, index) => ({
      key: `${product} ${origin} ${role}`,
      path: ["annexB", index],
      clause,
    })),
  );
  agreement.annexB.forEach(({ categories, clause }, index) => {
    once(
      categories.map(({ id }, place) => ({ key: id, path: ["annexB", index, "categories", place], clause })),
    );
  });
  return found;
}

function twice(source: YamlSource, path: Path, clause: string | undefined): Diagnostic {
  return {
    code: "DUPLICATE",
    severity: "error",
    file: source.file,
    ...source.positionOf(path),
    ...(clause === undefined ? {} : { clause }),
    says: { en: "This has been declared before.", fr: "Ceci a déjà été déclaré." },
    remedy: { en: "Keep one of them.", fr: "N'en gardez qu'un." },
  };
}
