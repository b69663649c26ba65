/** The name of an agreement's exact content: what receipts, gate tables and annexes cite. */
import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";

/**
 * `sha256:` and 64 hexadecimal digits of the canonical JSON of the compiled agreement and its texts. Comments, order
 * of keys and layout of the YAML do not change it; a word of the text does.
 */
export function agreementHash(agreement: Agreement): string {
  const json = JSON.parse(JSON.stringify(agreement)) as Json; // leaves out what is absent
  return `sha256:${createHash("sha256").update(canonicalJson(json), "utf8").digest("hex")}`;
}
