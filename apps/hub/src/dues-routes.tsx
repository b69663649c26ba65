/** What is due: the page, the calendar file, and the address that a calendar subscribes to. */
import {
  sendPage,
  staffNetworkCheck,
  type WebHandler,
  type WebRequest,
  type WebRoute,
  webRoutes,
} from "@preau/web";
import { feedOfAccount, feedOwner, makeFeed, readerOfToken, revokeFeed } from "./calendar-feed.ts";
import { calendarFile } from "./calendar-file.ts";
import { type DueReader, dueRoles, duesOf, placeDues, scopeOf } from "./dues.ts";
import { duesTextsOf } from "./dues-texts.ts";
import { fault } from "./errors.ts";
import type { Hub } from "./hub.ts";
import { DuesPage } from "./pages/dues-page.tsx";
import type { Opens } from "./route-table.ts";

type Response = Parameters<WebHandler>[1];

/** Rows on one page, and names to choose from; filters reach the rest. */
const MOST_ROWS = 200;
/** Events in a calendar, the most urgent: a calendar of a year of ten thousand clients is none. */
const MOST_EVENTS = 1_000;
const FEED_BRAKE = { attempts: 300, seconds: 3_600 };

export function duesRoutes(hub: Hub, opens: Opens): readonly WebRoute[] {
  const { ports, config } = hub;
  const fromStaffNetwork = staffNetworkCheck(config.staffNetworks);

  const show = async (request: WebRequest, response: Response, address?: string) => {
    const { language } = request;
    const { data } = sessionOf(request);
    const all = await duesOf(hub, data);
    const filter = {
      controller: textOf(request.query["controller"]),
      clause: textOf(request.query["clause"]),
    };
    const found = all.filter(
      (due) =>
        (filter.controller === "" || due.controller === filter.controller) &&
        (filter.clause === "" || due.clause === filter.clause),
    );
    const owner = feedOwner(data);
    const feed = owner && (await feedOfAccount(ports, owner));
    const controllers = [...new Set(all.map(({ controller }) => controller))].sort();
    const everybodys = scopeOf(data) === "all";
    const page = (
      <DuesPage
        {...{ everybodys, filter }}
        dues={await placeDues(hub, found.slice(0, MOST_ROWS))}
        more={Math.max(0, found.length - MOST_ROWS)}
        controllers={controllers.length > MOST_ROWS ? undefined : controllers}
        clauses={[...new Set(all.map(({ clause }) => clause))].sort()}
        opens={(path) => opens(path, request.session)}
        feed={{
          possible: owner !== undefined,
          madeAt: feed?.madeAt,
          address,
          staff: !fromStaffNetwork(data.actorRole, undefined),
        }}
      />
    );
    sendPage(request, response, page, { title: duesTextsOf(language).title });
  };

  const make: WebHandler = async (request, response) => {
    const owner = feedOwner(sessionOf(request).data);
    if (owner === undefined) throw fault("HUB_FEED_NEEDS_ACCOUNT");
    const token = await makeFeed(ports, owner, request.language);
    await show(request, response, new URL(`/dues/feed/${token}.ics`, config.publicUrl).href);
  };

  const revoke: WebHandler = async (request, response) => {
    const owner = feedOwner(sessionOf(request).data);
    if (owner === undefined) throw fault("HUB_FEED_NEEDS_ACCOUNT");
    await revokeFeed(ports, owner);
    response.redirect(303, "/dues#calendar");
  };

  const fileFor = async (reader: DueReader, language: WebRequest["language"]) =>
    calendarFile((await duesOf(hub, reader)).slice(0, MOST_EVENTS), {
      language,
      now: ports.clock.now(),
      publicUrl: config.publicUrl,
      name: duesTextsOf(language).calendarName,
    });

  const download: WebHandler = async (request, response) => {
    response.setHeader("Content-Disposition", 'attachment; filename="preau-dues.ics"');
    sendCalendar(response, await fileFor(sessionOf(request).data, request.language));
  };

  /** A wrong token, an ended one, and staff's from another network are the same: there is no such address. Towards DD.6. */
  const subscribed: WebHandler = async (request, response) => {
    const [, token = ""] = /^([^.]+)\.ics$/.exec(String(request.params["file"])) ?? [];
    const reader = await readerOfToken(ports, token, config);
    if (reader === undefined || !fromStaffNetwork(reader.actorRole, request.ip))
      throw fault("HUB_FEED_UNKNOWN");
    sendCalendar(response, await fileFor(reader, reader.language));
  };

  return webRoutes([
    { method: "get", path: "/dues", who: dueRoles, handler: (request, response) => show(request, response) },
    { method: "get", path: "/dues.ics", who: dueRoles, handler: download },
    { method: "post", path: "/dues/feed", who: dueRoles, clause: "DD.7", handler: make },
    { method: "post", path: "/dues/feed/revocation", who: dueRoles, clause: "DD.7", handler: revoke },
    { method: "get", path: "/dues/feed/:file", who: "anyone", rateLimit: FEED_BRAKE, handler: subscribed },
  ]);
}

function sendCalendar(response: Response, file: string): void {
  response.type("text/calendar; charset=utf-8").send(file);
}

function sessionOf(request: WebRequest): NonNullable<WebRequest["session"]> {
  if (request.session === undefined) throw new TypeError("a route for roles has a session");
  return request.session;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
