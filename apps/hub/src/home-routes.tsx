/** The first page: for a visitor, for a person whose data it is, for those who keep the agreement. */
import { firstDoor, type GarOptions, garPlugin } from "@preau/gar";
import { sendPage, type WebRoute, webRoutes } from "@preau/web";
import { countStates } from "./clause-index.ts";
import { readClauseList } from "./clause-list.ts";
import { duesOf, MONTH_HOURS, placeDues, seesDues } from "./dues.ts";
import type { Hub } from "./hub.ts";
import { HomePage } from "./pages/home-page.tsx";
import type { Opens } from "./route-table.ts";
import { textsOf } from "./texts.ts";

const NEXT_DUES = 5;

export function homeRoutes(hub: Hub, opens: Opens): readonly WebRoute[] {
  const counts = countStates(readClauseList());
  const door = firstDoor(hub.plugins.find(({ plugin }) => plugin.id === garPlugin.id)?.options as GarOptions);
  return webRoutes([
    {
      method: "get",
      path: "/",
      who: "anyone",
      handler: async (request, response) => {
        const { language, session } = request;
        const sees = session !== undefined && seesDues(session.data.actorRole);
        const dues = sees ? await duesOf(hub, session.data, MONTH_HOURS) : [];
        const page = (
          <HomePage
            language={language}
            agreement={hub.agreement}
            agreementHash={hub.agreementHash}
            counts={counts}
            reader={session?.data}
            dues={sees ? await placeDues(hub, dues.slice(0, NEXT_DUES)) : undefined}
            moreDues={Math.max(0, dues.length - NEXT_DUES)}
            opens={(path) => opens(path, session)}
            door={door}
            demoSchoolUrl={hub.config.demoSchoolUrl}
            demoMediacentreUrl={hub.config.demoMediacentreUrl}
          />
        );
        sendPage(request, response, page, { title: textsOf(language).homeTitle });
      },
    },
  ]);
}
