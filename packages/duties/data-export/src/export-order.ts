/** An order to hand data out: what, for whom, how it is locked, how far it is, and when its package goes. */
import type {
  ActorRole,
  ControllerId,
  Id,
  Instant,
  InstructionId,
  Language,
  ProjectKind,
  RequestId,
  SubjectId,
} from "@preau/kernel";

export type ExportId = Id<"exp">;

export type ExportState =
  | "ordered"
  | "running"
  /** Made: a link can be handed over. */
  | "ready"
  /** Its link fetched it once, whole. */
  | "fetched"
  /** Its time was over: file and key are gone. */
  | "destroyed"
  | "failed"
  | "cancelled";
/** There is something of it on the disk, or will be. */
export const liveStates = [
  "ordered",
  "running",
  "ready",
  "fetched",
] as const satisfies readonly ExportState[];

export type ExportWhat =
  /** A person under the directory's id; undefined once that person was erased. */
  | { readonly kind: "access" | "portability"; readonly subject: SubjectId | undefined }
  | {
      readonly kind: "project";
      readonly store: string;
      readonly projectKind: ProjectKind;
      /** Opaque, of the store. */
      readonly project: string;
    }
  | { readonly kind: "database"; readonly store: string };

/** With what a package of the hub is locked: public keys of age, or a passphrase that is made for it and shown once. */
export type OrderedProtection =
  | { readonly kind: "age"; readonly recipients: readonly string[] }
  | { readonly kind: "age" | "zip"; readonly passphrase: "made" };

export interface ExportOrder {
  readonly id: ExportId;
  readonly controller: ControllerId;
  readonly what: ExportWhat;
  readonly language: Language;
  readonly protection: OrderedProtection;
  readonly state: ExportState;
  readonly orderedBy: ActorRole;
  readonly orderedAt: Instant;
  /** Reference of the controller's written instruction, where the publisher's staff ordered. */
  readonly reference?: string;
  /** The instruction in the ledger that it was ordered on. */
  readonly instruction?: InstructionId;
  /** The data subject's request that it is for. */
  readonly about?: RequestId;
  /** Files and bytes so far; of the whole once it is ready. */
  readonly files: number;
  readonly contentBytes: number;
  readonly madeAt?: Instant;
  /** Of the file that is fetched. */
  readonly bytes?: number;
  readonly sha256?: string;
  readonly linkUntil?: Instant;
  readonly fetchedAt?: Instant;
  /** The last instant at which the package may still be there. */
  readonly destroyBy?: Instant;
  /** When nothing of it was left. */
  readonly overAt?: Instant;
  /** Code of the error that ended it. */
  readonly failure?: string;
}

/** The name under which it is fetched: opaque. */
export function packageNameOf({ id, what, protection }: ExportOrder): string {
  return `${what.kind}-${id}${protection.kind === "age" ? ".zip.age" : ".zip"}`;
}

export function subjectOf({ what }: Pick<ExportOrder, "what">): SubjectId | undefined {
  return what.kind === "access" || what.kind === "portability" ? what.subject : undefined;
}

/** Whether a link can be made, or used, now. */
export function isThere({ state, destroyBy }: ExportOrder, now: Instant): boolean {
  return (state === "ready" || state === "fetched") && destroyBy !== undefined && now <= destroyBy;
}
