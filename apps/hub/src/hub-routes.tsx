/** The hub's own pages: welcome, my sign-in, the journal's keys. */
import { sessionAnswer } from "@preau/gar";
import { verifyPage } from "@preau/journal";
import { countWaiting } from "@preau/support-bridge";
import { type SessionData, sendPage, type WebRoute, webRoutes } from "@preau/web";
import { agreementRoutes } from "./agreement-routes.tsx";
import { duesRoutes } from "./dues-routes.tsx";
import { homeRoutes } from "./home-routes.tsx";
import type { Hub } from "./hub.ts";
import { JournalPage } from "./pages/journal-page.tsx";
import { type KeptCategory, MePage } from "./pages/me-page.tsx";
import type { Opens } from "./route-table.ts";
import { textsOf } from "./texts.ts";

export function hubRoutes(hub: Hub, opens: Opens): readonly WebRoute[] {
  const { agreement, ports } = hub;
  return webRoutes([
    ...homeRoutes(hub, opens),
    ...agreementRoutes(hub, opens),
    ...duesRoutes(hub, opens),
    {
      method: "get",
      path: "/me",
      who: ["dataSubject"],
      clause: "D4.1",
      handler: async (request, response) => {
        const { language, session } = request;
        if (session?.data.subject === undefined) {
          response.redirect(303, "/");
          return;
        }
        const { data, sealed } = session;
        const { subject } = session.data;
        const { identifiers, answers } = await ports.unitOfWork.transaction(async (unit) => ({
          identifiers: await ports.subjects.identifiers(unit, data.controller, subject),
          answers: await countWaiting(unit, data.controller, subject),
        }));
        const linked = hub.lms.filter((lms) => identifiers.some(({ kind }) => kind === lms.kind));
        const page = (
          <MePage
            language={language}
            agreement={agreement}
            data={data}
            displayName={typeof sealed["displayName"] === "string" ? sealed["displayName"] : undefined}
            kept={keptOf(hub, data)}
            dropped={sessionAnswer(data).refusals}
            accounts={linked.map((lms) => lms.title[language])}
            answers={answers}
          />
        );
        sendPage(request, response, page, { title: textsOf(language).meTitle });
      },
    },
    {
      method: "get",
      path: "/journal/verify.html",
      who: "anyone",
      handler: (_request, response) => {
        response.setHeader("Content-Disposition", 'attachment; filename="preau-verify.html"');
        response.type("html").send(verifyPage());
      },
    },
    {
      method: "get",
      path: "/journal",
      who: "anyone",
      handler: (request, response) => {
        const keys = (["evidence", "activity"] as const).map((log) => ({ log, vkey: hub.journal.vkey(log) }));
        sendPage(request, response, <JournalPage language={request.language} keys={keys} />, {
          title: textsOf(request.language).journalTitle,
        });
      },
    },
  ]);
}

/** What a session holds, each category with the row of the agreement that allows it. */
function keptOf(hub: Hub, data: SessionData): readonly KeptCategory[] {
  if (data.origin === undefined || data.product === undefined || data.role === undefined) return [];
  const { answers } = hub.ports.gate.decide({
    controller: data.controller,
    product: data.product,
    operation: "store",
    origin: data.origin,
    role: data.role,
    categories: data.categories,
    purpose: "runPlatform",
    recipient: "product",
  });
  return data.categories.map((category, at) => ({ category, clause: answers[at]?.clause ?? "D4.1" }));
}
