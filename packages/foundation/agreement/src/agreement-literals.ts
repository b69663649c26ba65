/** What `agreement.yaml` holds as literals (a SIRET, an address, a name) is no figure where the text repeats it. */
import type { Agreement } from "./agreement.ts";
import type { Stretch, VisibleText } from "./visible-text.ts";

/** A function that puts the agreement's literals out of sight. */
export function literalsOf(agreement: Agreement): (text: VisibleText) => VisibleText {
  const { processor } = agreement.annexA;
  const { seat, representative, officer } = processor;
  const holders = agreement.annexC.flatMap(({ name, siret, register }) => [
    name,
    siret ?? "",
    siret?.slice(0, 9) ?? "",
    register ?? "",
  ]);
  const products = agreement.products.flatMap(({ fr, en }) => [fr, en].flatMap(withFirstPart));
  const literals = [
    ...[seat, officer.address].flatMap((address) => [address, ...partsOf(address)]),
    ...[
      processor.name,
      processor.legalForm,
      processor.register,
      representative.name,
      officer.name,
      officer.email,
    ],
    ...holders,
    ...products,
  ];
  const patterns = [
    ...[...new Set(literals)]
      .filter((literal) => /\d/.test(literal))
      .toSorted((a, b) => b.length - a.length)
      .map(patternOf),
    ...sumsIn(processor.legalForm),
  ];
  return (text) => {
    const found = patterns.flatMap((pattern): Stretch[] =>
      [...text.lower.matchAll(pattern)].map(({ index, 0: match }) => ({
        from: index,
        to: index + match.length,
      })),
    );
    return found.length === 0 ? text : text.without(found);
  };
}

/** `Maths 6, cours et exercices` is called Maths 6. */
function withFirstPart(label: string): readonly string[] {
  const first = label.split(/[,:(–]/)[0]?.trim() ?? "";
  return /\p{L}/u.test(first) ? [label, first] : [label];
}

const CURRENCY = "(?:€|euros?|eur)";
const SUM = new RegExp(`(\\d{1,3}(?:[\\s.,]\\d{3})+|\\d{1,9})\\s?${CURRENCY}`, "giu");

/** The capital that a legal form names, as the other language writes it: 10 000 € is €10,000. */
function sumsIn(legalForm: string): readonly RegExp[] {
  return [...legalForm.matchAll(SUM)].map(([, sum = ""]) => {
    const amount = (sum.match(/\d+/gu) ?? []).join("[ .,]?").replace(/\d(?=(?:\d{3})+(?!\d))/gu, "$&[ .,]?");
    return new RegExp(
      `${CURRENCY} ?${amount}(?![\\d.,]*\\d)|(?<![\\d.,] ?)${amount} ?${CURRENCY}(?!\\p{L})`,
      "gu",
    );
  });
}

/** Parts of an address that stand alone elsewhere: its postcode with the town. A bare number is no part. */
function partsOf(address: string): readonly string[] {
  const parts = address.split(/[,\n;]/).map((part) => part.trim());
  return parts.filter((part) => /\d/.test(part) && /\p{L}{2}/u.test(part));
}

/** The literal's words and digits in their order, however the text spaces and parts them. */
function patternOf(literal: string): RegExp {
  const folded = literal.normalize("NFC").toLowerCase();
  const runs = folded.match(/\p{L}+|\d+/gu) ?? [];
  const run = (text: string) => (/\d{5}/.test(text) ? text.replace(/\d(?=\d)/g, "$& ?") : text);
  return new RegExp(`(?<![\\p{L}\\d])${runs.map(run).join("[^\\p{L}\\d\\n]{0,3}")}(?![\\p{L}\\d])`, "gu");
}
