/** Free words about a copy: they stand in the journal and on receipts, and outlive whom they would name. */
import { fault } from "./errors.ts";
import { NAMES_SOMEBODY } from "./place-hold.ts";

/** Control and format characters: they could hide what a reader is shown. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** @throws RETENTION_HOLDING_BAD naming the field */
export function refuseWords(place: string, words: string | undefined, length: number): void {
  if (words === undefined) return;
  if (words.length > length || UNSEEN.test(words) || NAMES_SOMEBODY.test(words))
    throw fault("RETENTION_HOLDING_BAD", { place, clause: "S9" });
}
