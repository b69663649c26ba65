/**
 * What must happen by a moment: for the publisher's people what is not passed on, for the controller's its own answers.
 * @clause D10.1b, D10.1c
 */
import type { Bilingual, Due, DueScope } from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import type { DeskPorts } from "./desk-ports.ts";
import { dueTitlesEn as en } from "./locales/dues-en.ts";
import { dueTitlesFr as fr } from "./locales/dues-fr.ts";
import { listInaccuracies } from "./store/inaccuracies.ts";
import { waitingInquiries } from "./store/inquiries.ts";
import { unansweredRequests, unforwardedRequests } from "./store/requests.ts";

const MOST = 1_000;

function titled(key: keyof typeof en): Bilingual {
  return { en: en[key], fr: fr[key] };
}

export function requestDues({ unitOfWork }: Pick<DeskPorts, "unitOfWork">) {
  return ({ controller, before }: DueScope): Promise<readonly Due[]> =>
    unitOfWork.transaction(async (unit) => {
      if (controller !== "all") {
        const waiting = await unansweredRequests(unit, controller, { dueBefore: before, limit: MOST });
        return waiting.flatMap(({ id, answerDueAt }): readonly Due[] =>
          answerDueAt === undefined
            ? []
            : [
                {
                  ...{ id: `answer.${id}`, controller, clause: "D10.1c", title: titled("answer") },
                  ...{ dueAt: answerDueAt, href: `/requests/${id}` },
                },
              ],
        );
      }
      const inquiries = await waitingInquiries(unit, { dueBefore: before, limit: MOST });
      const requests = await unforwardedRequests(unit, "all", { dueBefore: before, limit: MOST });
      const reports = await listInaccuracies(unit, "all", { states: ["noted"], limit: MOST });
      return [
        ...inquiries.map(({ id, forwardDueAt, state }) => ({
          ...{ id: `assign.${id}`, controller: PUBLISHER, clause: "D10.1b", dueAt: forwardDueAt },
          title: titled(state === "unknownController" ? "unknown" : "assign"),
          href: `/requests/inquiries/${id}`,
        })),
        ...requests.map(({ id, controller: whose, forwardDueAt, bounces }) => ({
          ...{ id: `forward.${id}`, controller: whose, clause: "D10.1b", dueAt: forwardDueAt },
          title: titled(bounces > 0 ? "again" : "forward"),
          href: `/requests/${id}`,
        })),
        // Without delay: due since it was learnt.
        ...reports
          .filter(({ learntAt }) => learntAt < before)
          .map(({ id, controller: whose, learntAt }) => ({
            ...{ id: `tell.${id}`, controller: whose, clause: "D10.3b", dueAt: learntAt },
            ...{ title: titled("tell"), href: `/inaccuracies/${id}` },
          })),
      ];
    });
}
