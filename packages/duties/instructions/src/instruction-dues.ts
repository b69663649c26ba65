/** What waits for somebody: flagged instructions, notices that nobody has acknowledged, authorisations that end. */
import type { Due, DueScope } from "@preau/kernel";
import type { InstructionsPorts } from "./instructions-ports.ts";
import type { InstructionsOptions } from "./options.ts";
import { openFlags } from "./store/flag-rows.ts";
import { endingInstructions } from "./store/ledger-rows.ts";
import { listNotices } from "./store/notice-rows.ts";
import { textsOf } from "./texts.ts";
import { dueOf } from "./write-notice.ts";

export function instructionDues(ports: InstructionsPorts, options: InstructionsOptions) {
  return ({ controller, before }: DueScope): Promise<readonly Due[]> =>
    ports.unitOfWork.transaction(async (unit) => {
      const dues: Due[] = [];
      // At once: it was due when it was raised.
      for (const flag of await openFlags(unit, controller))
        dues.push({
          ...{ id: flag.id, controller: flag.controller, clause: "D6.2a", dueAt: flag.raisedAt },
          ...{ title: titleOf("dueFlag"), href: `/instructions/${flag.instruction}` },
        });
      for (const notice of await listNotices(unit, controller, "open"))
        dues.push({
          ...{ id: notice.id, controller: notice.controller, clause: "D6.1d", title: titleOf("dueNotice") },
          ...{ dueAt: await dueOf(unit, ports, options, notice), href: `/notices/${notice.id}` },
        });
      const now = ports.clock.now();
      for (const each of await endingInstructions(unit, controller, { now, before }))
        if (each.endsAt !== undefined)
          dues.push({
            ...{ id: each.id, controller: each.controller, clause: each.clause, dueAt: each.endsAt },
            title: titleOf(each.kind === "observePractices" ? "dueObservation" : "dueAuthorisation"),
            href: `/instructions/${each.id}`,
          });
      return dues.filter(({ dueAt }) => dueAt < before);
    });
}

function titleOf(word: "dueFlag" | "dueNotice" | "dueObservation" | "dueAuthorisation"): Due["title"] {
  return { fr: textsOf("fr")[word], en: textsOf("en")[word] };
}
