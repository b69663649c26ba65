/** What either side tells the other, seen by both, acknowledged by the one it is told to. @clause D6.1d */
import { isFault } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import type { InstructionsPorts } from "../instructions-ports.ts";
import { type Notice, noticeCategories } from "../notice.ts";
import type { InstructionsOptions } from "../options.ts";
import { NoticeLinkPage } from "../pages/notice-link-page.tsx";
import { NoticesPage } from "../pages/notices-page.tsx";
import type { Refused } from "../pages/writing-fields.tsx";
import { findNotice, listNotices } from "../store/notice-rows.ts";
import { textsOf } from "../texts.ts";
import { acknowledgeNotice, dueOf, wordsOf, writeNotice } from "../write-notice.ts";
import {
  actorOf,
  controllerOf,
  isKeeper,
  isOwn,
  readers,
  requireController,
  scopeOf,
  writers,
} from "./ledger-access.ts";
import { clientsOf, refusedOf } from "./ledger-routes.tsx";

type Response = Parameters<WebHandler>[1];

export function noticeRoutes(ports: InstructionsPorts, options: InstructionsOptions): readonly WebRoute[] {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);

  const sendAll = async (request: WebRequest, response: Response, refused?: Refused) => {
    const { language } = request;
    const scope = scopeOf(request);
    const notices = await inUnit(async (unit) => {
      const listed = [];
      for (const each of await listNotices(unit, scope))
        listed.push({
          ...each,
          dueAt: each.acknowledged === undefined ? await dueOf(unit, ports, options, each) : undefined,
        });
      return listed;
    });
    const controller = controllerOf(request);
    const writes = isOwn(request) || isKeeper(request);
    const page = (
      <NoticesPage
        {...{ language, notices, controller, writes, refused, several: scope === "all" }}
        clients={writes && controller === undefined ? await clientsOf(ports, request) : []}
        press={ports.ids.next("prs")}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).notices });
  };

  const write: WebHandler = async (request, response) => {
    const { form } = request;
    try {
      if (!isOwn(request) && !isKeeper(request)) throw fault("INSTRUCTIONS_NO_CONTROLLER");
      const category = noticeCategories.find((each) => each === form.get("category"));
      if (category === undefined) throw fault("INSTRUCTIONS_BAD_NOTICE", { place: "category" });
      const id = await writeNotice(ports, options, {
        ...{ controller: requireController(request), category, by: actorOf(request) },
        clause: form.get("clause")?.trim() || undefined,
        text: form.get("text") ?? "",
        press: form.get("press")?.slice(0, 64) || undefined,
      });
      response.redirect(303, `/notices/${id}`);
    } catch (error) {
      if (!isFault(error) || error.status >= 500) throw error;
      response.status(error.status);
      await sendAll(request, response, refusedOf(request, error));
    }
  };

  /** @throws INSTRUCTIONS_NO_NOTICE */
  const named = async (request: WebRequest): Promise<Notice> => {
    const id = String(request.params["id"]);
    const found = await inUnit((unit) => findNotice(unit, scopeOf(request), id));
    if (found === undefined) throw fault("INSTRUCTIONS_NO_NOTICE");
    return found;
  };

  const showOne: WebHandler = async (request, response) => {
    const { language } = request;
    const notice = await named(request);
    const isTheirs = notice.towards === "publisher" ? isKeeper(request) : isOwn(request);
    const action = isTheirs ? `/notices/${notice.id}/acknowledgement` : undefined;
    const text = await wordsOf(ports, notice);
    const page = (
      <>
        <p class="over">
          <a href="/notices">{textsOf(language).notices}</a> · {notice.controller}
        </p>
        <NoticeLinkPage {...{ language, notice, text, action }} />
      </>
    );
    sendPage(request, response, page, { title: textsOf(language).notices });
  };

  const acknowledge: WebHandler = async (request, response) => {
    const { controller, id } = await named(request);
    await acknowledgeNotice(ports, { controller, id, by: actorOf(request) });
    response.redirect(303, `/notices/${id}`);
  };

  const read = { method: "get", who: readers, clause: "D6.1d" } as const;
  const say = { method: "post", who: writers, clause: "D6.1d" } as const;
  return webRoutes([
    { ...read, path: "/notices", handler: (request, response) => sendAll(request, response) },
    { ...say, path: "/notices", handler: write },
    { ...read, path: "/notices/:id", handler: showOne },
    { ...say, path: "/notices/:id/acknowledgement", handler: acknowledge },
  ]);
}
