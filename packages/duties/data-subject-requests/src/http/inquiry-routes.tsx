/** One message: looked at, read on purpose, given to whom it concerns, or put aside. The publisher's own alone. */
import {
  controllerId,
  dataSubjectRights,
  type InquiryId,
  otherRequests,
  type PreauError,
} from "@preau/kernel";
import { PUBLISHER, sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import type { DeskPorts } from "../desk-ports.ts";
import { viewInquiry } from "../desk-view.ts";
import { fault } from "../errors.ts";
import { openInquiry } from "../inquiry-seal.ts";
import type { DataSubjectRequestsOptions } from "../options.ts";
import { InquiryPage, type InquiryPageProps, showReasons } from "../pages/inquiry-page.tsx";
import { requesterRoles } from "../pages/intake-page.tsx";
import { personNamed } from "../person-named.ts";
import { type AssignedPerson, assignInquiry } from "../receive-assign.ts";
import { candidatesOf } from "../receive-candidates.ts";
import { dismissals, dismissInquiry } from "../receive-dismiss.ts";
import { markUnknownController } from "../receive-sort.ts";
import { readInquiry } from "../store/inquiries.ts";
import { textsOf } from "../texts.ts";
import { isRefusal } from "./desk-routes.tsx";
import { actorOf, enterers, mayRelay, relayers, requirePublisher } from "./request-access.ts";
import { sayRefusal } from "./say-refusal.ts";

type Response = Parameters<WebHandler>[1];

export const inquiryEvents = ["data-subject-requests.textShown"] as const;

const MOST_PERSONS = 30;
/** That a list on a page is read. */
const MOST_CLIENTS = 200;

export function inquiryRoutes(ports: DeskPorts, options: DataSubjectRequestsOptions): readonly WebRoute[] {
  const { unitOfWork } = ports;

  const send = async (
    request: WebRequest,
    response: Response,
    more: Pick<InquiryPageProps, "shown"> & { readonly error?: PreauError } = {},
  ): Promise<void> => {
    const { language } = request;
    const read = await viewInquiry(ports, inquiryIn(request));
    const { error, shown } = more;
    const refused = error && sayRefusal(error, language);
    const page = <InquiryPage {...{ language, ...read, shown, refused }} decides={mayRelay(request)} />;
    sendPage(request, response, page, { title: textsOf(language).inquiry.title });
  };

  /** A second message, or a field that is wrong: the text is shown again, and that is journalled again. */
  const sendText = async (
    request: WebRequest,
    response: Response,
    { persons, error }: { readonly persons: number; readonly error?: PreauError },
  ): Promise<void> => {
    const { form } = request;
    const why = showReasons.find((each) => each === form.get("why"));
    if (why === undefined) throw fault("REQUEST_FIELD_BAD", { place: "why" });
    const shown = await show(request, why);
    const assign = { persons, why, typed: form.has("persons") ? form : undefined };
    await send(request, response, { shown: { ...shown, assign }, ...(error === undefined ? {} : { error }) });
  };

  /** Read on purpose, and never without a trace. @clause DD.7 */
  const show = (request: WebRequest, why: (typeof showReasons)[number]) =>
    unitOfWork.transaction(async (unit) => {
      const inquiry = await readInquiry(unit, inquiryIn(request));
      if (inquiry === undefined) throw fault("REQUEST_NO_INQUIRY");
      const text = await openInquiry(unit, ports, inquiry.id);
      if (text === undefined) throw fault("REQUEST_OVER");
      const { role, id } = actorOf(request);
      await ports.journal.record(unit, {
        ...{ log: "activity", type: inquiryEvents[0], clause: "DD.7", controller: PUBLISHER },
        actor: { role, ...(id === undefined ? {} : { id }) },
        payload: { inquiry: inquiry.id, why },
      });
      const { controllers, total } = await ports.contracts.list(unit, {
        ...{ scope: "all", limit: MOST_CLIENTS, offset: 0 },
      });
      return {
        text,
        candidates: await candidatesOf(unit, ports, options, inquiry, text),
        clients: total > MOST_CLIENTS ? [] : controllers.map(({ id, name }) => [id, name] as const),
      };
    });

  const showOne: WebHandler = async (request, response) => {
    requirePublisher(request);
    await send(request, response);
  };

  const showText: WebHandler = async (request, response) => {
    requirePublisher(request);
    await sendText(request, response, { persons: 1 });
  };

  const assign: WebHandler = async (request, response) => {
    requirePublisher(request);
    const { form } = request;
    const persons = Math.min(Math.max(Number(form.get("persons")) || 1, 1), MOST_PERSONS);
    if (form.has("more"))
      return sendText(request, response, { persons: Math.min(persons + 1, MOST_PERSONS) });
    try {
      const named: AssignedPerson[] = [];
      for (let at = 0; at < persons; at += 1) named.push(await personIn(ports, form, at));
      await assignInquiry(ports, { inquiry: inquiryIn(request), persons: named, by: actorOf(request) });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      response.status(error.status);
      return sendText(request, response, { persons, error });
    }
    response.redirect(303, `/requests/inquiries/${inquiryIn(request)}`);
  };

  const decided =
    (deed: (request: WebRequest) => Promise<void>): WebHandler =>
    async (request, response) => {
      requirePublisher(request);
      await deed(request);
      response.redirect(303, `/requests/inquiries/${inquiryIn(request)}`);
    };

  const dismiss = decided(async (request) => {
    const why = dismissals.find((each) => each === request.form.get("dismissal"));
    if (why === undefined) throw fault("REQUEST_FIELD_BAD", { place: "dismissal" });
    await dismissInquiry(ports, inquiryIn(request), { why, by: actorOf(request) });
  });

  const unknown = decided((request) => markUnknownController(ports, inquiryIn(request), actorOf(request)));

  const path = "/requests/inquiries/:id";
  const decide = { method: "post", who: relayers, clause: "D10.1b", bodyLimit: 524_288 } as const;
  return webRoutes([
    { method: "get", path, who: enterers, clause: "D10.1b", handler: showOne },
    { ...decide, path: `${path}/text`, clause: "DD.7", handler: showText },
    { ...decide, path: `${path}/requests`, handler: assign },
    { ...decide, path: `${path}/dismissal`, handler: dismiss },
    { ...decide, path: `${path}/unknown-controller`, handler: unknown },
  ]);
}

function inquiryIn(request: WebRequest): InquiryId {
  return String(request.params["id"]) as InquiryId;
}

/** One block of the form. @throws REQUEST_FIELD_BAD naming the field */
async function personIn(ports: DeskPorts, form: URLSearchParams, at: number): Promise<AssignedPerson> {
  const field = (name: string) => form.get(`p${at}-${name}`)?.trim() ?? "";
  const controller = readController(field("controller") || field("other"));
  const subject = await personNamed(ports, controller, field("subject"));
  const role = requesterRoles.find((each) => each === field("role"));
  const passed = field("passed");
  const name = field("name");
  return {
    controller,
    matters: [...dataSubjectRights, ...otherRequests].filter((each) => form.has(`p${at}-ask-${each}`)),
    text: passed === "whole" ? "whole" : passed === "extract" ? { extract: field("extract") } : "none",
    ...(subject === undefined ? {} : { subject }),
    ...(role === undefined ? {} : { role }),
    ...(name === "" ? {} : { concerns: name }),
  };
}

function readController(text: string) {
  try {
    return controllerId(text);
  } catch (cause) {
    throw fault("REQUEST_FIELD_BAD", { place: "controller", cause });
  }
}
