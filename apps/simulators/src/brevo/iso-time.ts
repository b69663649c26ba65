/** `2026-09-01T08:15:00.000Z` of epoch milliseconds. */
export function isoOf(millis: number): string {
  return new Date(millis).toISOString();
}
