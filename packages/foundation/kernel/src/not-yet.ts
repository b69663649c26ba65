/** What a job's handler throws where its moment has not come: it runs again then, and the try does not count. */
import type { Instant } from "./clock.ts";

export class NotYet extends Error {
  override readonly name = "NotYet";
  readonly until: Instant;

  constructor(until: Instant) {
    super("not yet");
    this.until = until;
  }
}
