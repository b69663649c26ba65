import type { SessionData } from "@preau/web";
import { categoryOf } from "../keep-attributes.ts";

/** What `GET /session` tells of a session: opaque ids, words of the agreement, names of attributes. */
export interface SessionAnswer {
  readonly subject: string | null;
  readonly origin: string | null;
  readonly role: string | null;
  readonly categories: readonly string[];
  /** Names of the attributes that were received and dropped. */
  readonly dropped: readonly string[];
  readonly refusals: readonly {
    readonly attribute: string;
    readonly category: string;
    readonly clause: string;
  }[];
}

/** The answer; every dropped attribute with its category and the clause that leaves it out. @clause D4.1 */
export function sessionAnswer(data: SessionData): SessionAnswer {
  const clauses = new Map(data.refusals.map(({ category, clause }) => [category, clause]));
  return {
    subject: data.subject ?? null,
    origin: data.origin ?? null,
    role: data.role ?? null,
    categories: data.categories,
    dropped: data.dropped,
    refusals: data.dropped.map((attribute) => {
      const category = categoryOf(attribute);
      return { attribute, category, clause: clauses.get(category) ?? "D4.1" };
    }),
  };
}
