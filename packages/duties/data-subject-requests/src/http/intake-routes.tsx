/** Where data subjects ask, signed in or not, and follow what they asked. @clause D10.1a */
import type { Ports, RequestId } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRoute, webRoutes } from "@preau/web";
import type { DeskPorts } from "../desk-ports.ts";
import { fault } from "../errors.ts";
import { IntakePage } from "../pages/intake-page.tsx";
import { MinePage } from "../pages/mine-page.tsx";
import { ReceivedPage } from "../pages/received-page.tsx";
import { acknowledgementIn } from "../receive-acknowledgement.ts";
import { withdrawRequest } from "../request-close.ts";
import { inquiriesOfSubjects, readInquiry } from "../store/inquiries.ts";
import { requestsAbout } from "../store/requests.ts";
import { textsOf } from "../texts.ts";
import { keyOfForm, knownPerson, pressIn, requestIn, wrongIntake } from "./read-intake.ts";
import { actorOf } from "./request-access.ts";

export type IntakeRoutePorts = DeskPorts & Pick<Ports, "rightsDesk">;

export const intakeMenu = {
  path: "/requests/new",
  title: { fr: "Vos droits", en: "Your rights" },
  who: "anyone",
} as const;

export function intakeRoutes(ports: IntakeRoutePorts): readonly WebRoute[] {
  const { unitOfWork, rightsDesk, ids, clock } = ports;

  const show: WebHandler = (request, response) => {
    const { language } = request;
    const known = knownPerson(request)?.role;
    sendPage(request, response, <IntakePage {...{ language, known }} press={ids.next("prs")} />, {
      title: textsOf(language).intake.title,
    });
  };

  /** The same words to everybody: whether school or person are known is nobody's to learn here. @clause D10.1b */
  const receive: WebHandler = async (request, response) => {
    const { language, form } = request;
    const words = textsOf(language);
    const known = knownPerson(request);
    const press = pressIn(form, () => ids.next("prs"));
    const place = wrongIntake(form);
    if (place !== undefined) {
      response.status(422);
      const page = <IntakePage {...{ language, press }} known={known?.role} refused={{ place, form }} />;
      sendPage(request, response, page, { title: words.intake.title });
      return;
    }
    const came = {
      channel: "page",
      receivedAt: clock.now(),
      language,
      key: `page ${keyOfForm(form, press)}`,
    } as const;
    const inquiry = await unitOfWork.transaction(async (unit) => {
      const received = await rightsDesk.receive(unit, requestIn(form, came, known));
      return readInquiry(unit, received.inquiry);
    });
    if (inquiry === undefined) throw fault("REQUEST_NO_INQUIRY");
    const { id, receivedAt, forwardDueAt } = inquiry;
    const page = (
      <ReceivedPage {...{ language, receivedAt, forwardDueAt }} inquiry={id} follows={known !== undefined} />
    );
    sendPage(request, response, page, { title: acknowledgementIn(language).title });
  };

  const mine: WebHandler = async (request, response) => {
    const { language, session } = request;
    const { controller, subject } = session?.data ?? {};
    if (controller === undefined || subject === undefined) throw fault("REQUEST_NO_REQUEST");
    const shown = await unitOfWork.transaction(async (unit) => {
      const requests = await requestsAbout(unit, controller, [subject]);
      const inquiries = await inquiriesOfSubjects(unit, controller, [subject]);
      return {
        requests: requests.toReversed(),
        untold: inquiries.filter(({ state }) => state === "new").toReversed(),
      };
    });
    sendPage(request, response, <MinePage {...{ language, ...shown }} />, {
      title: textsOf(language).mine.title,
    });
  };

  /** Whoever asked takes it back; nobody else's exists. @clause D10.1a */
  const withdraw: WebHandler = async (request, response) => {
    const { controller } = request.session?.data ?? {};
    if (controller === undefined) throw fault("REQUEST_NO_REQUEST");
    const id = String(request.params["id"]) as RequestId;
    await withdrawRequest(ports, { controller, id }, actorOf(request));
    response.redirect(303, "/requests/mine");
  };

  return webRoutes([
    { method: "get", path: "/requests/new", who: "anyone", clause: "D10.1a", handler: show },
    {
      ...{ method: "post", path: "/requests/new", who: "anyone", clause: "D10.1a", handler: receive },
      // A text of 20,000 signs, each of three bytes written as nine.
      bodyLimit: 262_144,
      rateLimit: { attempts: 30, seconds: 600 },
    },
    { method: "get", path: "/requests/mine", who: ["dataSubject"], clause: "D10.1a", handler: mine },
    {
      ...{ method: "post", path: "/requests/mine/:id/withdrawal", who: ["dataSubject"], clause: "D10.1a" },
      handler: withdraw,
    },
  ]);
}
