/** What annex C says of a subprocessor, as a reader takes it in. */
import type { Agreement, Subprocessor } from "@preau/agreement";
import { sayDuration } from "@preau/calendar";
import { documentTexts, sayCountry, sayDate, saySiret } from "@preau/documents";
import type { Language } from "@preau/kernel";
import { Clause } from "@preau/web";
import type { ComponentChild } from "preact";
import { pageTextsOf } from "../page-texts.ts";
import type { Facts, Places, SubSubprocessor } from "../subprocessor.ts";

type Pairs = readonly (readonly [string, ComponentChild])[];

export function sayScope({ origins }: Pick<Subprocessor, "origins">, language: Language): string {
  return pageTextsOf(language)[origins];
}

export function sayTransfer({ transfers }: Pick<Subprocessor, "transfers">, language: Language): string {
  if (transfers === "none") return pageTextsOf(language).noTransfer;
  const { mechanisms } = documentTexts[language];
  return `${sayCountry(transfers.country, language)} – ${mechanisms[transfers.mechanism]}`;
}

function sayDelay({ deletionDelay }: Pick<Subprocessor, "deletionDelay">, language: Language): string {
  const words = pageTextsOf(language);
  if (deletionDelay === "none") return words.erasureNone;
  return deletionDelay === "unknown" ? words.erasureUnknown : sayDuration(deletionDelay, language);
}

function sayCountries(codes: readonly string[], language: Language): string {
  return codes.map((code) => sayCountry(code, language)).join(", ");
}

export function sayPlaces(places: Places | undefined, language: Language): string {
  const words = pageTextsOf(language);
  if (places === undefined) return words.notPublished;
  return sayCountries([...new Set([...places.storage, ...places.processing])], language);
}

function sayList(
  ids: readonly string[] | undefined,
  words: readonly { readonly id: string; readonly fr: string; readonly en: string }[],
  language: Language,
  every: string,
): ComponentChild {
  if (ids === undefined) return every;
  return (
    <ul class="plain">
      {ids.map((id) => (
        <li key={id}>{words.find((word) => word.id === id)?.[language] ?? id}</li>
      ))}
    </ul>
  );
}

/** Its entry: name and number, task, scope, data, transfer, erasure. */
export function entryPairs(entry: Subprocessor, agreement: Agreement, language: Language): Pairs {
  const words = pageTextsOf(language);
  const { operationWords } = documentTexts[language];
  return [
    [words.company, entry.name],
    entry.siret === undefined
      ? [words.register, entry.register ?? words.notPublished]
      : [words.siret, saySiret(entry.siret)],
    [words.activity, entry[language]],
    [words.scope, sayScope(entry, language)],
    [words.operations, entry.operations.map((each) => operationWords[each]).join(", ")],
    [words.purposes, sayList(entry.purposes, agreement.purposes, language, words.everyPurpose)],
    [words.categories, sayList(entry.categories, agreement.categories, language, words.everyCategory)],
    [words.transfer, sayTransfer(entry, language)],
    [words.erasure, sayDelay(entry, language)],
    [words.clause, <Clause key="clause" id={entry.clause} />],
  ];
}

/** What the publisher shows of its file: dates and places, no references. */
export function factPairs(facts: Facts, language: Language): Pairs {
  const words = pageTextsOf(language);
  const { contract, review, places, contact } = facts;
  return [
    [words.storage, places === undefined ? words.notPublished : sayCountries(places.storage, language)],
    [words.processing, places === undefined ? words.notPublished : sayCountries(places.processing, language)],
    [
      words.contract,
      contract === undefined
        ? words.none
        : contract.validUntil === undefined
          ? words.contractOpen
          : words.contractUntil(sayDate(contract.validUntil, language)),
    ],
    [
      words.guarantees,
      review === undefined
        ? words.notPublished
        : `${words.reviewedOn(sayDate(review.reviewedOn, language))}, ${words.nextReview(sayDate(review.nextReviewBy, language))}`,
    ],
    ...(contact === undefined ? [] : ([[words.contact, contact]] as const)),
  ];
}

/** Level under level. */
export function Tree({
  of,
  language,
}: {
  readonly of: readonly SubSubprocessor[];
  readonly language: Language;
}) {
  if (of.length === 0) return null;
  return (
    <ul>
      {of.map(({ name, country, activity, subprocessors }) => (
        <li key={`${name} ${country}`}>
          {name} · {sayCountry(country, language)}
          {activity !== undefined && ` · ${activity}`}
          <Tree of={subprocessors} language={language} />
        </li>
      ))}
    </ul>
  );
}
