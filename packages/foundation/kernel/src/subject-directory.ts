/**
 * Who is this person, without a name: (controller, kind, keyed hash of the identifier) → `sub_…`. Originals are sealed.
 * The same person keeps one subject across the LMS, the GAR, the mailer and the desk of one controller; two
 * controllers never share one.
 */
import type { ControllerId, SubjectId } from "./ids.ts";
import type { Identifier } from "./personal-data-source.ts";
import type { Unit } from "./unit-of-work.ts";

export interface SubjectDirectory {
  /** The subject that this identifier belongs to, if it is known. */
  find(unit: Unit, controller: ControllerId, identifier: Identifier): Promise<SubjectId | undefined>;
  /** The subject of this identifier, made now when it is new. Two at once get the same one. */
  identify(unit: Unit, controller: ControllerId, identifier: Identifier): Promise<SubjectId>;
  /**
   * Adds an identifier to a known subject. Adding it again changes nothing.
   * @throws SUBJECT_LINK_TAKEN, and SUBJECT_UNKNOWN for an unknown, foreign or forgotten subject
   */
  link(unit: Unit, controller: ControllerId, subject: SubjectId, identifier: Identifier): Promise<void>;
  /** All identifiers of a subject, opened. Empty for an unknown, foreign or forgotten one. */
  identifiers(unit: Unit, controller: ControllerId, subject: SubjectId): Promise<readonly Identifier[]>;
  /**
   * Subjects of that controller that have an identifier, in a stable order, after that one: for a contract's end, which
   * reaches those too who have an account nowhere. Absent where a directory cannot tell.
   */
  list?(
    unit: Unit,
    controller: ControllerId,
    page: { readonly after?: SubjectId; readonly limit: number },
  ): Promise<readonly SubjectId[]>;
  /** Forgets the subject's identifiers for good. Forgetting twice is forgetting once. */
  forget(unit: Unit, controller: ControllerId, subject: SubjectId): Promise<void>;
}
