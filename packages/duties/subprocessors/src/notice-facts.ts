/** What a notice says of a change, line by line, for the mail and for the page alike. @clause D8.2 */
import type { Agreement, Subprocessor } from "@preau/agreement";
import { type Duration, sayDay, sayDuration } from "@preau/calendar";
import { sayCountry } from "@preau/documents";
import type { Bilingual, Language } from "@preau/kernel";
import type { Change } from "./change.ts";
import { noticeWords, operationWords } from "./notice-words.ts";

export type Fact = readonly [label: string, value: string];

/** Everything that a controller needs in order to object, with the agreement's own words beside it. @clause D8.2 */
export function noticeFacts(
  change: Pick<Change, "kind" | "entry" | "content" | "startsOn" | "replaces">,
  agreement: Agreement,
  language: Language,
): readonly Fact[] {
  const words = noticeWords[language];
  const { entry, content, startsOn } = change;
  const list = (values: readonly string[]) => values.join(", ");
  const countries = (codes: readonly string[]) => list(codes.map((code) => sayCountry(code, language)));
  const term = (terms: readonly (Bilingual & { readonly id: string })[], id: string) =>
    terms.find((each) => each.id === id)?.[language] ?? id;
  const terms = (
    ids: readonly string[] | undefined,
    all: readonly (Bilingual & { readonly id: string })[],
    every: string,
  ) => (ids === undefined ? every : list(ids.map((id) => term(all, id))));
  const number = entry.siret ?? entry.register ?? "";
  const replaced = agreement.annexC.find(({ recipient }) => recipient === change.replaces);
  return [
    [words.what, words.kinds[change.kind]],
    [words.who, number === "" ? entry.name : `${entry.name} (${number})`],
    ...(replaced === undefined ? [] : [[words.replaces, replaced.name] as const]),
    [words.activity, entry[language]],
    [words.origins, words.originsOf[entry.origins]],
    [words.operations, list(entry.operations.map((each) => operationWords[each][language]))],
    [words.categories, terms(entry.categories, agreement.categories, words.everyCategory)],
    [words.purpose, content.purpose[language]],
    [words.agreementPurposes, terms(entry.purposes, agreement.purposes, words.everyPurpose)],
    [words.storage, countries(content.places.storage)],
    [words.processing, countries(content.places.processing)],
    [words.transfers, sayTransfer(entry, language)],
    [words.retention, content.retention[language]],
    [words.deletion, sayDelay(entry.deletionDelay, language)],
    [words.guarantees, content.guarantees[language]],
    [words.startsOn, sayDay(startsOn, language)],
    ...windowFacts(change, agreement, language),
  ];
}

/** The period in which one may object. @figure D8.3, D9.3 */
function windowFacts(
  { kind }: Pick<Change, "kind">,
  { subprocessorChange, periods }: Agreement,
  language: Language,
): readonly Fact[] {
  const own = kind === "transfer" ? periods.find(({ clause }) => clause === "D9.3") : undefined;
  const period = own ?? periods.find(({ id }) => id === subprocessorChange?.window);
  if (period === undefined) return [];
  const words = noticeWords[language];
  return [
    [words.window, `${sayDuration(period.duration, language)} (${period.clause}), ${words.fromReceipt}`],
  ];
}

function sayTransfer({ transfers }: Subprocessor, language: Language): string {
  const words = noticeWords[language];
  return transfers === "none"
    ? words.none
    : `${sayCountry(transfers.country, language)} (${words.mechanisms[transfers.mechanism]})`;
}

function sayDelay(delay: Duration | "unknown" | "none", language: Language): string {
  const words = noticeWords[language];
  if (delay === "none") return words.keepsNothing;
  return delay === "unknown" ? words.undocumented : sayDuration(delay, language);
}
