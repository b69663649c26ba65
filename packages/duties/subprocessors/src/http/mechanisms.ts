import type { Agreement } from "@preau/agreement";

/** Those of chapter V that the agreement authorises in advance. @figure D9.2 */
export function mechanismsOf({ transfers }: Agreement) {
  return transfers?.authorisedInAdvance?.mechanisms ?? [];
}
