/** One reading of the stores, the agreement and the register for one person: all that the files of a copy are made of. */
import {
  type ActorRole,
  type ControllerId,
  type Language,
  type RegisteredSource,
  type SubjectTarget,
} from "@preau/kernel";
import { type Gathered, type GatherRequest, gatherCopy } from "./copy-gather.ts";
import { type CopyRegister, isPortable, readAccountWords, readCopyRegister } from "./copy-register.ts";
import { storeFailed } from "./copy-store-failed.ts";
import { fault } from "./errors.ts";
import type { ExportPorts } from "./export-ports.ts";

export interface PersonCopyRequest {
  readonly kind: "access" | "portability";
  readonly controller: ControllerId;
  readonly subject: SubjectTarget;
  readonly language: Language;
  /** Who asked for it. */
  readonly requestedBy: ActorRole;
  /** Where nothing is held: refuse, or a copy that says so; `refuse` when absent. */
  readonly whenNothing?: "refuse" | "say";
}

export interface Copy {
  readonly request: PersonCopyRequest;
  readonly register: CopyRegister;
  readonly gathered: Gathered;
  /** How the stores were asked, for a table that must be read again. */
  readonly asked: GatherRequest;
  readonly rows: number;
  /** Art. 18: the data is kept and not used. */
  readonly restricted: boolean;
}

/** Compressed rows of one copy that are kept between reading and writing; what is beyond is read again. */
const SPOOL_BYTES = 32 * 1024 * 1024;

/** @throws EXPORT_NO_SUBJECT, EXPORT_STORE_FAILED and the faults of the stores themselves */
export async function readCopy(
  ports: ExportPorts,
  request: PersonCopyRequest,
  signal?: AbortSignal,
): Promise<Copy> {
  const { controller, subject, kind, whenNothing = "refuse" } = request;
  const { sources } = ports;
  const register = await readCopyRegister(ports, controller);
  const asked: GatherRequest = {
    controller,
    subject,
    takes: kind === "access" ? () => true : (purpose) => isPortable(register, purpose),
    budget: { left: SPOOL_BYTES },
    signal,
  };
  const [gathered, words, restricted] = await Promise.all([
    gatherCopy(sources, asked),
    readAccountWords(sources, controller, subject),
    isRestricted(sources, request),
  ]);
  const rows = gathered.stores.flatMap(({ tables }) => tables).reduce((sum, table) => sum + table.rows, 0);
  const held = rows > 0 || gathered.leftOut.size > 0;
  if (!held && whenNothing === "refuse") throw fault("EXPORT_NO_SUBJECT", { clause: "D10.1a" });
  return { request, register: { ...register, ...words }, gathered, asked, rows, restricted };
}

async function isRestricted(
  sources: ReadonlyMap<string, RegisteredSource>,
  { controller, subject }: PersonCopyRequest,
): Promise<boolean> {
  for (const [store, { source }] of sources) {
    const restricted = await source.isRestricted?.(controller, subject).catch((cause: unknown) => {
      throw storeFailed(store, cause);
    });
    if (restricted === true) return true;
  }
  return false;
}
