/** Changes as the publisher prepares, announces and follows them. Towards D8.2, D9.3. */

import { PUBLISHER } from "@preau/contracts";
import type { ControllerId, Unit } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { announceChange, concernedControllers } from "../announce-change.ts";
import type { Change, ChangeId } from "../change.ts";
import { fault } from "../errors.ts";
import type { Notice } from "../notice.ts";
import { standingFor } from "../object.ts";
import { pageTextsOf } from "../page-texts.ts";
import { ChangeFormPage } from "../pages/change-form-page.tsx";
import { ChangePage, type NoticeLine } from "../pages/change-page.tsx";
import type { SubprocessorPorts } from "../ports.ts";
import { discardChange, proposeChange } from "../propose-change.ts";
import { readChange } from "../store/changes.ts";
import { listNotices, noticeCounts } from "../store/notice-lists.ts";
import { readNotice } from "../store/notices.ts";
import { takeBackChange } from "../take-back.ts";
import { actorOf, officerRoles, prepares, requireStaff } from "./access.ts";
import { changeIn } from "./change-form.ts";
import { mechanismsOf } from "./mechanisms.ts";
import { refusalOf } from "./registry-routes.tsx";

type Response = Parameters<WebHandler>[1];

const PAGE = 50;

export function changeRoutes(ports: SubprocessorPorts): readonly WebRoute[] {
  const sendForm = (
    request: WebRequest,
    response: Response,
    refused?: ReturnType<typeof refusalOf>,
  ): void => {
    const { language } = request;
    const agreement = ports.agreements.of(PUBLISHER);
    const page = (
      <ChangeFormPage
        {...{ language, agreement, mechanisms: mechanismsOf(agreement) }}
        {...(refused === undefined ? {} : { refused })}
      />
    );
    sendPage(request, response, page, { title: pageTextsOf(language).changeTitle });
  };

  const propose: WebHandler = async (request, response) => {
    const given = { change: changeIn(request.form), by: actorOf(request) };
    try {
      const id = await ports.unitOfWork.transaction((unit) => proposeChange(unit, ports, given));
      response.redirect(303, `/subprocessors/changes/${id}`);
    } catch (error) {
      const refused = refusalOf(error, request);
      response.status(refused.status);
      sendForm(request, response, refused);
    }
  };

  /** @throws SUBPROCESSORS_NO_CHANGE */
  const named = async (unit: Unit, request: WebRequest): Promise<Change> => {
    requireStaff(request);
    const change = await readChange(unit, String(request.params["id"]) as ChangeId);
    if (change === undefined) throw fault("SUBPROCESSORS_NO_CHANGE");
    return change;
  };

  /** A page of notices in the order of clients, or those of the clients that the words find. */
  const noticesOf = async (unit: Unit, change: Change, search: string, offset: number) => {
    if (search === "") return listNotices(unit, { scope: "all", change: change.id, limit: PAGE + 1, offset });
    const { controllers } = await ports.contracts.list(unit, { scope: "all", search, limit: PAGE, offset });
    const found: Notice[] = [];
    for (const { id } of controllers) {
      const notice = await readNotice(unit, id, change.id);
      if (notice !== undefined) found.push(notice);
    }
    return found;
  };

  const lineOf = async (unit: Unit, change: Change, notice: Notice): Promise<NoticeLine> => ({
    notice,
    client: (await ports.contracts.controller(unit, notice.controller))?.name ?? notice.controller,
    standing: await standingFor(unit, ports, notice, change),
  });

  const show: WebHandler = async (request, response) => {
    const { language } = request;
    const search = typeof request.query["client"] === "string" ? request.query["client"].slice(0, 100) : "";
    const offset = offsetIn(request.query["after"]);
    const page = await ports.unitOfWork.transaction(async (unit) => {
      const change = await named(unit, request);
      const notices = await noticesOf(unit, change, search, offset);
      const lines: NoticeLine[] = [];
      for (const notice of notices.slice(0, PAGE)) lines.push(await lineOf(unit, change, notice));
      const { byDelivery, received, objected } = await noticeCounts(unit, change.id);
      const clients = change.state === "draft" ? (await concernedControllers(unit, ports, change)).size : 0;
      return (
        <ChangePage
          {...{ language, change, lines, search, clients }}
          agreement={ports.agreements.of(PUBLISHER)}
          counts={{ ...byDelivery, received, objected }}
          decides={prepares(request)}
          {...(notices.length > PAGE ? { after: String(offset + PAGE) } : {})}
        />
      );
    });
    sendPage(request, response, page, { title: pageTextsOf(language).change });
  };

  const act =
    (
      what: (unit: Unit, change: Change, request: WebRequest) => Promise<unknown>,
      after?: string,
    ): WebHandler =>
    async (request, response) => {
      const id = await ports.unitOfWork.transaction(async (unit) => {
        const change = await named(unit, request);
        await what(unit, change, request);
        return change.id;
      });
      response.redirect(303, after ?? `/subprocessors/changes/${id}`);
    };

  const announce = act((unit, { id, version }, request) =>
    announceChange(unit, ports, { id, version, to: namedIn(request), by: actorOf(request) }),
  );
  const withdraw = act((unit, { id }, request) => takeBackChange(unit, ports, { id, by: actorOf(request) }));
  const discard = act(
    (unit, { id }, request) => discardChange(unit, ports, { id, by: actorOf(request) }),
    "/subprocessors",
  );

  const changes = "/subprocessors/changes";
  const decide = { method: "post", who: officerRoles, clause: "D8.2" } as const;
  const read = { method: "get", clause: "D8.2" } as const;
  return webRoutes([
    {
      ...read,
      path: `${changes}/new`,
      who: officerRoles,
      handler: (request, response) => sendForm(request, response),
    },
    { ...decide, path: changes, handler: propose },
    { ...read, path: `${changes}/:id`, who: [...officerRoles, "operations"], handler: show },
    { ...decide, path: `${changes}/:id/announcement`, handler: announce },
    { ...decide, path: `${changes}/:id/withdrawal`, handler: withdraw },
    { ...decide, path: `${changes}/:id/deletion`, handler: discard },
  ]);
}

function namedIn({ form }: WebRequest): "all" | readonly ControllerId[] {
  const named =
    form
      .get("clients")
      ?.split(/[\s,]+/)
      .filter(Boolean) ?? [];
  return named.length === 0 ? "all" : (named as ControllerId[]);
}

function offsetIn(after: unknown): number {
  const offset = typeof after === "string" ? Number(after) : 0;
  return Number.isSafeInteger(offset) && offset > 0 ? offset : 0;
}
