/** A contract: one controller, named products, from a day to a day; the agreement is its annex. @clause D1, D3, D5 */
import type { Duration, LocalDate } from "@preau/calendar";
import type { ControllerId, Id, Instant } from "@preau/kernel";

export type ContractId = Id<"ctr">;

export interface Contract {
  readonly id: ContractId;
  readonly controller: ControllerId;
  /** The client's or publisher's own number for it. */
  readonly reference: string;
  /** Ids of the agreement's products. */
  readonly products: readonly string[];
  /** First and last day, in the controller's zone. Without a last day it runs until it is ended. */
  readonly startsOn: LocalDate;
  readonly endsOn?: LocalDate;
  /** What becomes of the data at the end (D6.2c), once the controller has chosen. */
  readonly atEnd?: EndChoice;
  /** `sha256:…` of the agreement annexed to it. */
  readonly agreement: string;
  readonly createdAt: Instant;
}

/** What an edit may set. */
export type ContractValues = Pick<Contract, "reference" | "products" | "startsOn" | "endsOn" | "atEnd">;

export const endChoices = ["return", "delete", "returnThenDelete"] as const;
export type EndChoice = (typeof endChoices)[number];

export type ContractState = "notStarted" | "running" | "ended";

/** The controller’s own period for a retention rule, at most the ceiling. Purges go by it. @clause D5 */
export interface OwnPeriod {
  readonly contract: ContractId;
  /** Id of the agreement's retention rule. */
  readonly rule: string;
  readonly duration: Duration;
}

/** The controller's legal basis for a purpose. @clause D6.1a */
export interface PurposeBasis {
  readonly contract: ContractId;
  readonly product: string;
  readonly purpose: string;
  readonly legalBasis: LegalBasis;
}

/** GDPR art. 6(1)(a) to (f). */
export const legalBases = [
  "consent",
  "contract",
  "legalObligation",
  "vitalInterests",
  "publicTask",
  "legitimateInterests",
] as const;
export type LegalBasis = (typeof legalBases)[number];

/** That formalities are done, collection fair and persons informed, data lawful, complete, current. @clause D6.0 */
export interface Attestation {
  readonly contract: ContractId;
  readonly attestedAt: Instant;
  /** Ids of the agreement's statements that were attested. */
  readonly statements: readonly string[];
}
