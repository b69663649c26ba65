/** The pages of controllers and contracts. Who sees what: `contract-access.ts`. */
import { instructionsOf } from "@preau/contracts";
import { sendPage, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import {
  controllerIn,
  mayEdit,
  readers,
  scopeOf,
  staff,
  staffAndOwn,
  type WebResponse,
  wordsOf,
} from "./contract-access.ts";
import { contractEditRoutes } from "./contract-edit-routes.tsx";
import { contractImportRoutes } from "./contract-import-routes.tsx";
import { contractIn, readControllerView } from "./controller-view.ts";
import type { Hub } from "./hub.ts";
import { ContractPage } from "./pages/contract-page.tsx";
import { ControllerPage } from "./pages/controller-page.tsx";
import { ControllersPage } from "./pages/controllers-page.tsx";

const PAGE_SIZE = 50;

export const controllersMenu = {
  path: "/controllers",
  title: { fr: "Contrats", en: "Contracts" },
  who: readers,
} as const;

export function contractRoutes(hub: Hub): readonly WebRoute[] {
  return webRoutes([
    {
      method: "get",
      path: "/controllers",
      who: readers,
      clause: "D1",
      handler: (request, response) => list(hub, request, response),
    },
    ...contractImportRoutes(hub),
    ...contractEditRoutes(hub),
    {
      method: "get",
      path: "/controllers/:controller",
      who: readers,
      clause: "D4.3",
      handler: (request, response) => controller(hub, request, response),
    },
    {
      method: "get",
      path: "/controllers/:controller/contracts/:contract",
      who: readers,
      clause: "D3",
      handler: (request, response) => contract(hub, request, response),
    },
  ]);
}

async function list({ ports }: Hub, request: WebRequest, response: WebResponse): Promise<void> {
  const words = wordsOf(request);
  const scope = scopeOf(request);
  const asked = new URL(request.url, "http://hub.invalid").searchParams;
  const search = (asked.get("search") ?? "").slice(0, 200);
  const page = Math.min(10_000, Math.max(1, Math.trunc(Number(asked.get("page") ?? 1)) || 1));
  const { controllers, total } = await ports.unitOfWork.transaction((unit) =>
    ports.contracts.list(unit, { scope, search, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
  );
  const content = (
    <ControllersPage
      words={words}
      language={request.language}
      controllers={controllers}
      total={total}
      search={search}
      page={page}
      pageSize={PAGE_SIZE}
      edits={mayEdit(request, staff)}
      everybody={scope === "all"}
    />
  );
  sendPage(request, response, content, { title: words.title });
}

async function controller({ ports }: Hub, request: WebRequest, response: WebResponse): Promise<void> {
  const id = controllerIn(request);
  const { view, instructions } = await ports.unitOfWork.transaction(async (unit) => ({
    view: await readControllerView(unit, ports, id),
    instructions: await instructionsOf(unit, ports.journal, { controller: id, limit: 100 }),
  }));
  const content = (
    <ControllerPage
      words={wordsOf(request)}
      language={request.language}
      view={view}
      instructions={instructions}
      edits={mayEdit(request, staff)}
      appoints={mayEdit(request, staffAndOwn)}
      seesOfficers={!mayEdit(request, ["support"])}
    />
  );
  sendPage(request, response, content, { title: view.controller.name });
}

async function contract({ ports }: Hub, request: WebRequest, response: WebResponse): Promise<void> {
  const id = controllerIn(request);
  const view = await ports.unitOfWork.transaction((unit) => readControllerView(unit, ports, id));
  const shown = contractIn(view, request.params["contract"]);
  const content = (
    <ContractPage
      words={wordsOf(request)}
      language={request.language}
      view={view}
      contract={shown}
      edits={mayEdit(request, staff)}
      decides={mayEdit(request, staffAndOwn)}
    />
  );
  sendPage(request, response, content, { title: shown.reference });
}
