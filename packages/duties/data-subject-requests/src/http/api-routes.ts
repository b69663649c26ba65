/**
 * Requests from a controller's own machines: the form of its site, a plugin of its LMS. Each reaches its own controller's
 * requests alone; another's do not exist. Discovery has the shape of OpenDSR 2.0, with the rights that it lacks.
 * @clause D10.1a
 */
import {
  dataSubjectRights,
  isFault,
  otherRequests,
  type Ports,
  type RequestId,
  type SubjectId,
} from "@preau/kernel";
import { personIfKnown } from "@preau/subjects";
import { type ApiCaller, problemOf, tokenRoute, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import { actionsOfRequest } from "../store/actions.ts";
import { readInquiry } from "../store/inquiries.ts";
import { readRequest, requestsOfInquiry } from "../store/requests.ts";
import { type ApiRequest, apiRequestIn, apiStatusOf } from "./api-request.ts";
import type { CasePorts } from "./case-view.ts";

export type ApiPorts = CasePorts & Pick<Ports, "apiTokens" | "rightsDesk">;

const BASE = "/api/v1/requests";

export function apiRoutes(ports: ApiPorts): readonly WebRoute[] {
  const { unitOfWork, clock } = ports;

  const discovery = {
    ...{ schema: "preau.discovery/1", api_version: "2.0" },
    supported_identities: [
      { identity_type: "controller_customer_id", identity_format: "raw" },
      { identity_type: "email", identity_format: "raw" },
    ],
    supported_subject_request_types: [...dataSubjectRights, ...otherRequests],
    requests: BASE,
    status: `${BASE}/{id}`,
  };

  const receive = async (
    request: WebRequest,
    response: Parameters<WebRoute["handler"]>[1],
    { controller }: ApiCaller,
  ) => {
    const asked = apiRequestIn(request.json);
    const receivedAt = asked.receivedAt ?? clock.now();
    if (receivedAt > clock.now()) throw fault("REQUEST_FIELD_BAD", { place: "receivedAt" });
    const subject = asked.subject && (await personIfKnown(ports, controller, asked.subject));
    const answer = await unitOfWork.transaction(async (unit) => {
      const { key, matters, language, text } = asked;
      const received = await ports.rightsDesk.receive(unit, {
        ...{ channel: "api", receivedAt, language, key: `api ${key}` },
        ...(matters.length === 0 ? {} : { matters }),
        ...(text === undefined ? {} : { text }),
        requester: { controller, ...personIn(asked, subject) },
        ...(asked.concerns === undefined ? {} : { concerns: asked.concerns }),
      });
      const inquiry = await readInquiry(unit, received.inquiry);
      const requests = await requestsOfInquiry(unit, received.inquiry);
      // A message may have met a request that was open: it is that one's clock that runs.
      const forwardDueAt = requests[0]?.forwardDueAt ?? inquiry?.forwardDueAt;
      return {
        isNew: received.isNew,
        body: {
          ...{ schema: "preau.request/1", inquiry: received.inquiry, forwardDueAt },
          status: requests.length === 0 ? "in_progress" : "open",
          requests: requests.map((one) => apiStatusOf(one, [])),
        },
      };
    });
    response.status(answer.isNew ? 201 : 200).json(answer.body);
  };

  return webRoutes([
    {
      ...{ method: "get", path: `${BASE}/discovery`, who: "anyone", clause: "D10.1a", forMachines: true },
      handler: (_request, response) => void response.json(discovery),
    },
    tokenRoute(ports, {
      ...{ method: "post", path: BASE, scope: "requests:write", clause: "D10.1a", bodyLimit: 131_072 },
      handler: async (request, response, caller) => {
        try {
          await receive(request, response, caller);
        } catch (error) {
          if (!isFault(error, "REQUEST_FIELD_BAD")) throw error;
          const problem = { ...problemOf(error, request.language, request.requestId), field: error.place };
          response.status(error.status).type("application/problem+json").json(problem);
        }
      },
    }),
    tokenRoute(ports, {
      ...{ method: "get", path: `${BASE}/:id`, scope: "requests:read", clause: "D10.1c" },
      handler: async (request, response, { controller }) => {
        const id = String(request.params["id"]) as RequestId;
        const status = await unitOfWork.transaction(async (unit) => {
          const one = await readRequest(unit, controller, id);
          if (one === undefined) throw fault("REQUEST_NO_REQUEST");
          return apiStatusOf(one, await actionsOfRequest(unit, controller, id));
        });
        response.json({ schema: "preau.requestStatus/1", ...status });
      },
    }),
  ]);
}

function personIn({ role, name, address }: ApiRequest, subject: SubjectId | undefined) {
  return {
    ...(role === undefined ? {} : { role }),
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(subject === undefined ? {} : { subject }),
  };
}
