/**
 * The gate of releases. An `AnonymisedRelease` is the proof that rows passed it: only this file can make one, and every
 * consumer demands one. What does not pass has no rows to give. @clause D13.1, D13.2
 */
import type { JsonObject } from "@preau/kernel";
import { type AnonymiseContext, type Anonymised, anonymise, type NotAnonymised } from "./anonymise.ts";
import type { ReleaseClasses } from "./anonymise-classes.ts";
import type { ReleaseRows } from "./anonymise-read.ts";
import type { CodeColumn } from "./equivalence-classes.ts";
import { fault } from "./errors.ts";
import type { Loss } from "./loss.ts";
import type { ReleasePlan } from "./release-plan.ts";
import type { Answer } from "./three-questions.ts";

const MAKER = Symbol("release gate");

export class AnonymisedRelease {
  readonly #plan: ReleasePlan;
  readonly #judged: Anonymised;

  constructor(maker: symbol, plan: ReleasePlan, judged: Anonymised) {
    if (maker !== MAKER) throw fault("ANONYMISATION_RELEASE_FORGED", { clause: "D13.2" });
    this.#plan = plan;
    this.#judged = judged;
  }

  get plan(): ReleasePlan {
    return this.#plan;
  }

  /** Names, in order. */
  get columns(): readonly string[] {
    return this.#judged.columns;
  }

  get rowsOut(): number {
    return this.#judged.table.rows;
  }

  /** For the next release: kept sealed, never beside this one. */
  get classes(): ReleaseClasses {
    return this.#judged.classes;
  }

  /** In the order that was drawn; the same each time. */
  *rows(): IterableIterator<JsonObject> {
    const { table, columns } = this.#judged;
    const picks = columns.map((name) => [name, table.columns.get(name) as CodeColumn] as const);
    for (let row = 0; row < table.rows; row += 1)
      yield Object.fromEntries(
        picks.map(([name, { codes, labels }]) => [name, labels[codes[row] as number] ?? null]),
      );
  }
}

// Nobody in this process can teach releases other rows.
Object.freeze(AnonymisedRelease.prototype);
Object.freeze(AnonymisedRelease);

/** What claims to be a release, if the gate made it. The one call for consumers. @throws ANONYMISATION_RELEASE_FORGED */
export function requireAnonymised(candidate: unknown): AnonymisedRelease {
  if (
    !(candidate instanceof AnonymisedRelease) ||
    Object.getPrototypeOf(candidate) !== AnonymisedRelease.prototype ||
    Reflect.ownKeys(candidate).length > 0
  )
    throw fault("ANONYMISATION_RELEASE_FORGED", { clause: "D13.2" });
  try {
    Reflect.get(AnonymisedRelease.prototype, "columns", candidate);
  } catch {
    throw fault("ANONYMISATION_RELEASE_FORGED", { clause: "D13.2" });
  }
  return candidate;
}

interface Told {
  readonly rowsIn: number;
  /** Rows that each controller gave. */
  readonly rowsOf: ReadonlyMap<string, number>;
  /** Columns that came and were left out, for the plan does not name them. */
  readonly leftOutColumns: readonly string[];
  readonly answers: readonly Answer[];
}

export type Gated =
  | (Told & { readonly kind: "anonymised"; readonly release: AnonymisedRelease; readonly loss: Loss })
  | (Told & Pick<NotAnonymised, "reasons"> & { readonly kind: "refused"; readonly word: "pseudonymised" });

/** Reads the rows once. Nothing is thrown for what they hold: it is answered. */
export async function releaseGate(
  plan: ReleasePlan,
  parts: Iterable<ReleaseRows>,
  context: AnonymiseContext,
): Promise<Gated> {
  const judged = await anonymise(plan, parts, context);
  const { rowsIn, rowsOf, leftOutColumns, answers } = judged;
  const told: Told = { rowsIn, rowsOf, leftOutColumns, answers };
  if (judged.kind === "pseudonymised")
    return { ...told, kind: "refused", word: "pseudonymised", reasons: judged.reasons };
  const release = new AnonymisedRelease(MAKER, frozen(structuredClone(plan)), {
    ...judged,
    columns: frozen(judged.columns),
    classes: frozen(judged.classes),
  });
  Object.freeze(release);
  return { ...told, kind: "anonymised", release, loss: judged.loss };
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const each of Object.values(value)) frozen(each);
  return value;
}
