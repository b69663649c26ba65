/** Tells a controller that its receipt is recorded, until when it may object, and gives the link for it. @clause D8.3, D9.3 */
import { sayDay } from "@preau/calendar";
import type { Instant, Unit } from "@preau/kernel";
import { addressOf, correspondenceFlow } from "./address.ts";
import type { Change } from "./change.ts";
import { OBJECTION } from "./link-purposes.ts";
import { objectionPath, RECEIVED } from "./messages.ts";
import type { Notice } from "./notice.ts";
import type { SubprocessorsOptions } from "./options.ts";
import type { SubprocessorPorts } from "./ports.ts";
import type { OpeningWindow } from "./standing.ts";

export interface ObjectionLink {
  /** Path on the hub. A secret: shown once, never logged. */
  readonly path: string;
  readonly until: Instant;
}

/** Good until the window is over; none where it is over already. */
export async function objectionLink(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "clock" | "links">,
  { controller, id }: Notice,
  window: OpeningWindow | undefined,
): Promise<ObjectionLink | undefined> {
  const until = window?.window.dueAt;
  if (until === undefined || until <= ports.clock.now()) return undefined;
  const token = await ports.links.make(unit, { controller, purpose: OBJECTION, thing: id, until });
  return { path: objectionPath(token), until };
}

/** To the officer, whoever recorded it: what the publisher's people write down is not hidden from the client. */
export async function confirmReceipt(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "agreements" | "contracts" | "mailer" | "clock" | "links">,
  { language }: SubprocessorsOptions,
  given: {
    readonly notice: Notice;
    readonly change: Change;
    readonly window: OpeningWindow | undefined;
    readonly objection: ObjectionLink | undefined;
  },
): Promise<void> {
  const { notice, change, window, objection } = given;
  const { controller, id } = notice;
  if (window === undefined || objection === undefined) return;
  if (ports.agreements.of(controller).annexA.correspondence === undefined) return;
  const to = addressOf(await ports.contracts.officers(unit, controller));
  if (to === undefined) return;
  const own = await objectionLink(unit, ports, notice, window);
  await ports.mailer.send(unit, {
    ...{ template: RECEIVED, language, to, flow: correspondenceFlow(controller) },
    variables: {
      name: change.entry.name,
      lastDay: sayDay(window.window.lastDay, language),
      path: own?.path ?? objection.path,
    },
    key: `subprocessors/received/${id}`,
  });
}
