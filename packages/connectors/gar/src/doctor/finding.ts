import type { Bilingual } from "@preau/kernel";

/** One thing that was looked at. UNKNOWN where it could not be measured: never taken for PASS. */
export interface GarFinding {
  readonly check: "clock" | "metadata" | "certificate" | "declaration" | "attribute";
  /** Provider, file or attribute that it is about. */
  readonly about: string;
  readonly result: "PASS" | "WARN" | "FAIL" | "UNKNOWN";
  readonly evidence: Bilingual;
  readonly remedy?: Bilingual;
}
