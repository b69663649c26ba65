/**
 * Behind a link nobody is signed in: what is fetched starts nothing, what is pressed counts once. A dead link says nothing of
 * whose it was. Towards D8.2, D8.3.
 */
import type { Unit } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { OBJECTION, RECEIPT } from "../link-purposes.ts";
import { noticePath, objectionPath } from "../messages.ts";
import { type LinkView, lookBehindLink, viewNotice } from "../notice-view.ts";
import { recordObjectionByLink } from "../object.ts";
import type { SubprocessorsOptions } from "../options.ts";
import { pageTextsOf } from "../page-texts.ts";
import { DeadLinkPage, NoticePage } from "../pages/notice-page.tsx";
import type { SubprocessorPorts } from "../ports.ts";
import { recordReceiptByLink } from "../record-receipt.ts";
import { capacityIn } from "./notice-routes.tsx";

type Response = Parameters<WebHandler>[1];
type Purpose = typeof RECEIPT | typeof OBJECTION;

/** Presses and looks by one address a quarter of an hour: a person needs few, a guesser many. */
const BRAKE = { attempts: 60, seconds: 900 } as const;

export function linkRoutes(ports: SubprocessorPorts, options: SubprocessorsOptions): readonly WebRoute[] {
  const tokenOf = (request: WebRequest) => String(request.params["token"]);

  const pageOf = async (
    unit: Unit,
    request: WebRequest,
    found: LinkView,
    { press, late }: { readonly press?: string; readonly late?: boolean },
  ) => {
    if (found.state === "unknown") return undefined;
    const { notice, change, standing } = found.view;
    const { controller } = notice;
    const client = (await ports.contracts.controller(unit, controller))?.name ?? controller;
    return (
      <NoticePage
        {...{ language: request.language, change, notice, standing, client }}
        agreement={ports.agreements.of(controller)}
        actions={press === undefined ? {} : { press }}
        asksCapacity
        {...(notice.receipt === undefined || press === undefined ? {} : { keep: press })}
        {...(late === undefined ? {} : { late })}
      />
    );
  };

  const sendDead = (request: WebRequest, response: Response, state: "used" | "expired" | "unknown") => {
    const { language } = request;
    response.status(state === "unknown" ? 404 : 410);
    sendPage(request, response, <DeadLinkPage {...{ language, state }} />, {
      title: pageTextsOf(language).noticeTitle,
    });
  };

  const show =
    (purpose: Purpose, pathOf: (token: string) => string): WebHandler =>
    async (request, response) => {
      const token = tokenOf(request);
      const { found, page } = await ports.unitOfWork.transaction(async (unit) => {
        const state = await lookBehindLink(unit, ports, purpose, token);
        const press = { press: pathOf(token) };
        return { found: state, page: state.state === "alive" && (await pageOf(unit, request, state, press)) };
      });
      if (page) sendPage(request, response, page, { title: pageTextsOf(request.language).noticeTitle });
      else sendDead(request, response, found.state === "alive" ? "unknown" : found.state);
    };

  const press =
    (purpose: Purpose): WebHandler =>
    async (request, response) => {
      const token = tokenOf(request);
      const given = { token, capacity: capacityIn(request.form) };
      const { state, page } = await ports.unitOfWork.transaction(async (unit) => {
        const found = await lookBehindLink(unit, ports, purpose, token);
        if (found.state !== "alive") return { state: found.state, page: undefined };
        const after = async (more: { readonly press?: string; readonly late?: boolean }) => {
          const view = await viewNotice(unit, ports, found.view.notice.controller, found.view.change.id);
          const now: LinkView = view === undefined ? found : { state: "used", view };
          return { state: found.state, page: await pageOf(unit, request, now, more) };
        };
        if (purpose === OBJECTION) {
          const { counts } = await recordObjectionByLink(unit, ports, options, given);
          return after({ late: !counts });
        }
        const { objection } = await recordReceiptByLink(unit, ports, options, given);
        if (objection === undefined) return after({});
        // Who objects at once has received it too: both are on record, or neither.
        if (request.form.get("press") !== "objection") return after({ press: objection.path });
        const own = { ...given, token: objection.path.slice(objectionPath("").length) };
        const { counts } = await recordObjectionByLink(unit, ports, options, own);
        return after({ late: !counts });
      });
      if (page === undefined) sendDead(request, response, state === "alive" ? "unknown" : state);
      else sendPage(request, response, page, { title: pageTextsOf(request.language).noticeTitle });
    };

  const anyone = { who: "anyone", rateLimit: BRAKE } as const;
  const receipt = { ...anyone, path: noticePath(":token"), clause: "D8.2" } as const;
  const objection = { ...anyone, path: objectionPath(":token"), clause: "D8.3" } as const;
  return webRoutes([
    { ...receipt, method: "get", handler: show(RECEIPT, noticePath) },
    { ...receipt, method: "post", handler: press(RECEIPT) },
    { ...objection, method: "get", handler: show(OBJECTION, objectionPath) },
    { ...objection, method: "post", handler: press(OBJECTION) },
  ]);
}
