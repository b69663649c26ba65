/** What the controller's own people say of a request; or its officer's writing, as the publisher's wrote it down. */

import type { WebRequest } from "@preau/web";
import type { DeskPorts } from "../desk-ports.ts";
import { fault } from "../errors.ts";
import { personNamed } from "../person-named.ts";
import { refusalReasons, requestOutcomes } from "../request.ts";
import { acknowledgeRequest, recordIdentity } from "../request-acknowledge.ts";
import type { ByController } from "../request-actor.ts";
import { closeRequest } from "../request-close.ts";
import { extendAnswer, extensionReasons } from "../request-extend.ts";
import type { CaseDeed } from "./case-routes.tsx";
import { actorOf, answerers, relayers } from "./request-access.ts";

/** @clause D10.1c */
export function answerDeeds(ports: DeskPorts): readonly CaseDeed[] {
  const both = { who: [...answerers, ...relayers], clause: "D10.1c" } as const;
  return [
    {
      ...{ ...both, path: "acknowledgement" },
      deed: async (request, one) => {
        await acknowledgeRequest(ports, one, byIn(request, "acknowledgement"));
        return undefined;
      },
    },
    {
      ...{ ...both, path: "person" },
      deed: async (request, one) => {
        const { form } = request;
        const subject = await personNamed(ports, one.controller, form.get("person"));
        const said = (["verified", "asked", "failed"] as const).find((each) => each === form.get("identity"));
        const identity = said ?? one.identity;
        await recordIdentity(ports, one, {
          ...{ ...byIn(request, "person"), identity, subject },
          isGuardian: identity === "verified" && one.authority === "guardianStated",
        });
        return undefined;
      },
    },
    {
      ...{ ...both, path: "outcome" },
      deed: async (request, one) => {
        const { form } = request;
        const outcome = requestOutcomes.find((each) => each === form.get("outcome"));
        if (outcome === undefined) throw fault("REQUEST_FIELD_BAD", { place: "outcome" });
        const said = refusalReasons.find((each) => each === form.get("reason"));
        const reason = outcome === "refused" ? said : undefined;
        await closeRequest(ports, one, { ...byIn(request, "outcome"), outcome, reason });
        return undefined;
      },
    },
    {
      ...{ ...both, path: "extension" },
      deed: async (request, one) => {
        const reason = extensionReasons.find((each) => each === request.form.get("extensionReason"));
        if (reason === undefined) throw fault("REQUEST_FIELD_BAD", { place: "extensionReason" });
        await extendAnswer(ports, one, { ...byIn(request, "extension"), reason });
        return undefined;
      },
    },
  ];
}

/** Each form has a field of its own for the writing's reference. */
function byIn(request: WebRequest, form: string): ByController {
  return { by: actorOf(request), reference: request.form.get(`reference-${form}`) ?? undefined };
}
