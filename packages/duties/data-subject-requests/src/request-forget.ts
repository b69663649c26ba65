/** Destroys the keys of what is over: after the unit that closed it, since keys live apart; what a crash left, at the next turn. */
import type { DeskPorts } from "./desk-ports.ts";
import { inquiryScope, thingScope } from "./inquiry-seal.ts";
import { recordInquiry } from "./request-journal.ts";
import { inaccuraciesToForget, markInaccuracyGone } from "./store/inaccuracies.ts";
import { inquiriesToForget, lockInquiry, updateInquiry } from "./store/inquiries.ts";
import { requestsToForget, updateRequest } from "./store/requests.ts";

type Ports = Pick<DeskPorts, "clock" | "journal" | "unitOfWork" | "vault">;

const PAGE = 200;

/** How many keys went. Twice is once. @clause D10.1b */
export async function forgetClosed(ports: Ports): Promise<number> {
  const over = await ports.unitOfWork.transaction(async (unit) => ({
    requests: await requestsToForget(unit, PAGE),
    inquiries: await inquiriesToForget(unit, PAGE),
    reports: await inaccuraciesToForget(unit, PAGE),
  }));
  const { requests, inquiries, reports } = over;
  const scopes = [...[...requests, ...reports].map(thingScope), ...inquiries.map(inquiryScope)];
  if (scopes.length === 0) return 0;
  await ports.vault.destroy(scopes);
  await ports.unitOfWork.transaction(async (unit) => {
    const at = ports.clock.now();
    for (const key of requests) await updateRequest(unit, key, { sealedGoneAt: at });
    for (const key of reports) await markInaccuracyGone(unit, key, at);
    for (const id of inquiries) {
      const inquiry = await lockInquiry(unit, id);
      if (inquiry === undefined || inquiry.textGoneAt !== undefined) continue;
      await updateInquiry(unit, id, { textGoneAt: at, sealed: null });
      await recordInquiry(unit, ports, id, { type: "data-subject-requests.textDestroyed" });
    }
  });
  return scopes.length;
}
