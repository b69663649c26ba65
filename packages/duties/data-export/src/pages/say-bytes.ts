/** Bytes as a person reads them: thousands, as disks and browsers count. `4.3 MB`, `4,3 Mo`. */
import type { Language } from "@preau/kernel";

const UNITS = { en: ["B", "kB", "MB", "GB", "TB"], fr: ["o", "ko", "Mo", "Go", "To"] } as const;

export function sayBytes(bytes: number, language: Language): string {
  const units = UNITS[language];
  let [value, at] = [bytes, 0];
  while (value >= 999.5 && at < units.length - 1) [value, at] = [value / 1_000, at + 1];
  const digits = at === 0 || value >= 99.5 ? 0 : 1;
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  return `${figure}\u00a0${units[at] ?? ""}`;
}
