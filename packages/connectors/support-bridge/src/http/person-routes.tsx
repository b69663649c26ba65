/** The support for people signed in: the desk, the publisher's own form, or who helps. Nothing of these pages loads from elsewhere. @clause DC */
import { isFault, type PreauError } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { askSupport } from "../ask-support.ts";
import { fault } from "../errors.ts";
import { offerSupport } from "../offer-support.ts";
import type { SupportBridgeOptions } from "../options.ts";
import { SupportPage } from "../pages/support-page.tsx";
import { ownSupport } from "../person-support.ts";
import { textsOf } from "../texts.ts";
import { offerJson } from "./offer-json.ts";
import { sayRefusal } from "./say-refusal.ts";
import { type PeoplePorts, supportPerson } from "./support-access.ts";

type Response = Parameters<WebHandler>[1];

export const supportMenu = {
  path: "/support",
  title: { fr: "Assistance", en: "Support" },
  who: ["dataSubject"],
} as const;

const PRESS = /^prs_[0-9a-z]{26}$/;

export function personRoutes(ports: PeoplePorts, options: SupportBridgeOptions): readonly WebRoute[] {
  const { unitOfWork, ids } = ports;

  const send = async (
    request: WebRequest,
    response: Response,
    refused?: { readonly error: PreauError; readonly text: string },
  ): Promise<void> => {
    const { language } = request;
    const person = supportPerson(request);
    // A browser that fetches ahead, or asks for headers alone, shows nobody anything.
    const marks = request.method === "GET" && !/prefetch/i.test(String(request.headers["sec-purpose"] ?? ""));
    const own =
      person && (await unitOfWork.transaction((unit) => ownSupport(unit, ports, options, person, { marks })));
    const page = (
      <SupportPage
        {...{ language, own }}
        press={ids.next("prs")}
        sent={request.query["sent"] === "1"}
        refused={refused && { ...sayRefusal(refused.error, language), text: refused.text }}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).support.title });
  };

  const ask: WebHandler = async (request, response) => {
    const { form, language } = request;
    const person = supportPerson(request);
    if (person === undefined) throw fault("SUPPORT_NOBODY", { clause: "DB.n" });
    const text = (form.get("text") ?? "").replaceAll("\r\n", "\n").trim();
    const typed = form.get("press") ?? "";
    const press = PRESS.test(typed) ? typed : ids.next("prs");
    try {
      await unitOfWork.transaction((unit) =>
        askSupport(unit, ports, options, { person, text, press, language }),
      );
    } catch (error) {
      if (!isFault(error) || error.status >= 500) throw error;
      response.status(error.status);
      return send(request, response, { error, text });
    }
    response.redirect(303, "/support?sent=1");
  };

  const offer: WebHandler = async (request, response) => {
    const person = supportPerson(request);
    if (person === undefined) throw fault("SUPPORT_NOBODY", { clause: "DB.n" });
    const offered = await unitOfWork.transaction((unit) => offerSupport(unit, ports, options, person));
    response.setHeader("Cache-Control", "no-store");
    response.json(offerJson(offered));
  };

  const mine = { who: ["dataSubject"], clause: "DC" } as const;
  return webRoutes([
    { ...mine, method: "get", path: "/support", handler: (request, response) => send(request, response) },
    {
      ...{ ...mine, method: "post", path: "/support", handler: ask },
      // A text of 20,000 signs, each of three bytes written as nine.
      bodyLimit: 262_144,
      rateLimit: { attempts: 120, seconds: 600 },
    },
    { ...mine, method: "get", path: "/support/offer", handler: offer },
  ]);
}
