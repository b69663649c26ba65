/** The in-memory reference of the desk for data subjects' requests: it takes them in, once each. It seals nothing. */
import type { Clock } from "./clock.ts";
import { fault } from "./errors.ts";
import type { Ids } from "./ids.ts";
import { assertOpen, onRollback } from "./in-memory-unit-of-work.ts";
import type {
  InquiryId,
  Received,
  ReceivedRequest,
  RequestId,
  RequestMatter,
  RightsDesk,
} from "./rights-desk.ts";

export interface InMemoryRightsDesk extends RightsDesk {
  /** Everything taken in, oldest first. */
  inquiries(): readonly { readonly id: InquiryId; readonly request: ReceivedRequest }[];
}

const LONGEST_TEXT = 20_000;

/** @throws REQUEST_BAD naming the field */
export function requireRequest({ key, receivedAt, text }: ReceivedRequest, now: string): void {
  if (key.trim() === "" || key.length > 500) throw fault("REQUEST_BAD", { place: "key" });
  if (receivedAt > now) throw fault("REQUEST_BAD", { place: "receivedAt" });
  if (text !== undefined && text.length > LONGEST_TEXT) throw fault("REQUEST_BAD", { place: "text" });
}

export function inMemoryRightsDesk({
  clock,
  ids,
}: {
  readonly clock: Clock;
  readonly ids: Ids;
}): InMemoryRightsDesk {
  const taken = new Map<
    string,
    { readonly id: InquiryId; readonly request: ReceivedRequest; received: Received }
  >();
  const own = new Map<string, RequestId>();
  return {
    receive: async (unit, request) => {
      assertOpen(unit);
      requireRequest(request, clock.now());
      const twin = taken.get(request.key);
      if (twin !== undefined) return { ...twin.received, isNew: false };
      const { requester, concerns, matters = [] } = request;
      const { controller, subject } = requester ?? {};
      const id = ids.next("inq");
      const opened: RequestId[] = [];
      /** The person's own case about that right, which nothing closes here; a new one for whoever asks for another. */
      const caseOf = (matter: RequestMatter): RequestId => {
        const whose =
          concerns === undefined && subject !== undefined
            ? JSON.stringify([controller, subject, matter])
            : undefined;
        const open = whose === undefined ? undefined : own.get(whose);
        if (open !== undefined) return open;
        const request = ids.next("rqs");
        opened.push(request);
        if (whose !== undefined) {
          own.set(whose, request);
          onRollback(unit, () => void own.delete(whose));
        }
        return request;
      };
      // Somebody signed in has one controller: one case a right. Everybody else's is decided by a person.
      const requests = controller === undefined ? [] : [...new Set(matters)].map(caseOf);
      const isNew = requests.length === 0 || opened.length > 0;
      const received: Received = { inquiry: id, requests, isNew };
      taken.set(request.key, { id, request: structuredClone(request), received });
      onRollback(unit, () => void taken.delete(request.key));
      return received;
    },
    inquiries: () => [...taken.values()].map(({ id, request }) => ({ id, request })),
  };
}
