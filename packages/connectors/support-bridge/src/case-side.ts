/**
 * A case changes sides: out of the unknown to whoever it is found to be, or away from the desk; never back to it. With the person it
 * changes its controller too, and then its key. @clause DC
 */

import type { ControllerId, Instant, Unit } from "@preau/kernel";
import { forgetAt } from "./case-close.ts";
import { type Identity, leavesAtOnce, SEVERAL } from "./case-identity.ts";
import { recordCase } from "./case-journal.ts";
import { wayOut } from "./case-leave.ts";
import {
  openOriginal,
  openReferences,
  openWords,
  sealOriginal,
  sealReferences,
  sealWords,
} from "./case-seal.ts";
import { passOnAt } from "./proposal.ts";
import { type CaseChange, lockCase, type StoredCase, updateCase } from "./store/cases.ts";
import { updateWords, wordsOfCase } from "./store/words.ts";
import type { SupportPorts } from "./support-ports.ts";

/** As it is then. Of a case that the caller has locked, of nobody known or of that person. */
export async function turnCase(
  unit: Unit,
  ports: SupportPorts,
  stored: StoredCase,
  { person, judged }: Identity,
): Promise<StoredCase> {
  const { line } = stored;
  const controller = person?.controller ?? line.controller;
  const isTurning = judged.side !== line.side || judged.reason !== line.reason;
  const isNewlyKnown = person !== undefined && line.subject === undefined;
  if (!isTurning && !isNewlyKnown && controller === line.controller) return stored;

  const moved = controller === line.controller ? stored : await moveCase(unit, ports, stored, controller);
  const leaves = leavesAtOnce(judged) && moved.line.desk === "there";
  const change: CaseChange = {
    ...judged,
    ...(person === undefined
      ? {}
      : { product: person.product, origin: person.origin, role: person.role, subject: person.subject }),
    ...(leaves ? { desk: "leaving" } : {}),
  };
  await updateCase(unit, moved.line, change);
  const next = (await lockCase(unit, controller, line.id)) ?? moved;
  if (judged.side === "hub" && line.side !== "hub")
    await recordCase(unit, ports, next.line, {
      type: "support-bridge.walled",
      payload: { reason: judged.reason },
    });
  if (next.line.desk === "leaving") await ports.jobs.enqueue(unit, wayOut(next.line));
  return next;
}

/** Of somebody whose data are under restriction: their words stand as they are, and so does what the desk has. */
export async function keepRestricted(unit: Unit, { line }: StoredCase, at: Instant): Promise<void> {
  if (line.subject !== undefined && line.restrictedAt === undefined)
    await updateCase(unit, line, { restrictedAt: at });
}

/**
 * Somebody else writes in the conversation of this case: it goes on in a case of theirs, and leaves the desk with the words of both.
 */
export async function detachCase(unit: Unit, ports: SupportPorts, stored: StoredCase): Promise<void> {
  const { line } = await turnCase(unit, ports, stored, { judged: SEVERAL });
  await updateCase(unit, line, { refHash: null });
}

/** Everything sealed is sealed again under the controller that it is found to be of. The keys that it had go with it at its end. */
async function moveCase(
  unit: Unit,
  ports: SupportPorts,
  stored: StoredCase,
  controller: ControllerId,
): Promise<StoredCase> {
  const { line } = stored;
  const next = { ...line, controller };
  const references = await openReferences(ports, line, stored.sealed);
  const sealed = await sealReferences(ports, next, references);
  await updateCase(unit, line, { controller, sealed });
  for (const { line: words, sealed: bytes } of await wordsOfCase(unit, line)) {
    const open = await openWords(ports, words, bytes);
    const there = { ...words, controller };
    const original = open && (await openOriginal(ports, words, open));
    const again = open && {
      ...open,
      ...(original === undefined ? {} : { original: await sealOriginal(ports, there, original) }),
    };
    await updateWords(unit, words, {
      controller,
      ...(again === undefined ? {} : { sealed: await sealWords(ports, there, again) }),
    });
    if (words.proposal === "open") await ports.jobs.enqueue(unit, passOnAt(there));
  }
  // Jobs are a controller's: that of its end goes on under the new one.
  if (line.state === "closed") await ports.jobs.enqueue(unit, forgetAt(next, ports.clock.now()));
  return { line: next, sealed };
}
