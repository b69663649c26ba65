/** Bytes as a person reads them. */
import type { Language } from "@preau/kernel";

const UNITS = { en: ["B", "kB", "MB", "GB", "TB"], fr: ["o", "ko", "Mo", "Go", "To"] } as const;

/** `4.3 MB`, `4,3 Mo`: thousands, as disks and browsers count. */
export function sizeText(bytes: number, language: Language): string {
  const units = UNITS[language];
  let [value, at] = [bytes, 0];
  while (value >= 999.5 && at < units.length - 1) [value, at] = [value / 1_000, at + 1];
  const digits = at === 0 || value >= 99.5 ? 0 : 1;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)} ${units[at] ?? ""}`;
}
