/** Requests to observe practices: asked by the publisher, shown to the client's people in full, answered by them. @clause S14 */
import { dayIn as dayOf } from "@preau/calendar";
import { isFault } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { approveObservation, refuseObservation } from "../answer-observation.ts";
import {
  askObservation,
  changeObservation,
  OBSERVATION_LINK,
  openObservation,
  withdrawObservation,
} from "../ask-observation.ts";
import { fault } from "../errors.ts";
import { handLinkOver } from "../hand-link.ts";
import type { InstructionsPorts } from "../instructions-ports.ts";
import type { Observation } from "../observation.ts";
import { readFields } from "../observation-fields.ts";
import type { InstructionsOptions } from "../options.ts";
import { ObservationPage } from "../pages/observation-page.tsx";
import { NewObservationPage, ObservationsPage } from "../pages/observations-pages.tsx";
import type { Refused } from "../pages/writing-fields.tsx";
import { findObservation, listObservations } from "../store/observation-rows.ts";
import { textsOf } from "../texts.ts";
import {
  actorOf,
  controllerOf,
  isKeeper,
  isOwn,
  keepers,
  ownPeople,
  readers,
  requireController,
  requireKeeper,
  scopeOf,
} from "./ledger-access.ts";
import { firstInstantOf, lastInstantOf } from "./ledger-form.ts";
import { clientsOf, refusedOf } from "./ledger-routes.tsx";
import { titlesOf } from "./link-routes.tsx";

type Response = Parameters<WebHandler>[1];

export function observationRoutes(
  ports: InstructionsPorts,
  options: InstructionsOptions,
): readonly WebRoute[] {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);

  const showAll: WebHandler = async (request, response) => {
    const { language } = request;
    const scope = scopeOf(request);
    const observations = await inUnit((unit) => listObservations(unit, scope));
    const page = (
      <ObservationsPage {...{ language, observations, several: scope === "all", asks: isKeeper(request) }} />
    );
    sendPage(request, response, page, { title: textsOf(language).observations });
  };

  /** @throws INSTRUCTIONS_NO_OBSERVATION */
  const opened = async (request: WebRequest, id: string): Promise<Observation> => {
    const sealed = await inUnit((unit) => findObservation(unit, scopeOf(request), id));
    const found = sealed && (await openObservation(ports, sealed));
    if (found === undefined) throw fault("INSTRUCTIONS_NO_OBSERVATION");
    return found;
  };
  const named = (request: WebRequest) => opened(request, String(request.params["id"]));

  const sendForm = async (
    request: WebRequest,
    response: Response,
    change?: Observation,
    refused?: Refused,
  ) => {
    const { language } = request;
    const controller = change?.controller ?? controllerOf(request);
    const products =
      controller === undefined
        ? []
        : ports.agreements.of(controller).products.map((each) => [each.id, each[language]] as const);
    const clients = controller === undefined ? await clientsOf(ports, request) : [];
    const page = <NewObservationPage {...{ language, controller, clients, products, change, refused }} />;
    sendPage(request, response, page, { title: textsOf(language).observationNew });
  };

  const showForm: WebHandler = async (request, response) => {
    requireKeeper(request);
    const { change } = request.query;
    if (typeof change !== "string") return sendForm(request, response);
    const found = await opened(request, change);
    const { zone } = await inUnit((unit) => ports.contracts.placeOf(unit, found.controller));
    const form = new URLSearchParams({
      ...{ product: found.product, purpose: found.purpose, capacity: found.capacity },
      ...{ startsOn: dayOf(zone, found.startsAt), endsOn: dayOf(zone, found.endsAt) },
      fields: found.fields.join("\n"),
    });
    return sendForm(request, response, found, { says: "", remedy: undefined, place: undefined, form });
  };

  const ask: WebHandler = async (request, response) => {
    requireKeeper(request);
    const { form } = request;
    const changed = form.get("change");
    const change = changed === null ? undefined : await opened(request, changed);
    try {
      const controller = change?.controller ?? requireController(request);
      const { zone } = await inUnit((unit) => ports.contracts.placeOf(unit, controller));
      const fields = readFields(form.get("fields") ?? "");
      if (fields === undefined)
        throw fault("INSTRUCTIONS_BAD_OBSERVATION", { place: "fields", clause: "S14" });
      const asked = {
        ...{ controller, by: actorOf(request), fields, product: form.get("product") ?? "" },
        ...{ purpose: form.get("purpose") ?? "", capacity: form.get("capacity") ?? "" },
        startsAt: firstInstantOf(form.get("startsOn") ?? "", zone, "startsOn"),
        endsAt: lastInstantOf(form.get("endsOn") ?? "", zone, "endsOn"),
      };
      let id = change?.id;
      if (id === undefined) id = await askObservation(ports, asked);
      else await changeObservation(ports, { ...asked, id });
      response.redirect(303, `/instructions/observations/${id}`);
    } catch (error) {
      if (!isFault(error) || error.status >= 500) throw error;
      response.status(error.status);
      await sendForm(request, response, change, refusedOf(request, error));
    }
  };

  const send = async (
    request: WebRequest,
    response: Response,
    once: { readonly link?: string; readonly refused?: Refused } = {},
  ) => {
    const { language } = request;
    const observation = await named(request);
    const page = (
      <ObservationPage
        {...{ language, observation, answers: isOwn(request), asks: isKeeper(request), ...once }}
        titles={titlesOf(ports, observation.controller, observation.fields)}
        answerAction={`/instructions/observations/${observation.id}/answer`}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).observations });
  };

  const answer: WebHandler = async (request, response) => {
    const { id, controller } = await named(request);
    const given = { controller, id, by: actorOf(request) };
    try {
      if (request.form.get("answer") === "refuse") await refuseObservation(ports, given);
      else await approveObservation(ports, { ...given, hash: request.form.get("hash") ?? "" });
      response.redirect(303, `/instructions/observations/${id}`);
    } catch (error) {
      if (!isFault(error) || error.status >= 500) throw error;
      response.status(error.status);
      await send(request, response, { refused: refusedOf(request, error) });
    }
  };

  const withdraw: WebHandler = async (request, response) => {
    requireKeeper(request);
    const { id, controller } = await named(request);
    await withdrawObservation(ports, { controller, id, by: actorOf(request) });
    response.redirect(303, `/instructions/observations/${id}`);
  };

  const handLink: WebHandler = async (request, response) => {
    requireKeeper(request);
    const { controller, id } = await named(request);
    const of = { controller, thing: id, purpose: OBSERVATION_LINK, by: actorOf(request) } as const;
    const link = await inUnit((unit) => handLinkOver(unit, ports, options, of));
    await send(request, response, { link: `${options.publicUrl}${link}` });
  };

  const read = { method: "get", who: readers, clause: "S14" } as const;
  const keep = { method: "post", who: keepers, clause: "S14" } as const;
  const one = "/instructions/observations/:id";
  return webRoutes([
    { ...read, path: "/instructions/observations", handler: showAll },
    { ...keep, path: "/instructions/observations", handler: ask },
    { ...read, path: "/instructions/observations/new", who: keepers, handler: showForm },
    { ...read, path: one, handler: (request, response) => send(request, response) },
    { ...keep, path: `${one}/answer`, who: ownPeople, handler: answer },
    { ...keep, path: `${one}/withdrawal`, handler: withdraw },
    { ...keep, path: `${one}/link`, handler: handLink },
  ]);
}
