/** What every part of the bridge shares in one process: the desk's source and client, the wall, the secrets of its hooks. */

import type { KnownPerson } from "@preau/kernel";
import type { DatabaseKnownPersons } from "./known-persons.ts";
import type { DeskClient, DeskSource } from "./sources/source.ts";
import type { SupportTokens } from "./support-token.ts";
import type { Wall } from "./wall.ts";

export interface Support {
  /** Absent without a desk: everybody has the form of the hub. */
  readonly source?: DeskSource;
  /** Absent where nothing can be told to the desk: then a person erases there. */
  readonly client?: DeskClient;
  readonly wall: Wall;
  /** Persons whom the desk must not know. */
  readonly known: DatabaseKnownPersons;
  readonly mayBeKnown: (person: Pick<KnownPerson, "controller" | "origin" | "role">) => boolean;
  readonly tokens: SupportTokens;
  /** Of the desk's hooks: the one in force, and during a rotation the one before. Read anew at each use. */
  secrets(): readonly string[];
}

declare module "@preau/kernel" {
  interface Ports {
    /** The support desk, and the wall before it. */
    readonly support: Support;
  }
}
