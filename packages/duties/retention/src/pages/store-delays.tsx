/** Every store that an erasure reaches, with the delay that it documents. @figure D12.2 */
import type { Language } from "@preau/kernel";
import { sayNumber, Table } from "@preau/web";
import type { StoreDelay } from "../retention-view.ts";
import { purgesTextsOf } from "../say-rule.ts";

export function StoreDelays({
  language,
  stores,
}: {
  readonly stores: readonly StoreDelay[];
  readonly language: Language;
}) {
  const words = purgesTextsOf(language);
  return (
    <Table
      caption={words.storesTitle}
      columns={[
        { title: words.store, cell: (row) => row.title[language] },
        { title: words.delay, cell: (row) => sayDelay(row.hours, language) },
        {
          title: words.state,
          cell: (row) => sayFits(row.fits, language),
        },
      ]}
      rows={stores}
    />
  );
}

export function sayDelay(hours: number | "unknown", language: Language): string {
  const words = purgesTextsOf(language);
  if (hours === "unknown") return words.delayUnknown;
  return hours === 0 ? words.delayNone : words.delayHours(sayNumber(hours, language));
}

export function sayFits(fits: "yes" | "no" | "unknown", language: Language): string {
  const words = purgesTextsOf(language);
  return fits === "no" ? words.delayTooLong : fits === "yes" ? words.delayWithin : "–";
}
