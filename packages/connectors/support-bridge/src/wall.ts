/**
 * The wall towards the support desk. Who may have it is the gate's word; what must not be kept or sent is masked; and what
 * leaves is searched once more, byte by byte, for the persons who are known and must not be known there. @clause DC
 */
import type { ControllerId, Language, Origin, SubjectId, Unit } from "@preau/kernel";
import type { CaseSide } from "./support-case.ts";

/** Somebody who was identified: by a session of the hub, or by our token. */
export interface SupportPerson {
  readonly controller: ControllerId;
  readonly product: string;
  readonly origin: Origin;
  readonly role: string;
  readonly subject: SubjectId;
}

export interface Judged {
  readonly side: CaseSide;
  /** `GAR`, `OUTSIDE_GAR_ONLY`, `CHILD`, `PARENT`, `NOBODY_KNOWN`…; stable. */
  readonly reason: string;
  readonly clause: string;
  /** A check that moves refused (restriction, objection, an erasure under way): nobody is on another side for good by it. */
  readonly isPassing?: true;
}

export interface Masked {
  readonly text: string;
  /** How many of each kind. */
  readonly counts: Readonly<Record<string, number>>;
  /** What was masked, left to right: offsets into what was given, `end` exclusive. */
  readonly found: readonly { readonly start: number; readonly end: number }[];
}

/** Whose words are masked: of one controller's persons, or of everybody's where it is not known whose they are. */
export type WallScope = ControllerId | "all";

export interface Wall {
  /** On which side somebody stands. Known GAR identities count as such whatever is claimed. @clause DC, DB.K.pupil */
  judge(unit: Unit, person: SupportPerson | undefined): Promise<Judged>;
  /** Whether an address, a login or a number that a visitor gave is of somebody whom the desk must not have. */
  isWalled(unit: Unit, scope: WallScope, values: readonly string[]): Promise<boolean>;
  /** Names, addresses, numbers, dates and health words become words in brackets. @clause DB.n */
  mask(
    unit: Unit,
    text: string,
    given: {
      readonly scope: WallScope;
      readonly language: Language;
      /** Written by our own people: all of it is looked through. Of others' words only the first 4 kB, where nobody knows whose they are. */
      readonly isOurs?: boolean;
    },
  ): Promise<Masked>;
  /** Kinds of what stands in bytes that are about to leave; empty where nothing does. */
  search(unit: Unit, scope: WallScope, bytes: Buffer): Promise<readonly string[]>;
}
