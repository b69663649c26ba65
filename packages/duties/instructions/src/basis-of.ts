/**
 * “On whose instruction was this done?”, for any entry of a controller's journal: the instruction that it names or that what it
 * belongs to was done on; the entry itself, where it is one; the agreement's own clause; or that none is recorded. Never a guess.
 * @clause D6.1c
 */
import type {
  ActorRole,
  ControllerId,
  EntryId,
  InstructionId,
  Journal,
  JournalEntry,
  Json,
  Unit,
} from "@preau/kernel";
import { basisRules, groundClauses } from "./basis-rules.ts";
import { fault } from "./errors.ts";
import { findInstruction } from "./store/instruction-rows.ts";
import { instructionsOf } from "./store/link-rows.ts";

export type Basis =
  | { readonly basis: "instruction"; readonly instructions: readonly InstructionId[] }
  /** This entry, or the one that ordered what it belongs to, is the controller's word. */
  | {
      readonly basis: "entryIsInstruction";
      readonly entry: EntryId;
      readonly type: string;
      readonly isSelf: boolean;
    }
  | { readonly basis: "agreement"; readonly clause: string }
  | { readonly basis: "none" };

type Reader = Pick<Journal, "entries" | "entry">;

/** What was ordered, and under which name the order bears its id. */
const ORDERS: readonly (readonly [prefix: string, type: string, name: string])[] = [
  ["era_", "retention.erasureOrdered", "erasure"],
  ["exp_", "data-export.ordered", "order"],
  ["prg_", "retention.purgeApproved", "purge"],
  ["end_", "retention.contractEndConfirmed", "end"],
  ["ctr_", "retention.contractEndConfirmed", "contract"],
  ["ctr_", "retention.contractEndChosen", "contract"],
  ["rel_", "anonymisation.handOverInstructed", "release"],
];
/** Entries that bear an id of an instruction of before there was a ledger. */
const WORDS_OF_BEFORE = [
  "retention.contractEndChosen",
  "retention.contractEndConfirmed",
  "retention.purgeApproved",
  "retention.purgeCancelled",
  "anonymisation.handOverInstructed",
] as const;
const OWN_PEOPLE: ReadonlySet<ActorRole> = new Set<ActorRole>(["controllerAdministrator", "controllerDpo"]);
const ID = /^[a-z]{2,4}_[0-9a-z]{1,60}$/;
const NO_THING = /^(?:sub|act|ins|jrn|job|msg)_/;

/** @throws INSTRUCTIONS_NO_ENTRY for one that this controller's journal does not have @clause D6.1c */
export async function basisOf(
  unit: Unit,
  journal: Reader,
  controller: ControllerId,
  id: EntryId,
): Promise<{ readonly entry: JournalEntry; readonly basis: Basis }> {
  const entry = await journal.entry?.(unit, controller, id);
  if (entry === undefined) throw fault("INSTRUCTIONS_NO_ENTRY", { clause: "D6.1c" });
  return { entry, basis: await basisOfEntry(unit, journal, entry) };
}

async function basisOfEntry(unit: Unit, journal: Reader, entry: JournalEntry): Promise<Basis> {
  const { controller, type, clause } = entry;
  const rule = basisRules.get(type);
  if (rule?.is === "agreement" && rule.first) return { basis: "agreement", clause: clause ?? rule.clause };
  const named = await byName(unit, journal, entry);
  if (named !== undefined) return named;
  if (rule?.is === "instruction" && isWord(entry))
    return { basis: "entryIsInstruction", entry: entry.id, type, isSelf: true };
  const things = thingsIn(entry);
  const instructions = await instructionsOf(unit, controller, things, entry.recordedAt);
  if (instructions.length > 0) return { basis: "instruction", instructions };
  const ordered = await byOrder(unit, journal, entry, things);
  if (ordered !== undefined) return ordered;
  return rule?.is === "agreement" ? { basis: "agreement", clause: clause ?? rule.clause } : { basis: "none" };
}

/** The instruction whose id the entry bears: of the ledger, or of an entry of before there was one. */
async function byName(unit: Unit, journal: Reader, entry: JournalEntry): Promise<Basis | undefined> {
  const { controller, payload, subject, actor } = entry;
  for (const slot of [payload, subject?.payload, actor?.payload]) {
    const id = slot?.["instruction"];
    if (typeof id !== "string") continue;
    if ((await findInstruction(unit, controller, id)) !== undefined)
      return { basis: "instruction", instructions: [id as InstructionId] };
    if (id.startsWith("jrn_")) {
      const told = await journal.entry?.(unit, controller, id as EntryId);
      if (told !== undefined && isWord(told))
        return { basis: "entryIsInstruction", entry: told.id, type: told.type, isSelf: false };
    }
    for (const type of WORDS_OF_BEFORE) {
      const told = await findNaming(unit, journal, { controller, type, name: "instruction", id });
      if (told !== undefined)
        return { basis: "entryIsInstruction", entry: told.id, type, isSelf: told.id === entry.id };
    }
  }
  return undefined;
}

/** Through the entry that ordered what this one belongs to. */
async function byOrder(
  unit: Unit,
  journal: Reader,
  entry: JournalEntry,
  things: readonly string[],
): Promise<Basis | undefined> {
  if (entry.type === "retention.erasureOrdered") return byGround(entry);
  for (const [prefix, type, name] of ORDERS) {
    if (type === entry.type) continue;
    for (const id of things.filter((each) => each.startsWith(prefix))) {
      const order = await findNaming(unit, journal, { controller: entry.controller, type, name, id });
      // What was said later is no ground of what was done before.
      if (order === undefined || order.recordedAt > entry.recordedAt) continue;
      if (type === "retention.erasureOrdered") return byGround(order);
      const named = await byName(unit, journal, order);
      if (named !== undefined) return named;
      if (isWord(order)) return { basis: "entryIsInstruction", entry: order.id, type, isSelf: false };
    }
  }
  return undefined;
}

function byGround({ clause, payload }: JournalEntry): Basis | undefined {
  const ground = payload?.["ground"];
  const standing = typeof ground === "string" ? groundClauses[ground] : undefined;
  return standing === undefined ? undefined : { basis: "agreement", clause: clause ?? standing };
}

/** The controller's own people said it, or somebody wrote down which writing of theirs did. */
function isWord({ actorRole, payload }: JournalEntry): boolean {
  if (OWN_PEOPLE.has(actorRole)) return true;
  return typeof payload?.["reference"] === "string" && payload["reference"].trim() !== "";
}

async function findNaming(
  unit: Unit,
  journal: Reader,
  wanted: {
    readonly controller: ControllerId;
    readonly type: string;
    readonly name: string;
    readonly id: string;
  },
): Promise<JournalEntry | undefined> {
  const { controller, type, name, id } = wanted;
  for (let before: EntryId | undefined; ; ) {
    const page = await journal.entries(unit, {
      ...{ controller, type, limit: 1_000 },
      ...(before === undefined ? {} : { before }),
    });
    const found = page.find(
      ({ payload, subject }) => payload?.[name] === id || subject?.payload[name] === id,
    );
    before = page.at(-1)?.id;
    if (found !== undefined || page.length < 1_000 || before === undefined) return found;
  }
}

/** Opaque ids of things in any slot. */
function thingsIn({ payload, subject, actor }: JournalEntry): readonly string[] {
  const found = new Set<string>();
  const walk = (value: Json | undefined): void => {
    if (typeof value === "string") {
      if (ID.test(value) && !NO_THING.test(value)) found.add(value);
    } else if (Array.isArray(value)) for (const each of value as readonly Json[]) walk(each);
    else if (value !== null && typeof value === "object") for (const each of Object.values(value)) walk(each);
  };
  walk(payload);
  walk(subject?.payload);
  walk(actor?.payload);
  return [...found];
}
