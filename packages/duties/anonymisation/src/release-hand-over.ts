/**
 * A release is the publisher's alone. To hand one to anybody else, every controller in it must have asked for that in
 * writing: for this release and this recipient. @clause S11
 */
import type { ControllerId, Id, Instant, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { Release, ReleaseId } from "./ledger.ts";
import type { Actor, Evidence } from "./objection.ts";
import { readReference } from "./objection-record.ts";
import type { ReleasePorts } from "./release-ports.ts";
import { insertHandOver, insertInstruction, isInstructed, listInstructions } from "./store/hand-overs.ts";
import { lockStandings } from "./store/objections.ts";
import { readRelease } from "./store/releases.ts";

/** For whom every release is made. */
export const RECIPIENT = "publisher";

export interface HandOverInstruction {
  readonly id: Id<"ins">;
  readonly controller: ControllerId;
  readonly release: ReleaseId;
  /** Name of a body, never of a person. */
  readonly recipient: string;
  readonly receivedAt: Instant;
  readonly reference: string;
}

export interface NewHandOverInstruction extends Omit<HandOverInstruction, "id"> {
  /** How the writing came, and from whom: with these it stands in the ledger, without them in the journal alone. */
  readonly means?: Evidence["means"] | undefined;
  readonly writer?: Evidence["writer"] | undefined;
  readonly by: Actor;
}

const RECIPIENT_LENGTH = 100;

/**
 * Writes down what one controller asked for. Twice is once.
 * @throws ANONYMISATION_NO_RELEASE where the controller is not in it, ANONYMISATION_HAND_OVER_BAD naming the field
 * @clause S11
 */
export async function instructHandOver(
  unit: Unit,
  ports: Pick<ReleasePorts, "clock" | "ids" | "instructions" | "journal">,
  wanted: NewHandOverInstruction,
): Promise<void> {
  const { controller, release, receivedAt, by } = wanted;
  const recipient = readRecipient(wanted.recipient);
  const reference = readReference(wanted.reference);
  if (reference === undefined) throw fault("ANONYMISATION_HAND_OVER_BAD", { place: "reference" });
  const now = ports.clock.now();
  if (receivedAt > now) throw fault("ANONYMISATION_HAND_OVER_BAD", { place: "receivedAt" });
  const found = await readRelease(unit, controller, release);
  if (found?.verdict !== "anonymised") throw fault("ANONYMISATION_NO_RELEASE", { clause: "S11" });
  if (await isInstructed(unit, { controller, release, recipient })) return;
  const { means, writer } = wanted;
  const { instructions } = ports;
  let id = ports.ids.next("ins");
  if (instructions !== undefined && means !== undefined && writer !== undefined) {
    id = await instructions.record(unit, {
      ...{ controller, kind: "handOver", clause: "S11", by, scope: { about: [release] } },
      writing: { receivedAt, means, writer, reference },
    });
    await instructions.link(unit, controller, id, release);
  }
  const instruction = { id, controller, release, recipient, receivedAt, reference };
  if (!(await insertInstruction(unit, instruction, { at: now, by: by.role }))) return;
  await ports.journal.record(unit, {
    ...{ log: "evidence", type: "anonymisation.handOverInstructed", clause: "S11", controller },
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    payload: { instruction: id, release, recipient, receivedAt, reference },
  });
}

/**
 * Says that the publisher may hand it over, and enters that in the ledger. A controller that objected since has taken its
 * word back.
 * @throws ANONYMISATION_THIRD_PARTY with what is missing, ANONYMISATION_NO_RELEASE, ANONYMISATION_HAND_OVER_BAD
 * @clause S11
 */
export async function handOverRelease(
  unit: Unit,
  ports: Pick<ReleasePorts, "agreements" | "clock" | "journal">,
  wanted: { readonly release: ReleaseId; readonly recipient: string; readonly by: Actor },
): Promise<Release> {
  const recipient = readRecipient(wanted.recipient);
  const release = await readRelease(unit, "all", wanted.release);
  if (release?.state !== "released") throw fault("ANONYMISATION_NO_RELEASE", { clause: "S11" });
  const controllers = release.in.map(({ controller }) => controller);
  const opposed = await lockStandings(unit, controllers);
  const instructed = new Set(
    (await listInstructions(unit, release.id, recipient)).map(({ controller }) => controller),
  );
  const allows = (controller: ControllerId) =>
    instructed.has(controller) &&
    opposed.get(controller) === undefined &&
    ports.agreements.of(controller).anonymisation?.thirdParties?.rule !== "never";
  const missing = controllers.filter((controller) => !allows(controller));
  if (missing.length > 0)
    throw fault("ANONYMISATION_THIRD_PARTY", { clause: "S11", log: { missing: missing.length } });
  const at = ports.clock.now();
  if (await insertHandOver(unit, { release: release.id, recipient, at, by: wanted.by.role }))
    for (const controller of controllers)
      await ports.journal.record(unit, {
        ...{ log: "evidence", type: "anonymisation.handedOver", clause: "S11", controller },
        actor: { role: wanted.by.role, ...(wanted.by.id === undefined ? {} : { id: wanted.by.id }) },
        payload: { release: release.id, recipient },
      });
  return release;
}

/** @throws ANONYMISATION_HAND_OVER_BAD */
function readRecipient(text: string): string {
  const recipient = text.trim();
  if (recipient === "" || recipient.length > RECIPIENT_LENGTH || recipient.includes("@"))
    throw fault("ANONYMISATION_HAND_OVER_BAD", { place: "recipient" });
  return recipient;
}
