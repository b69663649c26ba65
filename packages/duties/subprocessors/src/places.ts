/** Countries of the European Economic Area: what goes elsewhere is a transfer (GDPR, chapter V). @figure D9.1 */
const EEA: ReadonlySet<string> = new Set(
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO".split(" "),
);
/** Parts of France with letters of their own, in which the Regulation applies. */
const OF_FRANCE: ReadonlySet<string> = new Set("GP MQ GF RE YT MF BL PM".split(" "));

export function isThirdCountry(country: string): boolean {
  return !EEA.has(country) && !OF_FRANCE.has(country);
}
