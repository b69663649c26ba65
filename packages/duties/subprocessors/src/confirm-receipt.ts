/** Tells a controller that its receipt is recorded, until when it may object, and gives the link for it. @clause D8.3, D9.3 */
import { dayIn, sayDay } from "@preau/calendar";
import type { Instant, Unit } from "@preau/kernel";
import type { Change } from "./change.ts";
import { OBJECTION } from "./link-purposes.ts";
import { objectionPath, RECEIVED } from "./messages.ts";
import type { Notice } from "./notice.ts";
import type { SubprocessorsOptions } from "./options.ts";
import type { SubprocessorPorts } from "./ports.ts";
import type { OpeningWindow } from "./standing.ts";
import { type TellingPorts, tellOfficer } from "./tell-officer.ts";

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

/**
 * To the officer, whoever recorded it and however late: what the publisher's people write down, or correct, is not hidden from
 * the client. While the window runs, with a link to object of its own; afterwards with the client's page.
 */
export async function confirmReceipt(
  unit: Unit,
  ports: TellingPorts & Pick<SubprocessorPorts, "clock" | "links">,
  options: Pick<SubprocessorsOptions, "language">,
  given: {
    readonly notice: Notice;
    readonly change: Change;
    readonly window: OpeningWindow | undefined;
  },
): Promise<void> {
  const { notice, change, window } = given;
  const { controller, id, receipt } = notice;
  if (window === undefined || receipt === undefined) return;
  const { language } = options;
  const link = await objectionLink(unit, ports, notice, window);
  const { place, lastDay } = window.window;
  await tellOfficer(unit, ports, options, {
    ...{ controller, template: RECEIVED },
    variables: {
      name: change.entry.name,
      receivedOn: sayDay(dayIn(place.zone, receipt.receivedAt), language),
      lastDay: sayDay(lastDay, language),
      over: link === undefined,
      path: link?.path ?? `/subprocessors/notices/${id}`,
    },
    key: `subprocessors/received/${id}/${receipt.recordedAt}`,
  });
}
