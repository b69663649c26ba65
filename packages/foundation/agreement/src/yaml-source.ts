/**
 * YAML 1.2 read as plain data and nothing else: no alias, tag, merge key, second document or key that is not text, at
 * most 128 KiB, 32 levels and 1,000 entries in one list or map. Keeps the positions, so that any value can be pointed at by its path.
 */
import type { Bilingual } from "@preau/kernel";
import {
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  Parser,
  parseDocument,
  visit,
} from "yaml";
import { AgreementInvalid, type Diagnostic, type FormCode } from "./diagnostic.ts";

const MAX_CHARACTERS = 131_072;
const MAX_DEPTH = 32;
/** The library compares each key of a map with all before it. */
const MAX_ENTRIES = 1_000;
const MAX_DIAGNOSTICS = 100;
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** Position of the value at that path, or of the nearest that exists above it; of the key when `key` names one. */
  positionOf(path: readonly PropertyKey[], key?: string): { readonly line: number; readonly column: number };
}

/**
 * Reads a YAML text.
 * @throws AGREEMENT_INVALID with SYNTAX, TOO_LARGE, TOO_DEEP, NOT_PLAIN, DUPLICATE
 */
export function readYaml(text: string, file: string): YamlSource {
  const lines = new LineCounter();
  const at = (offset: number) => positionAt(lines, offset);
  const refuse = (code: FormCode, offset: number, words: Words): Diagnostic => ({
    code,
    severity: "error",
    file,
    ...at(offset),
    ...words,
  });
  if (text.length > MAX_CHARACTERS) {
    throw new AgreementInvalid([refuse("TOO_LARGE", 0, EXCESS.TOO_LARGE)]);
  }
  const excess = firstExcess(text);
  if (excess !== undefined) {
    const before = text.slice(0, excess.offset).split("\n");
    const [line, column] = [before.length, (before.at(-1) ?? "").length + 1];
    const words = EXCESS[excess.code];
    throw new AgreementInvalid([{ code: excess.code, severity: "error", file, line, column, ...words }]);
  }

  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
    merge: false,
    schema: "core",
    resolveKnownTags: false,
  });
  const found = [
    ...oneALine(
      document.errors.map((error) =>
        refuse(
          error.code === "DUPLICATE_KEY" ? "DUPLICATE" : "SYNTAX",
          error.pos[0],
          SYNTAX_OF[error.code] ?? SYNTAX,
        ),
      ),
    ).slice(0, MAX_DIAGNOSTICS),
    ...notPlain(document)
      .slice(0, MAX_DIAGNOSTICS)
      .map((offset) => refuse("NOT_PLAIN", offset, NOT_PLAIN)),
  ];
  if (found.length > 0) throw new AgreementInvalid(found.slice(0, MAX_DIAGNOSTICS));
  return {
    file,
    value: document.toJS({ maxAliasCount: 0 }),
    positionOf: (path, key) => at(offsetOf(document, path, key)),
  };
}

interface Words {
  readonly says: Bilingual;
  readonly remedy: Bilingual;
}
const EXCESS = {
  TOO_LARGE: {
    says: {
      en: "The file is larger than 128 KiB, or a list in it longer than 1,000 entries.",
      fr: "Le fichier dépasse 128 Kio, ou l'une de ses listes 1 000 entrées.",
    },
    remedy: { en: "Keep prose in the text files.", fr: "Laissez la prose dans les fichiers de texte." },
  },
  TOO_DEEP: {
    says: {
      en: "Values are nested more than 32 deep.",
      fr: "Les valeurs s'emboîtent sur plus de 32 niveaux.",
    },
    remedy: { en: "Follow the form of the guide.", fr: "Suivez la forme décrite par le guide." },
  },
} as const satisfies Record<string, Words>;
const NOT_PLAIN: Words = {
  says: {
    en: "Aliases, anchors, tags and reserved keys are not read.",
    fr: "Les alias, ancres, étiquettes et clés réservées ne sont pas lus.",
  },
  remedy: { en: "Write the value out.", fr: "Écrivez la valeur en toutes lettres." },
};
const TWICE: Words = {
  says: { en: "This key is given twice.", fr: "Cette clé est donnée deux fois." },
  remedy: { en: "Keep one of them.", fr: "Gardez-en une seule." },
};
const SYNTAX: Words = {
  says: { en: "This is not YAML 1.2.", fr: "Ceci n'est pas du YAML 1.2." },
  remedy: {
    en: "Look at quotes, colons and indentation here.",
    fr: "Vérifiez ici les guillemets, les deux-points et l'alinéa.",
  },
};

const UNQUOTED: Words = {
  says: SYNTAX.says,
  remedy: {
    en: "Put a text that holds `: ` between quotes; else look at the indentation of this line and the next.",
    fr: "Mettez entre guillemets un texte qui contient `: ` ; sinon, vérifiez l'alinéa de cette ligne et de la suivante.",
  },
};
const TAB: Words = {
  says: {
    en: "A tab stands where YAML wants spaces.",
    fr: "Une tabulation figure là où YAML veut des espaces.",
  },
  remedy: { en: "Indent with spaces alone.", fr: "Mettez en retrait avec des espaces seules." },
};
const SYNTAX_OF: Readonly<Record<string, Words>> = {
  DUPLICATE_KEY: TWICE,
  TAB_AS_INDENT: TAB,
  BLOCK_AS_IMPLICIT_KEY: UNQUOTED,
  MULTILINE_IMPLICIT_KEY: UNQUOTED,
};

/** One fault of syntax begets others on its line. */
function oneALine(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const lines = new Set<number>();
  return found.filter(({ code, line }) => {
    if (code !== "SYNTAX") return true;
    const isFirst = !lines.has(line);
    lines.add(line);
    return isFirst;
  });
}

function positionAt(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** The first token nested too deep or with too many entries. Walks the token stream: nothing recursive has run yet. */
function firstExcess(
  text: string,
): { readonly offset: number; readonly code: keyof typeof EXCESS } | undefined {
  const waiting: { token: CST.Token; depth: number }[] = [];
  for (const token of new Parser().parse(text)) waiting.push({ token, depth: 0 });
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) return { offset: token.offset, code: "TOO_DEEP" };
    if ("items" in token && token.items.length > MAX_ENTRIES)
      return { offset: token.offset, code: "TOO_LARGE" };
    for (const child of childrenOf(token)) waiting.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (!("items" in token)) return [];
  return token.items.flatMap((item) => [item.key, item.value].filter((each) => each != null));
}

/** Offsets of what is more than plain data. */
function notPlain(document: Document): number[] {
  const found: number[] = [];
  const offset = (node: Node) => node.range?.[0] ?? 0;
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node) || node.anchor !== undefined || node.tag !== undefined) found.push(offset(node));
    },
    Pair: (_key, pair) => {
      const { key } = pair;
      if (isScalar(key) && typeof key.value === "string" && RESERVED.has(key.value)) found.push(offset(key));
    },
  });
  return found;
}

function offsetOf(document: Document, path: readonly PropertyKey[], key: string | undefined): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (!isNode(node) || !("get" in node)) return offset;
    node = (node as { get: (key: unknown, keepScalar: true) => unknown }).get(step, true);
    if (!isNode(node)) return offset;
    offset = node.range?.[0] ?? offset;
  }
  if (key !== undefined && isMap(node)) {
    const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
    if (pair !== undefined && isNode(pair.key)) return pair.key.range?.[0] ?? offset;
  }
  return offset;
}
