/** Behind the link of a relay. Looking changes nothing; a press opens it, once; a dead one says what to do. */
import { isFault } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { inaccuracyPackage } from "../inaccurate-data.ts";
import {
  type DeadLink,
  DeadRelayPage,
  OpenedRelayPage,
  OpenedReportPage,
  RelayPage,
} from "../pages/relay-page.tsx";
import { relayPath } from "../relay.ts";
import { lookAtRelay, openRelay } from "../relay-open.ts";
import { relayPackage } from "../relay-package.ts";
import { isReport } from "../relay-thing.ts";
import { textsOf } from "../texts.ts";
import { type CasePorts, categoryNames } from "./case-view.ts";

type Response = Parameters<WebHandler>[1];

const path = "/requests/relay/:token";
const anyone = {
  who: "anyone",
  clause: "D10.1b",
  path,
  rateLimit: { attempts: 60, seconds: 60 },
  bodyLimit: 8_192,
} as const;
const STATUS: Readonly<Record<DeadLink, number>> = { used: 410, expired: 410, unknown: 404 };

export function relayRoutes(ports: CasePorts): readonly WebRoute[] {
  const sendDead = (request: WebRequest, response: Response, state: DeadLink): void => {
    const { language } = request;
    response.status(STATUS[state]);
    sendPage(request, response, <DeadRelayPage {...{ language, state }} />, {
      title: textsOf(language).relay.dead[state].title,
    });
  };

  /** A mail scanner that comes by opens nothing. */
  const look: WebHandler = async (request, response) => {
    const { language } = request;
    const token = tokenIn(request);
    const state = await lookAtRelay(ports, token);
    if (state !== "alive") {
      sendDead(request, response, state);
      return;
    }
    const page = <RelayPage language={language} action={relayPath(token)} />;
    sendPage(request, response, page, { title: textsOf(language).relay.title });
  };

  /** @clause D10.1b */
  const open: WebHandler = async (request, response) => {
    const token = tokenIn(request);
    const opened = await openRelay(ports, token).catch(deadOnly);
    if (opened === undefined) {
      const state = await lookAtRelay(ports, token);
      // What was alive and cannot be opened is over: it says no more than one that was taken back.
      sendDead(request, response, state === "alive" ? "unknown" : state);
      return;
    }
    const { controller, thing } = opened;
    const { language } = request;
    if (isReport(thing)) {
      const { report, what } = await inaccuracyPackage(ports, controller, thing);
      const page = <OpenedReportPage {...{ language, report, what }} />;
      sendPage(request, response, page, { title: textsOf(language).relay.reportTitle });
      return;
    }
    const given = await relayPackage(ports, controller, thing);
    const names = categoryNames(ports, { controller }, language);
    const page = <OpenedRelayPage {...{ language, given }} categoryName={names} />;
    sendPage(request, response, page, {
      title: textsOf(language).matters[given.request.matter],
    });
  };

  return webRoutes([
    { method: "get", handler: look, ...anyone },
    { method: "post", handler: open, ...anyone },
  ]);
}

function tokenIn({ params }: WebRequest): string {
  return String(params["token"]);
}

function deadOnly(error: unknown): undefined {
  if (isFault(error, "WEB_LINK_DEAD") || isFault(error, "REQUEST_OVER")) return undefined;
  throw error;
}
