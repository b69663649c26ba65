/** Languages of pages, commands and errors. */
export type Language = "fr" | "en";

/** One sentence in both languages. */
export interface Bilingual {
  readonly en: string;
  readonly fr: string;
}
