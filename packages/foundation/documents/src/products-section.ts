/** What the processing of a product is: purposes, data subjects, data. Towards DB.n. */
import type { Agreement, DataRow, Product } from "@preau/agreement";
import type { Origin } from "@preau/kernel";
import {
  cell,
  clause,
  definitions,
  entry,
  heading,
  lines,
  note,
  soft,
  strong,
  table,
  unknown,
} from "./compose.ts";
import type { Block, Cell, Line } from "./document.ts";
import { concernedContracts, productsOf, type Section, type Source, wordOf } from "./source.ts";
import { documentTexts } from "./texts.ts";

const origins = ["gar", "outsideGar"] as const satisfies readonly Origin[];

/** Each product under a heading of that level; where there is none, what `none` says. */
export function productsSection(source: Source, level: 2 | 3, none?: string): Section {
  const products = productsOf(source);
  if (products.length === 0) {
    const { noProducts, noProductsNamed } = documentTexts[source.language];
    const said = source.file === undefined ? noProductsNamed : (none ?? noProducts);
    return { blocks: [note(said, source.agreement.frame.contract)], gaps: [] };
  }
  return { blocks: products.flatMap((product) => productBlocks(source, product, level)), gaps: [] };
}

function productBlocks(source: Source, product: Product, level: 2 | 3): readonly Block[] {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const rows = agreement.annexB.filter((row) => row.product === product.id);
  const persons = product.persons ?? [...new Set(rows.map(({ role }) => role))];
  const { nature } = agreement;
  const below = level === 2 ? 3 : 4;
  return [
    heading(level, product[language], [product.clause]),
    definitions([
      entry(
        texts.persons,
        persons.map((role) => wordOf(agreement.roles, role, language)).join(", "),
        product.clause,
      ),
      entry(
        texts.nature,
        nature === undefined
          ? unknown(texts.needsUnsaid)
          : nature.operations.map((each) => texts.natures[each]).join(", "),
        nature?.clause,
      ),
    ]),
    heading(below, texts.purposes, [product.clause]),
    purposesTable(source, product),
    heading(below, texts.dataByPerson),
    dataTable(source, product, rows),
    ...origins
      .filter((origin) => !rows.some((row) => row.origin === origin))
      .map((origin) => note(texts.noOrigin[origin], product.clause)),
  ];
}

function purposesTable(source: Source, product: Product): Block {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const rows = product.purposes.map((id) => {
    const needs = agreement.purposes.find((each) => each.id === id)?.needs;
    return [
      cell(wordOf(agreement.purposes, id, language)),
      cell(
        needs === undefined ? soft(texts.needsUnsaid) : needs.map((each) => texts.natures[each]).join(", "),
      ),
      basisOf(source, product, id),
    ];
  });
  const titles = [texts.purpose, texts.needs, texts.legalBasis] as const;
  return table(texts.purposesOf(product[language]), titles, rows, texts.needsUnsaid);
}

/** What each open contract says; where the agreement settles it, what the agreement says. */
function basisOf(source: Source, { id: product }: Product, purpose: string): Cell {
  const { agreement, language, file } = source;
  const texts = documentTexts[language];
  const settled = agreement.purposes.find((each) => each.id === purpose)?.legalBasis;
  if (agreement.legalBasis?.setBy === "agreement") {
    return cell(settled === undefined ? unknown(texts.basisMissing) : texts.bases[settled]);
  }
  if (file === undefined) return cell(soft(texts.basisByController));
  const said = concernedContracts(source)
    .filter(({ products }) => products.includes(product))
    .map(({ id, reference }) => {
      const basis = file.bases.find(
        (each) => each.contract === id && each.product === product && each.purpose === purpose,
      );
      return { reference, basis: basis?.legalBasis };
    });
  const differ = new Set(said.map(({ basis }) => basis)).size > 1;
  return (differ ? said : said.slice(0, 1)).map(
    ({ reference, basis }): Line => [
      ...(differ ? [soft(`${reference}${texts.colon}`)] : []),
      basis === undefined ? unknown(texts.basisMissing) : texts.bases[basis],
    ],
  );
}

function dataTable(source: Source, product: Product, rows: readonly DataRow[]): Block {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const cells = rows.map((row) => [
    [[strong(wordOf(agreement.roles, row.role, language))], [soft(texts.origins[row.origin])]],
    row.categories.length === 0
      ? cell(unknown(texts.nothingListed))
      : row.categories.map((category) => categoryLine(source, row, category)),
    row.categories.length === 0 || row.purposes === undefined
      ? cell(soft(row.categories.length === 0 ? texts.none : texts.allPurposes))
      : lines(row.purposes.map((id) => wordOf(agreement.purposes, id, language))),
    cell(clause(row.clause)),
  ]);
  const titles = [texts.persons, texts.data, texts.purposes, texts.clause] as const;
  return table(texts.dataOf(product[language]), titles, cells, texts.nothingListed);
}

function categoryLine(
  { agreement, language }: Source,
  row: DataRow,
  category: Agreement["annexB"][number]["categories"][number],
): Line {
  const texts = documentTexts[language];
  const more = [
    ...(row.optional?.includes(category.id) === true ? [texts.optional] : []),
    ...(category.purposes === undefined
      ? []
      : [
          texts.only(
            category.purposes.map((id) => wordOf(agreement.purposes, id, language).toLowerCase()).join(", "),
          ),
        ]),
  ];
  const said = wordOf(agreement.categories, category.id, language);
  return more.length === 0 ? [said] : [said, " ", soft(`(${more.join(" ; ")})`)];
}
