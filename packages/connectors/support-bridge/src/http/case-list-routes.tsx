/** The list of cases. */
import { namedController, sendPage, type WebHandler, type WebRoute, webRoutes } from "@preau/web";
import { CasesPage } from "../pages/cases-page.tsx";
import { caseViews } from "../store/case-list.ts";
import { textsOf } from "../texts.ts";
import { viewCases } from "../view-cases.ts";
import { type PeoplePorts, scopeOf, seesClocksAlone, watchers } from "./support-access.ts";

export const casesMenu = {
  path: "/support/cases",
  title: { fr: "Dossiers d’assistance", en: "Support cases" },
  who: watchers,
} as const;

const MOST_PAGES = 10_000;

export function caseListRoutes(ports: PeoplePorts): readonly WebRoute[] {
  const show: WebHandler = async (request, response) => {
    const { language, query } = request;
    const scope = scopeOf(request);
    const view = caseViews.find((each) => each === query["view"]) ?? "open";
    const page = pageIn(query["page"]);
    // Of our own people: one client's, where they name it.
    const client = scope === "all" ? namedController(request, scope) : undefined;
    const shown = await viewCases(ports, client ?? scope, { view, page });
    const content = (
      <CasesPage
        {...{ language, view, page, client, ...shown }}
        several={scope === "all"}
        clocksAlone={seesClocksAlone(request)}
      />
    );
    sendPage(request, response, content, { title: textsOf(language).cases.title });
  };
  return webRoutes([{ method: "get", path: "/support/cases", who: watchers, clause: "DC", handler: show }]);
}

function pageIn(value: unknown): number {
  const page = Number(value);
  return Number.isInteger(page) && page > 0 && page <= MOST_PAGES ? page : 1;
}
