/** One request: seen, passed on, answered for by its controller, acted on by instruction. Another controller's does not exist. */
import type { PreauError, RequestId, Unit } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import type { DataSubjectRequestsOptions } from "../options.ts";
import { RequestPage, type RequestPageProps } from "../pages/request-page.tsx";
import { relayPackage } from "../relay-package.ts";
import type { Request } from "../request.ts";
import { relaysOf } from "../store/relays.ts";
import { inquiriesOfRequest, readRequest } from "../store/requests.ts";
import { textsOf } from "../texts.ts";
import { answerDeeds } from "./case-answer.ts";
import { executionDeeds } from "./case-execute.ts";
import { relayDeeds } from "./case-relay.ts";
import { type CasePorts, categoryNames, dataOf, executionOf } from "./case-view.ts";
import { isRefusal } from "./desk-routes.tsx";
import { mayAnswer, mayEnterRequests, mayRelay, readers, scopeOf } from "./request-access.ts";
import { sayRefusal } from "./say-refusal.ts";

type Response = Parameters<WebHandler>[1];

/** What a press did: nothing more to say, or something that is shown this once. */
type Deed = (request: WebRequest, one: Request) => Promise<{ readonly link?: string } | undefined>;
export interface CaseDeed extends Pick<WebRoute, "who" | "clause" | "bodyLimit"> {
  /** After `/requests/:id/`. */
  readonly path: string;
  readonly deed: Deed;
}

/** The request of the address, if this reader may see it; otherwise it does not exist. @throws REQUEST_NO_REQUEST */
async function requestIn(unit: Unit, request: WebRequest): Promise<Request> {
  const id = String(request.params["id"]) as RequestId;
  const found = await readRequest(unit, scopeOf(request), id);
  if (found === undefined) throw fault("REQUEST_NO_REQUEST");
  return found;
}

export function caseRoutes(ports: CasePorts, options: DataSubjectRequestsOptions): readonly WebRoute[] {
  const { unitOfWork } = ports;

  const send = async (
    request: WebRequest,
    response: Response,
    more: { readonly link?: string; readonly error?: PreauError } = {},
  ): Promise<void> => {
    const { language } = request;
    const [answers, relays] = [mayAnswer(request), mayRelay(request)];
    const isSupport = mayEnterRequests(request) && !relays;
    const read = await unitOfWork.transaction(async (unit) => {
      const one = await requestIn(unit, request);
      const controller = await ports.contracts.controller(unit, one.controller);
      return {
        request: one,
        controllerName: controller?.name ?? one.controller,
        relays: await relaysOf(unit, one.controller, one.id),
        inquiries: scopeOf(request) === "all" ? await inquiriesOfRequest(unit, one) : [],
        execution: isSupport ? undefined : await executionOf(unit, ports, one, language),
      };
    });
    const { request: one, execution } = read;
    const { error } = more;
    const isOver = one.state === "closed";
    const props: RequestPageProps = {
      ...{ ...read, language, link: more.link },
      categoryName: categoryNames(ports, one, language),
      given: answers ? await relayPackage(ports, one.controller, one.id) : undefined,
      stores: relays && !isOver ? await dataOf(ports, one) : undefined,
      execution: execution && {
        ...{ ...execution, orders: answers, executes: relays, press: ports.ids.next("prs") },
      },
      may: { answer: answers, relay: relays, handOver: relays || isSupport, writeDown: relays },
      refused: error && sayRefusal(error, language),
    };
    const { matters } = textsOf(language);
    sendPage(request, response, <RequestPage {...props} />, { title: matters[one.matter] });
  };

  const show: WebHandler = (request, response) => send(request, response);

  const press =
    (deed: Deed): WebHandler =>
    async (request, response) => {
      const one = await unitOfWork.transaction((unit) => requestIn(unit, request));
      try {
        const { link } = (await deed(request, one)) ?? {};
        if (link !== undefined) {
          await send(request, response, { link });
          return;
        }
      } catch (error) {
        // What can be corrected is said above the request; nothing that was typed comes back.
        if (!isRefusal(error) || error.status === 404) throw error;
        response.status(error.status);
        await send(request, response, { error });
        return;
      }
      response.redirect(303, `/requests/${one.id}`);
    };

  const deeds: readonly CaseDeed[] = [
    ...relayDeeds(ports, options),
    ...answerDeeds(ports),
    ...executionDeeds(ports),
  ];
  return webRoutes([
    { method: "get", path: "/requests/:id", who: readers, clause: "D10.1b", handler: show },
    ...deeds.map(
      ({ path, deed, ...rest }) =>
        ({ ...rest, method: "post", path: `/requests/:id/${path}`, handler: press(deed) }) as const,
    ),
  ]);
}
