/** What the rules of an agreement cite is declared, once: words, clauses, periods. */
import type { Agreement } from "./agreement.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { YamlSource } from "./yaml-source.ts";

type Path = readonly (string | number)[];

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

interface Citation {
  readonly kind: keyof typeof KINDS;
  readonly known: ReadonlySet<string>;
  readonly word: string;
  readonly path: Path;
  readonly clause?: string | undefined;
}

const KINDS = {
  product: { en: "product", fr: "produit" },
  role: { en: "role", fr: "rôle" },
  category: { en: "category", fr: "catégorie" },
  purpose: { en: "purpose", fr: "finalité" },
  period: { en: "period", fr: "durée" },
} as const;

/** Every word that a rule cites, with the place where it does. */
function wordsCited(agreement: Agreement): readonly Citation[] {
  const ids = (items: readonly { readonly id: string }[]) => new Set(items.map((item) => item.id));
  const products = ids(agreement.products);
  const roles = ids(agreement.roles);
  const categories = ids(agreement.categories);
  const purposes = ids(agreement.purposes);
  const periods = ids(agreement.periods);
  const each = (
    kind: Citation["kind"],
    known: ReadonlySet<string>,
    words: readonly string[] | undefined,
    path: Path,
    clause: string | undefined,
  ): Citation[] =>
    (words ?? []).map((word, index) => ({ kind, known, word, path: [...path, index], clause }));

  return [
    ...agreement.products.flatMap((product, index) =>
      each("purpose", purposes, product.purposes, ["products", index, "purposes"], product.clause),
    ),
    ...agreement.annexB.flatMap((row, index) => {
      const path: Path = ["annexB", index];
      const { clause } = row;
      return [
        ...each("product", products, [row.product], [...path, "product"], clause),
        ...each("role", roles, [row.role], [...path, "role"], clause),
        ...each("purpose", purposes, row.purposes, [...path, "purposes"], clause),
        ...each("category", ids(row.categories), row.optional, [...path, "optional"], clause),
        ...row.categories.flatMap((category, place) => {
          const here = [...path, "categories", place];
          return [
            ...each("category", categories, [category.id], here, clause),
            ...each("purpose", purposes, category.purposes, [...here, "purposes"], clause),
          ];
        }),
      ];
    }),
    ...(["recipients", "annexC"] as const).flatMap((section) =>
      agreement[section].flatMap((entry, index) => [
        ...each("purpose", purposes, entry.purposes, [section, index, "purposes"], entry.clause),
        ...each("category", categories, entry.categories, [section, index, "categories"], entry.clause),
      ]),
    ),
    ...agreement.retention.map(
      (rule, index): Citation => ({
        kind: "period",
        known: periods,
        word: rule.period,
        path: ["retention", index, "period"],
        clause: rule.clause,
      }),
    ),
  ];
}

function unknownWord(source: YamlSource, { kind, known, word, path, clause }: Citation): Diagnostic {
  const list = [...known].join(", ");
  return {
    code: "UNKNOWN_WORD",
    severity: "error",
    file: source.file,
    ...source.positionOf(path),
    ...(clause === undefined ? {} : { clause }),
    says: {
      en: `No ${KINDS[kind].en} \`${word}\` is declared.`,
      fr: `\`${word}\` n'est déclaré nulle part (${KINDS[kind].fr}).`,
    },
    remedy: { en: `Declare it, or use one of: ${list}.`, fr: `Déclarez-le, ou employez l'un de : ${list}.` },
  };
}

/** Every clause that the file names, wherever it does. */
function clausesCited(agreement: Agreement): readonly { readonly clause: string; readonly path: Path }[] {
  const sections = ["products", "annexB", "recipients", "annexC", "periods", "retention", "counts"] as const;
  return [
    ...Object.entries(agreement.frame).map(([key, clause]) => ({ clause, path: ["frame", key] })),
    { clause: agreement.annexA.clause, path: ["annexA", "clause"] },
    ...sections.flatMap((section) =>
      agreement[section].map((entry, index) => ({ clause: entry.clause, path: [section, index, "clause"] })),
    ),
    ...agreement.recipients.flatMap(({ onInstruction }, index) =>
      onInstruction === undefined
        ? []
        : [{ clause: onInstruction.clause, path: ["recipients", index, "onInstruction", "clause"] }],
    ),
  ];
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
