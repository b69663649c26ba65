/** The page of a controller's contracts' ends and of the copies held, with the deeds of both. */
import type { ContractId, EndChoice } from "@preau/contracts";
import { endChoices } from "@preau/contracts";
import { type ActorRole, type ControllerId, controllerId, isFault, type PreauError } from "@preau/kernel";
import { PUBLISHER, sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import type { ContractEndId } from "../contract-end.ts";
import { withdrawContractEnd } from "../contract-end-advance.ts";
import {
  acknowledgeHandOver,
  chooseContractEnd,
  confirmErasure,
  enqueueEnd,
} from "../contract-end-choose.ts";
import { planContractEnd } from "../contract-end-plan.ts";
import { contractEndTextsOf } from "../contract-end-texts.ts";
import { readEndView } from "../contract-end-view.ts";
import { fault } from "../errors.ts";
import { anchorHolding, type HoldingId } from "../loading-data.ts";
import { isKeptByLaw, judgeHolding } from "../loading-data-destroy.ts";
import type { RetentionOptions } from "../options.ts";
import { ContractEndPage } from "../pages/contract-end-page.tsx";
import { ContractEndPlan } from "../pages/contract-end-plan.tsx";
import { CopiesHeldPage } from "../pages/copies-held-page.tsx";
import type { RetentionPorts } from "../retention-ports.ts";
import { readEnd } from "../store/contract-ends.ts";
import { listHoldings, listRestoreTests } from "../store/holdings.ts";
import { deciderOf, deciders, mayDecide, namesInstruction, readers, scopeOf } from "./retention-access.ts";

type Response = Parameters<WebHandler>[1];

export function contractEndRoutes(ports: RetentionPorts, options: RetentionOptions): readonly WebRoute[] {
  const titleOf = (request: WebRequest) => (store: string) =>
    ports.sources.get(store)?.source.describe().title[request.language] ?? store;
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  const home = (controller: ControllerId) => `/controllers/${controller}/contract-end`;

  const send = async (request: WebRequest, response: Response, refused?: PreauError): Promise<void> => {
    const controller = controllerIn(request);
    const { language } = request;
    const view = await inUnit((unit) => readEndView(unit, ports, controller));
    const asked = view.contracts.find(({ id }) => id === request.query["plan"]);
    const plan =
      asked === undefined
        ? undefined
        : await planContractEnd(
            ports,
            {
              controller,
              contract: asked.id,
              end: view.ends.find((each) => each.contract === asked.id),
            },
            { batchPersons: options.batchPersons },
          );
    const page = (
      <ContractEndPage
        {...{ language, view }}
        titleOf={titleOf(request)}
        decides={mayDecide(request)}
        namesInstruction={namesInstruction(request)}
        namesFolder={isPublisher(request)}
        refused={refused && { says: refused.entry.says[language], remedy: refused.remedy(language) }}
        plan={plan && <ContractEndPlan {...{ language, plan }} titleOf={titleOf(request)} />}
      />
    );
    sendPage(request, response, page, { title: contractEndTextsOf(language).title });
  };

  /** What the law or the walk refuses is said on the page itself. */
  const doing =
    (deed: (request: WebRequest, controller: ControllerId) => Promise<unknown>): WebHandler =>
    async (request, response) => {
      const controller = controllerIn(request);
      try {
        await deed(request, controller);
      } catch (error) {
        if (!isFault(error) || error.status === 404 || error.status >= 500) throw error;
        response.status(error.status);
        await send(request, response, error);
        return;
      }
      response.redirect(303, home(controller));
    };

  const endIn = async (request: WebRequest, controller: ControllerId) => {
    const id = String(request.params["end"]) as ContractEndId;
    const end = await inUnit((unit) => readEnd(unit, controller, id));
    if (end === undefined) throw fault("RETENTION_NO_END");
    return end;
  };

  const choose = doing(async (request, controller) => {
    const contract = textIn(request, "contract") as ContractId | undefined;
    if (contract === undefined) throw fault("RETENTION_NO_CONTRACT");
    await inUnit((unit) =>
      chooseContractEnd(unit, ports, {
        ...{ controller, contract, by: deciderOf(request), choice: choiceIn(request) },
        window: textIn(request, "window"),
        guard: textIn(request, "guard"),
        out: isPublisher(request) ? textIn(request, "out") : undefined,
      }),
    );
  });
  const advance = doing(async (request, controller) => {
    // The worker takes it up at once: a request that erased a whole client would outlast its browser.
    const end = await endIn(request, controller);
    await inUnit((unit) => enqueueEnd(unit, ports, end, undefined, `${end.id}.asked`));
  });
  const received = doing(async (request, controller) => {
    const { id } = await endIn(request, controller);
    await inUnit((unit) => acknowledgeHandOver(unit, ports, { controller, id, by: deciderOf(request) }));
  });
  const confirm = doing(async (request, controller) => {
    const { id, contract } = await endIn(request, controller);
    const all = await inUnit((unit) => ports.contracts.contracts(unit, controller));
    const { reference } = all.find((each) => each.id === contract) ?? {};
    if (textIn(request, "word") !== reference) throw fault("RETENTION_END_BAD", { place: "word" });
    await inUnit((unit) => confirmErasure(unit, ports, { controller, id, by: deciderOf(request) }));
  });
  const withdraw = doing(async (request, controller) => {
    const { id } = await endIn(request, controller);
    await withdrawContractEnd(ports, { controller, id, by: deciderOf(request) });
  });

  const showCopies: WebHandler = async (request, response) => {
    const controller = controllerIn(request);
    const { language } = request;
    const { all, tests, kept } = await inUnit(async (unit) => ({
      all: await listHoldings(unit, controller, "all"),
      tests: await listRestoreTests(unit, controller),
      kept: await isKeptByLaw(unit, ports, controller),
    }));
    const page = (
      <CopiesHeldPage
        {...{ language, controller, tests }}
        held={all
          .filter(({ state }) => state === "held")
          .map((each) => judgeHolding(ports, each, { tests, kept }))}
        destroyed={all.filter(({ state }) => state === "destroyed")}
        decides={mayDecide(request)}
      />
    );
    sendPage(request, response, page, { title: contractEndTextsOf(language).holdings });
  };
  const accept: WebHandler = async (request, response) => {
    const controller = controllerIn(request);
    const id = String(request.params["holding"]) as HoldingId;
    await inUnit((unit) =>
      anchorHolding(unit, ports, { controller, id, at: ports.clock.now(), by: deciderOf(request) }),
    );
    response.redirect(303, `/controllers/${controller}/copies-held`);
  };

  const read = { method: "get", who: [...readers, "operations"] } as const;
  const decide = { method: "post", who: deciders, clause: "D6.2c" } as const;
  const at = "/controllers/:controller/contract-end";
  return webRoutes([
    { ...read, path: at, clause: "D6.2c", handler: (request, response) => send(request, response) },
    { ...decide, path: at, handler: choose },
    { ...decide, path: `${at}/:end/advance`, handler: advance },
    { ...decide, path: `${at}/:end/received`, handler: received },
    { ...decide, path: `${at}/:end/confirmation`, handler: confirm },
    { ...decide, path: `${at}/:end/withdrawal`, clause: "S10", handler: withdraw },
    { ...read, path: "/controllers/:controller/copies-held", clause: "S9", handler: showCopies },
    {
      ...decide,
      path: "/controllers/:controller/copies-held/:holding/acceptance",
      clause: "S9",
      handler: accept,
    },
  ]);
}

/** The controller that the path names; another one's does not exist for those of one. */
function controllerIn(request: WebRequest): ControllerId {
  const { session } = request;
  // Whoever runs the service reads every controller's, as it does the contracts; it decides nothing here.
  const runs = session?.data.actorRole === "operations" && session.data.controller === PUBLISHER;
  const scope = runs ? "all" : scopeOf(request);
  let named: ControllerId;
  try {
    named = controllerId(String(request.params["controller"]));
  } catch (cause) {
    throw fault("RETENTION_NO_END", { cause });
  }
  if (scope !== "all" && scope !== named) throw fault("RETENTION_NO_END");
  return named;
}

function isPublisher({ session }: WebRequest): boolean {
  return session?.data.actorRole === ("publisherDpo" satisfies ActorRole);
}

function choiceIn(request: WebRequest): EndChoice | undefined {
  const text = textIn(request, "choice");
  if (text === undefined) return undefined;
  const found = endChoices.find((each) => each === text);
  if (found === undefined) throw fault("RETENTION_END_BAD", { place: "choice" });
  return found;
}

function textIn({ form }: WebRequest, name: string): string | undefined {
  const text = form.get(name)?.trim();
  return text === undefined || text === "" ? undefined : text;
}
