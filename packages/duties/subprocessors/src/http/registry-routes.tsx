/** The public list of subprocessors, each of them, and what is on file of each. */
import { PUBLISHER } from "@preau/contracts";
import { isFault, type PreauError, type Unit } from "@preau/kernel";
import { actsAs, sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import { viewNotices } from "../notice-view.ts";
import { pageTextsOf } from "../page-texts.ts";
import { FactsPage } from "../pages/facts-page.tsx";
import { SubprocessorPage } from "../pages/subprocessor-page.tsx";
import { SubprocessorsPage } from "../pages/subprocessors-page.tsx";
import type { SubprocessorPorts } from "../ports.ts";
import { publicRegister } from "../public-register.ts";
import { changeFacts, readRegistry } from "../registry.ts";
import { listChanges } from "../store/changes.ts";
import type { RegisteredSubprocessor } from "../subprocessor.ts";
import { actorOf, clientRoles, officerRoles, prepares, scopeOf } from "./access.ts";
import { factsIn } from "./facts-form.ts";
import { labelOfPlace } from "./label-of-place.ts";

type Response = Parameters<WebHandler>[1];

export const subprocessorsMenu = {
  path: "/subprocessors",
  title: { fr: "Sous-traitants", en: "Subprocessors" },
  who: "anyone",
} as const;

const MOST_OWN = 200;

/** What a form was refused for, with what it held. */
export function refusalOf(error: unknown, request: WebRequest) {
  if (!isFault(error) || error.status >= 500) throw error;
  const { language, form } = request;
  const refused: PreauError = error;
  const { place } = refused;
  const field = place === undefined ? "" : ` (${labelOfPlace(place, pageTextsOf(language)) ?? place})`;
  return {
    status: refused.status,
    says: `${refused.entry.says[language]}${field}`,
    remedy: refused.remedy(language),
    form,
  };
}

export function registryRoutes(ports: SubprocessorPorts): readonly WebRoute[] {
  const agreementInForce = () => ports.agreements.of(PUBLISHER);

  /** What was announced to the reader's own controller. */
  const ownNotices = (unit: Unit, request: WebRequest) => {
    if (!actsAs(request, [...clientRoles, "auditor"])) return undefined;
    const scope = scopeOf(request);
    return scope === "all" ? undefined : viewNotices(unit, ports, { scope, limit: MOST_OWN });
  };

  const showAll: WebHandler = async (request, response) => {
    const { language } = request;
    const staff = prepares(request);
    const page = await ports.unitOfWork.transaction(async (unit) => {
      const registry = await readRegistry(unit, ports);
      const { history, announced } = await publicRegister(unit, ports);
      // What is announced to some clients alone is theirs to know.
      const told = new Set(
        announced.filter(({ change }) => change.audience === "all").map(({ entry }) => entry.recipient),
      );
      const isShown = ({ from, recipient }: RegisteredSubprocessor) =>
        staff || from === "annexC" || (from === "announced" && told.has(recipient));
      return (
        <SubprocessorsPage
          {...{ language, prepares: staff, own: await ownNotices(unit, request) }}
          subprocessors={registry.filter(isShown)}
          changes={staff ? await listChanges(unit) : []}
          history={history.filter(
            (event) => staff || !("change" in event) || event.change.audience === "all",
          )}
        />
      );
    });
    sendPage(request, response, page, { title: pageTextsOf(language).title });
  };

  /** Drafts exist for who prepares them. @throws SUBPROCESSORS_NO_SUBPROCESSOR */
  const named = async (request: WebRequest): Promise<RegisteredSubprocessor> => {
    const registry = await ports.unitOfWork.transaction((unit) => readRegistry(unit, ports));
    const found = registry.find(({ recipient }) => recipient === request.params["recipient"]);
    if (found === undefined || (found.from === "draft" && !prepares(request)))
      throw fault("SUBPROCESSORS_NO_SUBPROCESSOR");
    return found;
  };

  const showOne: WebHandler = async (request, response) => {
    const { language } = request;
    const one = await named(request);
    const page = (
      <SubprocessorPage {...{ language, one, agreement: agreementInForce(), prepares: prepares(request) }} />
    );
    sendPage(request, response, page, { title: one.entry.name });
  };

  const sendFacts = async (
    request: WebRequest,
    response: Response,
    refused?: ReturnType<typeof refusalOf>,
  ): Promise<void> => {
    const { language } = request;
    const one = await named(request);
    const page = (
      <FactsPage
        {...{ language, one, agreement: agreementInForce() }}
        {...(refused === undefined ? {} : { refused })}
      />
    );
    sendPage(request, response, page, { title: pageTextsOf(language).factsTitle });
  };

  const saveFacts: WebHandler = async (request, response) => {
    const { recipient, entry } = await named(request);
    const given = {
      ...{ recipient, facts: factsIn(request.form, entry), by: actorOf(request) },
      version: Number(request.form.get("version") ?? 0),
    };
    try {
      await ports.unitOfWork.transaction((unit) => changeFacts(unit, ports, given));
      response.redirect(303, `/subprocessors/${recipient}`);
    } catch (error) {
      const refused = refusalOf(error, request);
      response.status(refused.status);
      await sendFacts(request, response, refused);
    }
  };

  const facts = { path: "/subprocessors/:recipient/facts", who: officerRoles, clause: "D8.5" } as const;
  return webRoutes([
    { method: "get", path: "/subprocessors", who: "anyone", clause: "DC", handler: showAll },
    { method: "get", path: "/subprocessors/:recipient", who: "anyone", clause: "DC", handler: showOne },
    { ...facts, method: "get", handler: (request, response) => sendFacts(request, response) },
    { ...facts, method: "post", handler: saveFacts },
  ]);
}
