/** One thing that `preau mail doctor` looked at: what it read, and what to do. UNKNOWN is never fine. @clause DC */
import type { Bilingual } from "@preau/kernel";

export interface MailFinding {
  /** A stable word: `dns.spf`. */
  readonly check: string;
  readonly result: "PASS" | "WARN" | "FAIL" | "UNKNOWN";
  /** What was read. Never an address of a person, nor a secret. */
  readonly evidence: Bilingual;
  readonly remedy?: Bilingual;
}

/** The same words in both languages: a record, a host, a code. */
export function asItStands(text: string): Bilingual {
  return { en: text, fr: text };
}
