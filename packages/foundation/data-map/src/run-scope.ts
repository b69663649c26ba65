/** What one plan is about, as every statement of its counting and running needs it. */
import type { Dialect } from "@preau/database";
import type { PersonToken } from "./anonymise.ts";
import type { KeyScope } from "./condition.ts";
import type { MentionFinder } from "./find-mentions.ts";
import type { Scalar } from "./map-schema.ts";

/** `keys` are of the persons to erase: neither held nor restricted. */
export interface RunScope extends KeyScope {
  readonly dialect: Dialect;
  readonly tokens: ReadonlyMap<string, PersonToken>;
  readonly lookups: ReadonlyMap<string, Scalar>;
  readonly mentions: MentionFinder;
  /** Rows written by one transaction at most. */
  readonly batchRows: number;
}
