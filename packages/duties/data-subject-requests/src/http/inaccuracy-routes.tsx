/** Reports of inaccurate data: noted by the publisher's people, told to the controller, acknowledged by it. */
import type { PreauError } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import type { DeskPorts } from "../desk-ports.ts";
import { fault } from "../errors.ts";
import {
  acknowledgeInaccuracy,
  type InaccuracyId,
  type InaccurateData,
  inaccuracyPackage,
  noteInaccurateData,
} from "../inaccurate-data.ts";
import { InaccuraciesPage, InaccuracyPage, NewInaccuracyPage } from "../pages/inaccuracies-page.tsx";
import { personNamed } from "../person-named.ts";
import { recordHandOver } from "../relay-hand.ts";
import { listInaccuracies, readInaccuracy } from "../store/inaccuracies.ts";
import { textsOf } from "../texts.ts";
import { storesOf } from "./case-view.ts";
import { isRefusal } from "./desk-routes.tsx";
import { pressIn } from "./read-intake.ts";
import { momentIn } from "./read-moment.ts";
import {
  actorOf,
  answerers,
  controllerOf,
  enterers,
  mayAnswer,
  mayEnterRequests,
  readers,
  scopeOf,
} from "./request-access.ts";
import { sayRefusal } from "./say-refusal.ts";

type Response = Parameters<WebHandler>[1];

const MOST = 200;

export function inaccuracyRoutes(ports: Parameters<typeof storesOf>[0] & DeskPorts): readonly WebRoute[] {
  const { unitOfWork } = ports;

  const showAll: WebHandler = async (request, response) => {
    const { language } = request;
    const scope = scopeOf(request);
    const reports = await unitOfWork.transaction((unit) => listInaccuracies(unit, scope, { limit: MOST }));
    const page = (
      <InaccuraciesPage
        {...{ language, reports }}
        several={scope === "all"}
        reportsNew={mayEnterRequests(request)}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).inaccuracy.title });
  };

  const sendForm = async (request: WebRequest, response: Response, error?: PreauError): Promise<void> => {
    if (!mayEnterRequests(request)) throw fault("REQUEST_NOT_FOR_YOU");
    const { language } = request;
    const controller = controllerOf(request);
    const clients = await unitOfWork.transaction(async (unit) =>
      controller === undefined
        ? (await ports.contracts.list(unit, { scope: "all", limit: MOST, offset: 0 })).controllers
        : [],
    );
    const page = (
      <NewInaccuracyPage
        {...{ language, controller }}
        clients={clients.map(({ id, name }) => [id, name] as const)}
        stores={controller === undefined ? [] : storesOf(ports, { controller }, language)}
        press={ports.ids.next("prs")}
        refused={error && sayRefusal(error, language)}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).inaccuracy.new });
  };

  /** @clause D10.3b */
  const note: WebHandler = async (request, response) => {
    const { form } = request;
    try {
      if (!mayEnterRequests(request)) throw fault("REQUEST_NOT_FOR_YOU");
      const controller = controllerOf(request);
      if (controller === undefined) throw fault("REQUEST_FIELD_BAD", { place: "controller" });
      const subject = await personNamed(ports, controller, form.get("person"));
      const id = await unitOfWork.transaction(async (unit) => {
        const { zone } = await ports.contracts.placeOf(unit, controller);
        const place = `${form.get("store") ?? ""}/${form.get("column")?.trim() ?? ""}`;
        return noteInaccurateData(unit, ports, {
          ...{ controller, subject, place, what: form.get("what") ?? "" },
          ...{ learntAt: momentIn(form, zone), by: actorOf(request) },
          key: pressIn(form, () => ports.ids.next("prs")),
        });
      });
      response.redirect(303, `/inaccuracies/${id}`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      response.status(error.status);
      await sendForm(request, response, error);
    }
  };

  /** @throws REQUEST_NO_REQUEST for another controller's too */
  const reportIn = async (request: WebRequest): Promise<InaccurateData> => {
    const id = String(request.params["id"]) as InaccuracyId;
    const report = await unitOfWork.transaction((unit) => readInaccuracy(unit, scopeOf(request), id));
    if (report === undefined) throw fault("REQUEST_NO_REQUEST");
    return report;
  };

  const showOne: WebHandler = async (request, response) => {
    const { language } = request;
    const report = await reportIn(request);
    const acknowledges = mayAnswer(request);
    const given = acknowledges ? await inaccuracyPackage(ports, report.controller, report.id) : undefined;
    const page = (
      <InaccuracyPage
        {...{ language, report, acknowledges }}
        what={given?.what}
        tells={mayEnterRequests(request)}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).inaccuracy.report });
  };

  /** @clause D10.3b */
  const acknowledge: WebHandler = async (request, response) => {
    const report = await reportIn(request);
    await acknowledgeInaccuracy(ports, report, { by: actorOf(request) });
    response.redirect(303, `/inaccuracies/${report.id}`);
  };

  const handOver: WebHandler = async (request, response) => {
    const report = await reportIn(request);
    if (!mayEnterRequests(request)) throw fault("REQUEST_NOT_FOR_YOU");
    const { zone } = await unitOfWork.transaction((unit) => ports.contracts.placeOf(unit, report.controller));
    const typed = momentIn(request.form, zone);
    const at = typed < report.learntAt && !request.form.get("time")?.trim() ? report.learntAt : typed;
    const reference = request.form.get("reference") ?? "";
    await recordHandOver(ports, report, { at, reference, by: actorOf(request) });
    response.redirect(303, `/inaccuracies/${report.id}`);
  };

  const clause = "D10.3b";
  return webRoutes([
    { method: "get", path: "/inaccuracies", who: readers, clause, handler: showAll },
    {
      method: "get",
      path: "/inaccuracies/new",
      who: enterers,
      clause,
      handler: (request, response) => sendForm(request, response),
    },
    { method: "post", path: "/inaccuracies", who: enterers, clause, handler: note },
    { method: "get", path: "/inaccuracies/:id", who: readers, clause, handler: showOne },
    {
      ...{ method: "post", path: "/inaccuracies/:id/acknowledgement", who: answerers, clause },
      handler: acknowledge,
    },
    { method: "post", path: "/inaccuracies/:id/hand-over", who: enterers, clause, handler: handOver },
  ]);
}
