/** What the rules of an agreement cite: every word with the list that must declare it, and every clause. */
import type { Bilingual } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import type { Path } from "./lint.ts";
import { lintCodes } from "./lints.ts";

/** A word cited at a path, and the words that are declared. */
export interface Citation {
  readonly kind: Bilingual;
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
  recipient: { en: "recipient", fr: "destinataire" },
  subprocessor: { en: "recipient of annex C", fr: "destinataire de l'annexe C" },
  generation: { en: "generation of backups", fr: "génération de sauvegardes" },
  lint: { en: "lint", fr: "contrôle" },
} as const satisfies Record<string, Bilingual>;
type Kind = keyof typeof KINDS;
type Known = Readonly<Record<Kind, ReadonlySet<string>>>;

/** Every word that a rule cites, with the place where it does. */
export function wordsCited(agreement: Agreement): readonly Citation[] {
  const known = declared(agreement);
  const cite: Cite = (kind, words, path, clause) =>
    (words ?? []).map((word, index) => ({
      kind: KINDS[kind],
      known: known[kind],
      word,
      path: [...path, index],
      clause,
    }));
  const one: CiteOne = (kind, word, path, clause) =>
    word === undefined ? [] : [{ kind: KINDS[kind], known: known[kind], word, path, clause }];
  return [
    ...inAnnexA(agreement, cite),
    ...inAnnexB(agreement, cite, one),
    ...inScopes(agreement, cite),
    ...inPeriods(agreement, one),
    ...inRetention(agreement, cite),
    ...inBackups(agreement, cite, one),
    ...agreement.accepted.flatMap(({ lint, clause }, index) =>
      one("lint", lint, ["accepted", index, "lint"], clause),
    ),
  ];
}

type Cite = (
  kind: Kind,
  words: readonly string[] | undefined,
  path: Path,
  clause: string | undefined,
) => readonly Citation[];
type CiteOne = (
  kind: Kind,
  word: string | undefined,
  path: Path,
  clause: string | undefined,
) => readonly Citation[];

function declared(agreement: Agreement): Known {
  const ids = (items: readonly { readonly id: string }[]) => new Set(items.map((item) => item.id));
  return {
    product: ids(agreement.products),
    role: ids(agreement.roles),
    category: ids(agreement.categories),
    purpose: ids(agreement.purposes),
    period: ids(agreement.periods),
    recipient: new Set([...ids(agreement.recipients), ...agreement.annexC.map(({ recipient }) => recipient)]),
    subprocessor: new Set(agreement.annexC.map(({ recipient }) => recipient)),
    generation: ids(agreement.backups?.generations ?? []),
    lint: lintCodes,
  };
}

function inAnnexA({ annexA: { correspondence } }: Agreement, cite: Cite): readonly Citation[] {
  return cite(
    "recipient",
    correspondence?.through,
    ["annexA", "correspondence", "through"],
    correspondence?.clause,
  );
}

function inAnnexB({ annexB }: Agreement, cite: Cite, one: CiteOne): readonly Citation[] {
  return annexB.flatMap((row, index) => {
    const path: Path = ["annexB", index];
    const { clause } = row;
    const listed = row.categories.map(({ id }) => id);
    return [
      ...one("product", row.product, [...path, "product"], clause),
      ...one("role", row.role, [...path, "role"], clause),
      ...cite("purpose", row.purposes, [...path, "purposes"], clause),
      // What may be left out is one of the row's own categories.
      ...cite("category", row.optional, [...path, "optional"], clause).map((citation) => ({
        ...citation,
        known: new Set(listed),
      })),
      ...cite("category", listed, [...path, "categories"], clause),
      ...row.categories.flatMap(({ purposes }, place) =>
        cite("purpose", purposes, [...path, "categories", place, "purposes"], clause),
      ),
    ];
  });
}

function inScopes(agreement: Agreement, cite: Cite): readonly Citation[] {
  return [
    ...agreement.products.flatMap(({ purposes, persons, clause }, index) => [
      ...cite("purpose", purposes, ["products", index, "purposes"], clause),
      ...cite("role", persons, ["products", index, "persons"], clause),
    ]),
    ...(["recipients", "annexC"] as const).flatMap((section) =>
      agreement[section].flatMap(({ purposes, categories, clause }, index) => [
        ...cite("purpose", purposes, [section, index, "purposes"], clause),
        ...cite("category", categories, [section, index, "categories"], clause),
      ]),
    ),
  ];
}

function inPeriods(agreement: Agreement, one: CiteOne): readonly Citation[] {
  const { retention, periods, subprocessorChange: change } = agreement;
  return [
    ...retention.flatMap(({ period, clause }, index) =>
      one("period", period, ["retention", index, "period"], clause),
    ),
    ...periods.flatMap(({ exceptions, clause }, index) =>
      (exceptions ?? []).flatMap(({ recipient, period }, place) => {
        const path = ["periods", index, "exceptions", place];
        return [
          ...one("subprocessor", recipient, [...path, "recipient"], clause),
          ...one("period", period, [...path, "period"], clause),
        ];
      }),
    ),
    ...one("period", change?.notice, ["subprocessorChange", "notice"], change?.clause),
    ...one("period", change?.window, ["subprocessorChange", "window"], change?.clause),
  ];
}

function inRetention({ retention }: Agreement, cite: Cite): readonly Citation[] {
  return retention.flatMap(({ roles, products, categories, clause }, index) => {
    const path: Path = ["retention", index];
    return [
      ...cite("role", roles, [...path, "roles"], clause),
      ...cite("product", products, [...path, "products"], clause),
      ...cite("category", categories, [...path, "categories"], clause),
    ];
  });
}

function inBackups(agreement: Agreement, cite: Cite, one: CiteOne): readonly Citation[] {
  const { backups, retention } = agreement;
  if (backups === undefined) return [];
  return [
    ...cite("subprocessor", backups.heldBy, ["backups", "heldBy"], backups.clause),
    ...backups.generations.flatMap(({ base }, index) =>
      one("generation", base, ["backups", "generations", index, "base"], backups.clause),
    ),
    ...retention.flatMap(({ generation, clause }, index) =>
      one("generation", generation, ["retention", index, "generation"], clause),
    ),
  ];
}

/** Every clause that the file names: wherever a key is called `clause`, in the frame, and among those that survive. */
export function clausesCited(
  agreement: Agreement,
): readonly { readonly clause: string; readonly path: Path }[] {
  const { frame, term, texts: _, ...rules } = agreement;
  return [
    ...Object.entries(frame).map(([key, clause]) => ({ clause, path: ["frame", key] })),
    ...(term?.survives ?? []).map((clause, index) => ({ clause, path: ["term", "survives", index] })),
    ...clausesIn({ ...rules, term }, []),
  ];
}

function clausesIn(value: unknown, path: Path): readonly { readonly clause: string; readonly path: Path }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => clausesIn(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "clause" && typeof member === "string"
      ? [{ clause: member, path: [...path, key] }]
      : clausesIn(member, [...path, key]),
  );
}
