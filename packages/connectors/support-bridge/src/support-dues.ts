/** What must happen by a moment: whether a right is asked for, and conversations that a desk does not let go. @clause D10.1b, DC */
import { PUBLISHER } from "@preau/contracts";
import { addHours, type Due, type DueScope } from "@preau/kernel";
import { duesEn as en } from "./locales/dues-en.ts";
import { duesFr as fr } from "./locales/dues-fr.ts";
import { stuckCases } from "./store/cases.ts";
import { failedSince } from "./store/events.ts";
import { openProposals } from "./store/words.ts";
import type { SupportPorts } from "./support-ports.ts";

const MOST = 1_000;
/** Hours after which an event that still waits is a person's to see to. */
const WAITING_HOURS = 24;

/** For the publisher's own people: no client can do either. */
export function supportDues({ clock, unitOfWork }: Pick<SupportPorts, "clock" | "unitOfWork">) {
  return ({ controller: scope, before }: DueScope): Promise<readonly Due[]> =>
    unitOfWork.transaction(async (unit) => {
      if (scope !== "all") return [];
      const proposals = await openProposals(unit, "all", { dueBefore: before, limit: MOST });
      const stuck = await stuckCases(unit, { before, limit: MOST });
      const now = clock.now();
      const since = await failedSince(unit, addHours(now, -WAITING_HOURS));
      return [
        ...(since === undefined || since > before
          ? []
          : [
              {
                ...{ id: "events.failed", controller: PUBLISHER, clause: "D10.1b", dueAt: since },
                ...{ title: { en: en.failed, fr: fr.failed }, href: "/support/cases" },
              },
            ]),
        ...proposals.map(({ id, controller, case: of, proposalDueAt, receivedAt }) => ({
          ...{ id: `proposal.${id}`, controller, clause: "D10.1b", dueAt: proposalDueAt ?? receivedAt },
          ...{ title: { en: en.proposal, fr: fr.proposal }, href: `/support/cases/${of}` },
        })),
        ...stuck.map(({ id, controller, openedAt }) => ({
          ...{ id: `stuck.${id}`, controller, clause: "DC", dueAt: openedAt },
          ...{ title: { en: en.stuck, fr: fr.stuck }, href: `/support/cases/${id}` },
        })),
      ];
    });
}
