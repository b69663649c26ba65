/** What the desk shows, on its pages and at the terminal: what waits, where each stands, nobody's name and no text. */
import type { InquiryId, RequestId, RequestMatter } from "@preau/kernel";
import type { DeskPorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import type { Action } from "./execute-action.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Relay } from "./relay.ts";
import type { Request } from "./request.ts";
import { actionsOfRequest } from "./store/actions.ts";
import { type DeskCounts, type DeskRow, type DeskView, deskCounts, deskPage } from "./store/desk.ts";
import { readInquiry, waitingInquiries } from "./store/inquiries.ts";
import { relaysOf } from "./store/relays.ts";
import { type RequestScope, readRequest, requestsOfInquiry } from "./store/requests.ts";

const PAGE = 50;
const MOST_INQUIRIES = 50;

export interface DeskShown {
  /** The most urgent first. */
  readonly rows: readonly DeskRow[];
  /** There is a next page. */
  readonly more: boolean;
  readonly counts: DeskCounts;
  /** Messages that wait for a person, the soonest due first; undefined for one controller's people. */
  readonly inquiries: readonly Inquiry[] | undefined;
}

type Ports = Pick<DeskPorts, "clock" | "unitOfWork">;

/** One page of a scope's requests, of one view; the first is 1. */
export function viewDesk(
  { clock, unitOfWork }: Ports,
  scope: RequestScope,
  {
    view,
    matter,
    page = 1,
  }: { readonly view: DeskView; readonly matter?: RequestMatter | undefined; readonly page?: number },
): Promise<DeskShown> {
  return unitOfWork.transaction(async (unit) => {
    const wanted = { view, matter, limit: PAGE + 1, offset: (page - 1) * PAGE };
    const rows = await deskPage(unit, scope, wanted);
    return {
      rows: rows.slice(0, PAGE),
      more: rows.length > PAGE,
      counts: await deskCounts(unit, scope, clock.now()),
      inquiries: scope === "all" ? await waitingInquiries(unit, { limit: MOST_INQUIRIES }) : undefined,
    };
  });
}

export interface RequestShown {
  readonly request: Request;
  readonly relays: readonly Relay[];
  readonly actions: readonly Action[];
}

/** @throws REQUEST_NO_REQUEST for another controller's too */
export function viewRequest(
  { unitOfWork }: Ports,
  scope: RequestScope,
  id: RequestId,
): Promise<RequestShown> {
  return unitOfWork.transaction(async (unit) => {
    const request = await readRequest(unit, scope, id);
    if (request === undefined) throw fault("REQUEST_NO_REQUEST");
    return {
      request,
      relays: await relaysOf(unit, request.controller, id),
      actions: await actionsOfRequest(unit, request.controller, id),
    };
  });
}

/** Of the publisher's own alone. @throws REQUEST_NO_INQUIRY */
export function viewInquiry(
  { unitOfWork }: Ports,
  id: InquiryId,
): Promise<{ readonly inquiry: Inquiry; readonly requests: readonly Request[] }> {
  return unitOfWork.transaction(async (unit) => {
    const inquiry = await readInquiry(unit, id);
    if (inquiry === undefined) throw fault("REQUEST_NO_INQUIRY");
    return { inquiry, requests: await requestsOfInquiry(unit, id) };
  });
}
