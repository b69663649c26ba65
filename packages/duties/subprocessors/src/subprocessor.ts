/**
 * A subprocessor as the publisher knows it: what annex C says of it, and what stands on file. Nothing here is about a person.
 * @figure D8.5, D9.2
 */
import type { Subprocessor } from "@preau/agreement";
import type { LocalDate } from "@preau/calendar";
import type { Bilingual, Instant } from "@preau/kernel";

/** A document on file: found again by its reference, told from another by its hash. */
export interface Document {
  /** Names nobody. */
  readonly reference: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Countries, by their two letters. */
export interface Places {
  readonly storage: readonly string[];
  readonly processing: readonly string[];
}

/** The contract that binds it to the same duties. */
export interface ContractOnFile extends Document {
  readonly signedOn: LocalDate;
  readonly validFrom: LocalDate;
  /** Its last day; until it is ended when absent. */
  readonly validUntil?: LocalDate;
}

/** Its measures, recorded and reviewed. */
export interface Review {
  /** Ids of annex D's measures that it offers too. */
  readonly measures: readonly string[];
  readonly reviewedOn: LocalDate;
  /** In what capacity; nobody is named. */
  readonly reviewedBy: "publisherDpo" | "operations";
  /** The agreement sets no period for it: whoever reviews says when it is looked at again. */
  readonly nextReviewBy: LocalDate;
  readonly reference: string;
}

/** The instrument of chapter V, on file. */
export interface TransferDocument extends Document {
  readonly country: string;
  readonly mechanism: string;
  /** Its last day; without end when absent. */
  readonly validUntil?: LocalDate;
}

/** One of its own subprocessors, and theirs. */
export interface SubSubprocessor {
  readonly name: string;
  readonly country: string;
  readonly activity?: string;
  readonly subprocessors: readonly SubSubprocessor[];
}

/** What the publisher's officer completes. */
export interface Facts {
  readonly places?: Places;
  readonly contract?: ContractOnFile;
  readonly review?: Review;
  readonly transfer?: TransferDocument;
  /** Where the delay of its erasures is documented. */
  readonly deletionDocument?: Document;
  /** An address of a function, `privacy@…`, or a page: never a person's. */
  readonly contact?: string;
  readonly subprocessors: readonly SubSubprocessor[];
}

export interface RegisteredSubprocessor {
  readonly recipient: string;
  /** As annex C in force, or the newest change, names it. */
  readonly entry: Subprocessor;
  /** In annex C in force, announced alone, or in a draft alone. */
  readonly from: "annexC" | "announced" | "draft";
  readonly facts: Facts;
  /** 0 while nobody has completed it. */
  readonly version: number;
  readonly completedAt?: Instant;
  readonly findings: readonly Finding[];
}

export type FindingCode =
  | "SIRET_WRONG"
  | "NO_CONTRACT_ON_FILE"
  | "CONTRACT_NOT_STARTED"
  | "CONTRACT_EXPIRED"
  | "NO_REVIEW"
  | "REVIEW_OVERDUE"
  | "NO_PLACES"
  | "PLACE_WITHOUT_TRANSFER"
  | "TRANSFER_NOT_AUTHORISED"
  | "TRANSFER_UNDOCUMENTED"
  | "TRANSFER_EXPIRED"
  | "DELETION_DELAY_UNKNOWN";

/** What is missing or over. */
export interface Finding {
  readonly code: FindingCode;
  readonly clause: string;
  /** True when the gate refuses because of it. */
  readonly shuts: boolean;
  readonly says: Bilingual;
  readonly remedy: Bilingual;
}
