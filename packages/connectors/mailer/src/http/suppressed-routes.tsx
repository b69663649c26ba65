/** The list of addresses that nobody writes to, for the publisher's people: no address is ever shown, one may be asked about. @clause DC */
import type { Ports } from "@preau/kernel";
import { namedController, sendPage, type WebHandler, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import { readMailAddress } from "../mail-address.ts";
import type { MailerOptions } from "../options.ts";
import { SuppressedPage, type SuppressedPageProps } from "../pages/suppressed-page.tsx";
import { listSuppressed } from "../store/suppressed.ts";
import { findSuppressed, removeSuppressed, suppressAddress } from "../suppress-address.ts";
import { textsOf } from "../texts.ts";
import { mailDeciders, scopeOf } from "./mail-access.ts";

const PATH = "/mail/suppressed";
const SHOWN = 200;

export function suppressedRoutes(
  ports: Pick<Ports, "clock" | "ids" | "jobs" | "unitOfWork" | "vault">,
  { suppress }: MailerOptions,
): readonly WebRoute[] {
  const { clock, unitOfWork } = ports;

  const show =
    (more: (...given: Parameters<WebHandler>) => Promise<Partial<SuppressedPageProps>>): WebHandler =>
    async (request, response) => {
      const { language } = request;
      const scope = scopeOf(request);
      const query = { scope, now: clock.now(), limit: SHOWN };
      const said = await more(request, response);
      const entries = await unitOfWork.transaction((unit) => listSuppressed(unit, query));
      const page = (
        <SuppressedPage {...{ language, entries, rules: suppress, several: scope === "all" }} {...said} />
      );
      sendPage(request, response, page, { title: textsOf(language).suppressed.title });
    };

  const ask = show(async (request) => {
    const address = request.form.get("address") ?? "";
    if (readMailAddress({ address: address.trim() }) === undefined) return { asked: "none" };
    const found = await unitOfWork.transaction((unit) =>
      findSuppressed(unit, ports, scopeOf(request), address.trim()),
    );
    return { asked: found };
  });

  const add: WebHandler = async (request, response) => {
    const controller = namedController(request, scopeOf(request));
    if (controller === undefined) throw fault("MAIL_BAD", { place: "controller" });
    const address = (request.form.get("address") ?? "").trim();
    const report = { controller, address, kind: "manual", at: clock.now() } as const;
    await unitOfWork.transaction((unit) => suppressAddress(unit, ports, suppress, report));
    response.redirect(303, PATH);
  };

  const remove: WebHandler = async (request, response) => {
    const id = String(request.params["id"]);
    await unitOfWork.transaction((unit) => removeSuppressed(unit, scopeOf(request), id));
    response.redirect(303, PATH);
  };

  const decide = { who: mailDeciders, clause: "DC" } as const;
  return webRoutes([
    { ...decide, method: "get", path: PATH, handler: show(() => Promise.resolve({})) },
    { ...decide, method: "post", path: `${PATH}/ask`, handler: ask },
    { ...decide, method: "post", path: `${PATH}/add`, handler: add },
    { ...decide, method: "post", path: `${PATH}/:id/remove`, handler: remove },
  ]);
}
