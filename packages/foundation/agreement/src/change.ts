/** One thing that another version of an agreement changes, and for whom. */
import type { Bilingual } from "@preau/kernel";

export type ChangeKind =
  | "flow"
  | "subprocessor"
  | "transfer"
  | "period"
  | "retention"
  | "figure"
  | "rule"
  | "text"
  | "order";

/** `dataSubject:teacher`: the persons in that role. `subprocessor:mailer`: that recipient of annex C. */
export type Concerned =
  | "controller"
  | "processor"
  | "dataSubject"
  | `dataSubject:${string}`
  | `subprocessor:${string}`;

/** `affected` where better or worse is not ours to say. */
export type Effect = "better" | "worse" | "affected";

export interface Change {
  readonly kind: ChangeKind;
  readonly change: "added" | "removed" | "changed";
  readonly clause?: string;
  /** Id of the rule, or the path of the key. */
  readonly id: string;
  readonly says: Bilingual;
  readonly for: readonly { readonly who: Concerned; readonly effect: Effect }[];
  /** What the change asks for before it may happen: an announcement, a window to object. */
  readonly asks?: Bilingual;
}

export const both = (text: string): Bilingual => ({ en: text, fr: text });

/** Joins sentences of both languages. */
export function joined(parts: readonly Bilingual[], by: string): Bilingual {
  return { en: parts.map(({ en }) => en).join(by), fr: parts.map(({ fr }) => fr).join(by) };
}
