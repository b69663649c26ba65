/**
 * Tells the other side at once: a message to its officer with a link alone, which dies when it is used. What nobody can be
 * written stays in sight as untold, and its link is handed over by hand. @clause D6.2a, D6.1d, S14
 */
import { type Addressee, officerToTell } from "@preau/contracts";
import {
  addMillis,
  type ControllerId,
  type Instant,
  type Job,
  type JobDefinition,
  type Unit,
} from "@preau/kernel";
import { OBSERVATION_LINK } from "../ask-observation.ts";
import type { InstructionsPorts } from "../instructions-ports.ts";
import { flagged, noticed, observationAsked } from "../messages.ts";
import type { InstructionsOptions } from "../options.ts";
import { publishersOfficer } from "../publishers-officer.ts";
import { TELL } from "../raise-flag.ts";
import { FLAG_LINK } from "../settle-flag.ts";
import { findFlag, markFlagTold } from "../store/flag-rows.ts";
import { findNotice, updateNotice } from "../store/notice-rows.ts";
import { findObservation, markObservationTold } from "../store/observation-rows.ts";
import { dueOf, NOTICE_LINK, REMIND } from "../write-notice.ts";

const DAY = 86_400_000;

/** A link of one purpose: for the message, or for somebody who hands it over. */
export async function linkFor(
  unit: Unit,
  ports: Pick<InstructionsPorts, "clock" | "links">,
  { linkDays }: Pick<InstructionsOptions, "linkDays">,
  of: { readonly controller: ControllerId; readonly thing: string; readonly purpose: keyof typeof PATHS },
): Promise<string> {
  const until: Instant = addMillis(ports.clock.now(), linkDays * DAY);
  return `${PATHS[of.purpose]}/${await ports.links.make(unit, { ...of, until })}`;
}

const PATHS = {
  [FLAG_LINK]: "/instructions/flagged",
  [OBSERVATION_LINK]: "/instructions/observations/answer",
  [NOTICE_LINK]: "/notices/acknowledge",
} as const;

export function tellingJobs(
  ports: InstructionsPorts,
  options: InstructionsOptions,
): readonly JobDefinition[] {
  const send = async (
    unit: Unit,
    addressee: Addressee,
    message: { readonly template: string; readonly key: string; readonly variables: Record<string, string> },
  ) => {
    await ports.mailer.send(unit, { ...message, ...addressee, language: "fr" });
  };

  const tellFlag = async (unit: Unit, controller: ControllerId, id: string) => {
    const flag = await findFlag(unit, controller, id);
    if (flag === undefined || flag.toldAt !== undefined || flag.settled !== undefined) return true;
    const officer = await officerToTell(unit, ports, controller);
    if (officer === undefined) return false;
    const of = { controller, thing: flag.instruction, purpose: FLAG_LINK } as const;
    await send(unit, officer, {
      ...{ template: flagged.name, key: `instructions.flag.${id}` },
      variables: { link: await linkFor(unit, ports, options, of), instruction: flag.instruction },
    });
    await markFlagTold(unit, flag, ports.clock.now());
    return true;
  };

  const tellObservation = async (unit: Unit, controller: ControllerId, id: string) => {
    const found = await findObservation(unit, controller, id);
    if (found === undefined || found.toldAt !== undefined || found.state !== "asked") return true;
    const officer = await officerToTell(unit, ports, controller);
    if (officer === undefined) return false;
    const of = { controller, thing: id, purpose: OBSERVATION_LINK } as const;
    await send(unit, officer, {
      ...{
        template: observationAsked.name,
        key: `instructions.observation.${id}.${found.hash.slice(0, 16)}`,
      },
      variables: { link: await linkFor(unit, ports, options, of) },
    });
    await markObservationTold(unit, found, ports.clock.now());
    return true;
  };

  const tellNotice = async (unit: Unit, controller: ControllerId, id: string) => {
    const notice = await findNotice(unit, controller, id);
    if (notice === undefined || notice.acknowledged !== undefined) return true;
    const told = notice.remindedAt ?? notice.writtenAt;
    if (notice.toldAt !== undefined && notice.toldAt >= told) return true;
    const ours = notice.towards === "publisher";
    const officer = ours
      ? publishersOfficer(ports, controller)
      : await officerToTell(unit, ports, controller);
    if (officer === undefined) return false;
    const of = { controller, thing: id, purpose: NOTICE_LINK } as const;
    // The publisher's own people sign in: no link of theirs travels by mail.
    const link = ours ? `/notices/${id}` : await linkFor(unit, ports, options, of);
    await send(unit, officer, {
      ...{ template: noticed.name, key: `instructions.notice.${id}.${told}` },
      variables: { link, category: notice.category },
    });
    await updateNotice(unit, notice, { toldAt: ports.clock.now() });
    return true;
  };
  const tellers = { flag: tellFlag, observation: tellObservation, notice: tellNotice } as const;

  const tell = async ({ controller, payload }: Job) => {
    const { what, id } = payload;
    if (typeof id !== "string" || (what !== "flag" && what !== "observation" && what !== "notice")) return;
    const told = await ports.unitOfWork.transaction((unit) => tellers[what](unit, controller, id));
    if (!told) ports.log.warn("instructions.nobodyToWriteTo", { what, id });
  };

  const remind = async ({ controller, payload }: Job) => {
    const id = payload["notice"];
    if (typeof id !== "string") return;
    await ports.unitOfWork.transaction(async (unit) => {
      const notice = await findNotice(unit, controller, id, "lock");
      if (notice === undefined || notice.acknowledged !== undefined) return;
      const now = ports.clock.now();
      if ((await dueOf(unit, ports, options, notice)) > now) return;
      await updateNotice(unit, notice, { remindedAt: now });
      await tellNotice(unit, controller, id);
      await ports.jobs.enqueue(unit, {
        ...{ name: REMIND, controller, key: `${id}.${now}`, payload: { notice: id } },
        runAt: await dueOf(unit, ports, options, { ...notice, remindedAt: now }),
      });
    });
  };

  return [
    { name: TELL, handler: tell, attempts: 50 },
    { name: REMIND, handler: remind, attempts: 50 },
  ];
}
