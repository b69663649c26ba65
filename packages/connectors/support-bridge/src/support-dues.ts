/** What must happen by a moment: whether a right is asked for, and conversations that a desk does not let go. @clause D10.1b, DC */
import type { Due, DueScope } from "@preau/kernel";
import { duesEn as en } from "./locales/dues-en.ts";
import { duesFr as fr } from "./locales/dues-fr.ts";
import { stuckCases } from "./store/cases.ts";
import { openProposals } from "./store/words.ts";
import type { SupportPorts } from "./support-ports.ts";

const MOST = 1_000;

/** For the publisher's own people: no client can do either. */
export function supportDues({ unitOfWork }: Pick<SupportPorts, "unitOfWork">) {
  return ({ controller: scope, before }: DueScope): Promise<readonly Due[]> =>
    unitOfWork.transaction(async (unit) => {
      if (scope !== "all") return [];
      const proposals = await openProposals(unit, "all", { dueBefore: before, limit: MOST });
      const stuck = await stuckCases(unit, { before, limit: MOST });
      return [
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
