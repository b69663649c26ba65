/**
 * By which words a person is known: told when they are known, at a sign-in or out of a store, so that they can be kept from where
 * they must not go. Nothing is kept of them in clear, nor can it be read back; a text can be asked whether it names somebody.
 * @clause DC
 */
import type { Origin } from "./gate.ts";
import type { ControllerId, SubjectId } from "./ids.ts";
import type { Identifier } from "./personal-data-source.ts";
import type { Unit } from "./unit-of-work.ts";

/** What kind of word it is: names are found in either order, glued or apart; a full name in the order in which it is given. */
export const personWordKinds = [
  "givenName",
  "familyName",
  "fullName",
  "email",
  "telephone",
  "login",
  "number",
] as const;
export type PersonWordKind = (typeof personWordKinds)[number];

export interface PersonWord extends Identifier {
  readonly kind: PersonWordKind;
}

export interface KnownPerson {
  readonly controller: ControllerId;
  readonly subject: SubjectId;
  readonly origin: Origin;
  /** The agreement's word. */
  readonly role: string;
  /** In clear, in memory alone. */
  readonly words: readonly PersonWord[];
}

export interface KnownPersons {
  /** From the commit of the unit on. Again is once; words that were noted of the person before stay. */
  note(unit: Unit, person: KnownPerson): Promise<void>;
  /** Whether the text names somebody of that controller who was noted: by a whole name, an address, a login, a number. */
  isNamed(unit: Unit, controller: ControllerId, text: string): Promise<boolean>;
  /** Everything noted of the person goes. Twice is once. */
  forget(unit: Unit, controller: ControllerId, subject: SubjectId): Promise<void>;
}
