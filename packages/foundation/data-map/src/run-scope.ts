/** What one plan is about, as every statement of its counting and running needs it. */
import type { PersonToken } from "./anonymise.ts";
import type { SubjectKeys } from "./condition.ts";
import type { MentionFinder } from "./find-mentions.ts";
import type { Scalar } from "./map-schema.ts";

export interface RunScope {
  /** Keys of the persons to erase: neither held nor restricted. */
  readonly keys: SubjectKeys;
  readonly prefix: string;
  readonly tokens: ReadonlyMap<string, PersonToken>;
  readonly lookups: ReadonlyMap<string, Scalar>;
  readonly mentions: MentionFinder;
  /** Rows read or written by one statement. */
  readonly batchRows: number;
}
