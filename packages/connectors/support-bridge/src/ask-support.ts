/**
 * The publisher's own form, for whom the desk is not: what is written stays in the hub, masked, and so does the answer, until the
 * person comes back. No address is asked for. @clause DC, DB.n
 */
import { type Gate, isFault, type Language, type Unit } from "@preau/kernel";
import { recordCase } from "./case-journal.ts";
import { sealReferences } from "./case-seal.ts";
import { addWords } from "./case-words.ts";
import { fingerprintOf } from "./desk-keys.ts";
import { fault } from "./errors.ts";
import type { SupportBridgeOptions } from "./options.ts";
import { permitKeeping } from "./person-flow.ts";
import { insertCase, lockCase, type StoredCase, updateCase } from "./store/cases.ts";
import { lockOpenFormCase } from "./store/person-cases.ts";
import type { CaseId, SupportCase } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";
import type { SupportPerson } from "./wall.ts";

export interface Question {
  readonly person: SupportPerson;
  readonly text: string;
  /** The press of the form: twice is once. */
  readonly press: string;
  readonly language: Language;
}

export const LONGEST_WORDS = 20_000;

/** Goes on with the person's own case that is not over. @throws SUPPORT_BAD_WORDS, GATE_REFUSED */
export async function askSupport(
  unit: Unit,
  ports: SupportPorts & { readonly gate: Gate },
  options: SupportBridgeOptions,
  { person, text, press, language }: Question,
): Promise<SupportCase> {
  if (text.trim() === "" || text.length > LONGEST_WORDS) throw fault("SUPPORT_BAD_WORDS");
  await permitKeeping(unit, ports.gate, person, options);
  const at = ports.clock.now();
  const found = await lockOpenFormCase(unit, person);
  const { line } = found ?? (await openFormCase(unit, ports, { person, language, press }));
  const isNew = await addWords(unit, ports, line, {
    ...{ from: "person", key: `form ${press}`, receivedAt: at, at, text, files: 0, isChange: false },
  });
  if (isNew) await updateCase(unit, line, { state: "open", lastAt: at, closedAt: null });
  return line;
}

async function openFormCase(
  unit: Unit,
  ports: SupportPorts,
  { person, language, press }: Pick<Question, "person" | "language" | "press">,
): Promise<StoredCase> {
  const { controller, product, origin, role, subject } = person;
  const id = idOfPress(person, press);
  const twin = await lockCase(unit, controller, id);
  if (twin !== undefined) return twin;
  const at = ports.clock.now();
  const judged = await ports.support.wall.judge(unit, person);
  const line: SupportCase = {
    ...{ id, controller, channel: "form", state: "open", desk: "none" },
    // Whoever might have the desk too: what is written here stays here.
    ...{ side: "hub", reason: judged.reason, clause: judged.clause },
    ...{ product, origin, role, subject, language, openedAt: at, lastAt: at },
  };
  const sealed = await sealReferences(ports, line, {});
  try {
    await insertCase(unit, { ...line, sealed });
  } catch (error) {
    const other = isFault(error, "DATABASE_DUPLICATE") ? await lockCase(unit, controller, id) : undefined;
    if (other === undefined) throw error;
    return other;
  }
  await recordCase(unit, ports, line, { type: "support-bridge.opened" });
  return { line, sealed };
}

/** Two presses at once find no case, and open one. */
function idOfPress({ controller, subject }: SupportPerson, press: string): CaseId {
  const half = (seed: string) => fingerprintOf(`spw_${seed}`);
  const digits = half(`${controller} ${subject} ${press}`) + half(`${press} ${subject} ${controller}`);
  return `sup_${digits.slice(0, 26)}`;
}
