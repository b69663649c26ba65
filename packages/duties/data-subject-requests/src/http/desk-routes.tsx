/** The desk: what waits, where it stands, and what came another way. */
import {
  dataSubjectRights,
  type InquiryId,
  isFault,
  otherRequests,
  type Ports,
  type PreauError,
  type RequestMatter,
} from "@preau/kernel";
import { PUBLISHER, sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import type { DeskPorts } from "../desk-ports.ts";
import { viewDesk } from "../desk-view.ts";
import { fault } from "../errors.ts";
import { DeskPage } from "../pages/desk-page.tsx";
import { EntryPage } from "../pages/entry-page.tsx";
import { type DeskView, deskViews } from "../store/desk.ts";
import { textsOf } from "../texts.ts";
import { keyOfForm, pressIn, requestIn, wrongIntake } from "./read-intake.ts";
import { momentIn } from "./read-moment.ts";
import {
  enterers,
  mayEnterRequests,
  mayRelay,
  scopeOf,
  seesClocksAlone,
  watchers,
} from "./request-access.ts";

type Response = Parameters<WebHandler>[1];

export const deskMenu = {
  path: "/requests",
  title: { fr: "Demandes", en: "Requests" },
  who: watchers,
} as const;

const MOST_PAGES = 10_000;

export function deskRoutes(ports: DeskPorts & Pick<Ports, "rightsDesk">): readonly WebRoute[] {
  const { unitOfWork, ids } = ports;

  const show: WebHandler = async (request, response) => {
    const { language, query } = request;
    const scope = scopeOf(request);
    const view = viewIn(query["view"], scope === "all");
    const matter = seesClocksAlone(request) ? undefined : matterIn(query["matter"]);
    const page = pageIn(query["page"]);
    const shown = await viewDesk(ports, scope, { view, matter, page });
    const content = (
      <DeskPage
        {...{ language, view, matter, page, ...shown }}
        several={scope === "all"}
        clocksAlone={seesClocksAlone(request)}
        enters={mayEnterRequests(request)}
      />
    );
    sendPage(request, response, content, { title: textsOf(language).desk.title });
  };

  const sendEntry = (
    request: WebRequest,
    response: Response,
    more: { readonly done?: InquiryId; readonly refused?: { readonly place: string | undefined } } = {},
  ): void => {
    const { language, form } = request;
    const { done, refused } = more;
    const content = (
      <EntryPage
        {...{ language, done }}
        press={ids.next("prs")}
        refused={refused && { ...refused, form }}
        reads={mayRelay(request)}
      />
    );
    sendPage(request, response, content, { title: textsOf(language).entry.title });
  };

  const showEntry: WebHandler = (request, response) => {
    requireDesk(request);
    sendEntry(request, response);
  };

  /** The clock runs since it reached us, not since it was typed. @clause D10.1b */
  const enter: WebHandler = async (request, response) => {
    requireDesk(request);
    const { form, language } = request;
    try {
      const place = wrongIntake(form);
      if (place !== undefined) throw fault("REQUEST_FIELD_BAD", { place });
      const done = await unitOfWork.transaction(async (unit) => {
        const { zone } = await ports.contracts.placeOf(unit, PUBLISHER);
        const receivedAt = momentIn(form, zone);
        const channel = form.get("channel") === "mail" ? "mail" : "support";
        const key = `entry ${keyOfForm(
          form,
          pressIn(form, () => ids.next("prs")),
        )}`;
        const received = await ports.rightsDesk.receive(
          unit,
          requestIn(form, { channel, receivedAt, language, key }, undefined),
        );
        return received.inquiry;
      });
      sendEntry(request, response, { done });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      response.status(error.status);
      sendEntry(request, response, { refused: { place: error.place } });
    }
  };

  return webRoutes([
    { method: "get", path: "/requests", who: watchers, clause: "D10.1b", handler: show },
    { method: "get", path: "/requests/entry", who: enterers, clause: "D10.1b", handler: showEntry },
    {
      ...{ method: "post", path: "/requests/entry", who: enterers, clause: "D10.1b", handler: enter },
      bodyLimit: 262_144,
    },
  ]);
}

/** What the reader can correct. */
export function isRefusal(error: unknown): error is PreauError {
  return isFault(error) && error.status < 500;
}

/** @throws REQUEST_NOT_FOR_YOU for somebody of one controller's */
function requireDesk(request: WebRequest): void {
  if (!mayEnterRequests(request)) throw fault("REQUEST_NOT_FOR_YOU");
}

function viewIn(value: unknown, all: boolean): DeskView {
  return deskViews.find((each) => each === value) ?? (all ? "toForward" : "withController");
}

function matterIn(value: unknown): RequestMatter | undefined {
  return [...dataSubjectRights, ...otherRequests].find((each) => each === value);
}

function pageIn(value: unknown): number {
  const page = Number(value);
  return Number.isInteger(page) && page > 0 && page <= MOST_PAGES ? page : 1;
}
