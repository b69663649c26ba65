/**
 * Orders an export. The controller's own people give the instruction; the publisher's staff write down which one they were
 * given. A contract that has ended is no hindrance: what is held can be taken back as long as it is held.
 * @clause D6.2c, D10.1a, DD.2, S7, S8, S10
 */
import { randomBytes } from "node:crypto";
import type {
  ActorId,
  ActorRole,
  ControllerId,
  InstructionId,
  Language,
  RequestId,
  SubjectId,
  SubjectTarget,
  Unit,
} from "@preau/kernel";
import { sealFile } from "@preau/keys";
import { fault } from "./errors.ts";
import type { ExportId, ExportWhat, OrderedProtection } from "./export-order.ts";
import { clauseOf, recordEvidence } from "./export-order-events.ts";
import { instructionOf, requireOpaque } from "./export-order-instruction.ts";
import { sealPassphrase } from "./export-order-keys.ts";
import { exportPeriods } from "./export-periods.ts";
import type { ExportPorts } from "./export-ports.ts";
import { tellProgress } from "./export-progress.ts";
import { requireUnrestricted } from "./export-restricted.ts";
import { insertOrder, orderOfPress } from "./store/orders.ts";

export const RUN = "data-export.run";

export interface ExportActor {
  readonly role: ActorRole;
  readonly id?: ActorId | SubjectId | undefined;
  /** Of the controller's written instruction: what everybody but its own people must name. */
  readonly reference?: string | undefined;
}

export interface NewExport {
  readonly controller: ControllerId;
  readonly what: ExportWhat;
  readonly language: Language;
  readonly protection: OrderedProtection;
  readonly by: ExportActor;
  /** Of the form that ordered it: sent twice it orders once. */
  readonly press?: string | undefined;
  /** The instruction in the ledger: whoever names one needs no other reference. */
  readonly instruction?: InstructionId | undefined;
  /** The data subject's request that the package is for. */
  readonly about?: RequestId | undefined;
}

export interface Ordered {
  readonly id: ExportId;
  /** With what the package will be locked, where it was made here: given this once, kept sealed until it is written. */
  readonly passphrase?: string;
}

/** Whose press of a button is the controller's instruction. */
export const OWN: ReadonlySet<ActorRole> = new Set<ActorRole>(["controllerAdministrator", "controllerDpo"]);
const MOST_REFERENCE = 200;
const MOST_RECIPIENTS = 20;
/** Crockford's letters: none is taken for another. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * Writes the order with its evidence; the worker makes the package.
 * @throws EXPORT_NEEDS_INSTRUCTION, EXPORT_NO_CONTRACT, EXPORT_NO_SUBJECT, EXPORT_RESTRICTED, EXPORT_BAD_ORDER, KEYS_AGE_RECIPIENT,
 *   AGREEMENT_NO_DURATION where the agreement does not say how long a link and a package last
 * @clause D6.1c, D10.1a, DD.2, S7, S8, S10
 */
export async function orderExport(ports: ExportPorts, order: NewExport): Promise<Ordered> {
  const { controller, what, language, protection, by, press, about } = order;
  const reference = requireInstruction(by, order.instruction);
  requireOpaque(order);
  exportPeriods(ports, controller);
  requireStore(ports, controller, what);
  if ("recipients" in protection) await requireRecipients(protection.recipients);
  await requireUnrestricted(ports, controller, what);
  const id = ports.ids.next("exp");
  const passphrase = "passphrase" in protection ? makePassphrase() : undefined;
  const sealed =
    passphrase === undefined ? undefined : await sealPassphrase(ports, { controller, id }, passphrase);
  return ports.unitOfWork.transaction(async (unit) => {
    const earlier = press === undefined ? undefined : await orderOfPress(unit, controller, press);
    if (earlier !== undefined) return { id: earlier };
    if (!(await ports.contracts.hasBegun(unit, controller)))
      throw fault("EXPORT_NO_CONTRACT", { clause: "D6.2c" });
    if ("subject" in what) await requireSubject(unit, ports, controller, what.subject);
    const instruction = await instructionOf(unit, ports, order, id);
    await insertOrder(unit, {
      ...{ id, controller, what, language, protection, orderedBy: by.role, orderedAt: ports.clock.now() },
      ...{ passphrase: sealed, press },
      ...(reference === undefined ? {} : { reference }),
      ...(instruction === undefined ? {} : { instruction }),
      ...(about === undefined ? {} : { about }),
    });
    const named = {
      ...(instruction === undefined ? {} : { instruction }),
      ...(about === undefined ? {} : { about }),
    };
    await recordEvidence(
      unit,
      ports,
      { id, controller, what, ...named },
      { type: "data-export.ordered", by },
    );
    await tellProgress(unit, ports, { id, controller, ...named }, "ordered");
    const { kind } = what;
    await ports.jobs.enqueue(unit, { name: RUN, controller, key: id, payload: { order: id, kind } });
    return { id, ...(passphrase === undefined ? {} : { passphrase }) };
  });
}

/** @throws EXPORT_NO_SUBJECT */
export async function requireSubject(
  unit: Unit,
  ports: Pick<ExportPorts, "subjects">,
  controller: ControllerId,
  subject: SubjectId | undefined,
): Promise<SubjectTarget> {
  const identifiers = subject && (await ports.subjects.identifiers(unit, controller, subject));
  if (subject === undefined || identifiers === undefined || identifiers.length === 0)
    throw fault("EXPORT_NO_SUBJECT", { clause: "D10.1a" });
  return { subject, identifiers };
}

/** The reference, where one is named. @throws EXPORT_NEEDS_INSTRUCTION */
export function requireInstruction(
  { role, reference }: ExportActor,
  instruction?: InstructionId,
): string | undefined {
  const given = reference?.trim() ?? "";
  if (given.length > MOST_REFERENCE || (given === "" && instruction === undefined && !OWN.has(role)))
    throw fault("EXPORT_NEEDS_INSTRUCTION", { clause: "D6.1c" });
  return given === "" ? undefined : given;
}

/** A store of another controller does not exist. @throws EXPORT_BAD_ORDER */
function requireStore(
  { sources }: Pick<ExportPorts, "sources">,
  controller: ControllerId,
  what: ExportWhat,
): void {
  if (!("store" in what)) return;
  const registered = sources.get(what.store);
  const owner = registered?.source.describe().controller;
  const source = owner === undefined || owner === controller ? registered?.exports : undefined;
  if (source === undefined) throw fault("EXPORT_BAD_ORDER", { clause: clauseOf(what.kind), place: "store" });
  if (what.kind !== "project") return;
  if (!source.projectKinds.includes(what.projectKind) || !/^[\x21-\x7e]{1,64}$/.test(what.project))
    throw fault("EXPORT_BAD_ORDER", { clause: "DD.2", place: "project" });
}

/** @throws EXPORT_BAD_ORDER for none or too many, KEYS_AGE_RECIPIENT for what is no public key */
async function requireRecipients(recipients: readonly string[]): Promise<void> {
  if (recipients.length === 0 || recipients.length > MOST_RECIPIENTS)
    throw fault("EXPORT_BAD_ORDER", { place: "recipients" });
  await sealFile(nothing(), { recipients });
}

// biome-ignore lint/suspicious/useAwait: a stream of nothing
// biome-ignore lint/correctness/useYield: a stream of nothing
async function* nothing(): AsyncGenerator<Uint8Array> {}

/** 120 bits in six groups that can be read out on the telephone. */
function makePassphrase(): string {
  const letters = [...randomBytes(24)].map((byte) => LETTERS.charAt(byte % LETTERS.length));
  return [0, 4, 8, 12, 16, 20].map((at) => letters.slice(at, at + 4).join("")).join("-");
}
