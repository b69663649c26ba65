/** What the publisher's people do to pass a request on. */
import type { RequestId } from "@preau/kernel";
import type { DeskPorts } from "../desk-ports.ts";
import { fault } from "../errors.ts";
import type { DataSubjectRequestsOptions } from "../options.ts";
import { recordHandOver } from "../relay-hand.ts";
import { makeRelayLink, renewRelay } from "../relay-renew.ts";
import { releaseText } from "../relay-text.ts";
import { mergeRequest } from "../request-merge.ts";
import type { CaseDeed } from "./case-routes.tsx";
import { momentIn } from "./read-moment.ts";
import { actorOf, enterers, mayEnterRequests, relayers } from "./request-access.ts";

/** @clause D10.1b */
export function relayDeeds(
  ports: DeskPorts,
  { publicUrl }: Pick<DataSubjectRequestsOptions, "publicUrl">,
): readonly CaseDeed[] {
  const clause = "D10.1b";
  return [
    {
      ...{ path: "relay", who: relayers, clause },
      deed: async (request, one) => {
        const by = actorOf(request);
        if (request.form.get("how") !== "hand") {
          await renewRelay(ports, one, by);
          return undefined;
        }
        const { path } = await makeRelayLink(ports, one, by);
        return { link: `${publicUrl}${path}` };
      },
    },
    {
      ...{ path: "hand-over", who: enterers, clause },
      deed: async (request, one) => {
        if (!mayEnterRequests(request)) throw fault("REQUEST_NOT_FOR_YOU");
        const { zone } = await ports.unitOfWork.transaction((unit) =>
          ports.contracts.placeOf(unit, one.controller),
        );
        const { form } = request;
        const at = momentIn(form, zone);
        const reference = form.get("reference") ?? "";
        // A day without its hour begins before the request came: it counts from then.
        const notBefore = (form.get("time")?.trim() ?? "") === "" && at < one.receivedAt;
        await recordHandOver(ports, one, {
          ...{ at: notBefore ? one.receivedAt : at, reference, by: actorOf(request) },
        });
        return undefined;
      },
    },
    {
      ...{ path: "merge", who: relayers, clause },
      deed: async (request, one) => {
        const into = request.form.get("into")?.trim() ?? "";
        if (!/^rqs_[0-9a-z]{26}$/.test(into)) throw fault("REQUEST_FIELD_BAD", { place: "into" });
        await mergeRequest(ports, one, { into: into as RequestId, by: actorOf(request) });
        return undefined;
      },
    },
    {
      ...{ path: "text", who: relayers, clause, bodyLimit: 262_144 },
      deed: async (request, { controller, id }) => {
        const { form } = request;
        const passed = form.get("passed");
        const text =
          passed === "whole" || passed === "none" ? passed : { extract: form.get("extract") ?? "" };
        await releaseText(ports, controller, id, { text, by: actorOf(request) });
        return undefined;
      },
    },
  ];
}
