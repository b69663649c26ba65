/** Releases and objections: what is seen, and what is written. Another controller's does not exist for those of one. */
import { officerRoles, PUBLISHER } from "@preau/contracts";
import { isFault } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import type { Release, ReleaseId } from "../ledger.ts";
import { recordObjection } from "../objection-record.ts";
import { withdrawObjection } from "../objection-withdraw.ts";
import { ControllerReleasesPage } from "../pages/controller-releases-page.tsx";
import { ObjectionPage } from "../pages/objection-page.tsx";
import { PublisherReleasesPage, type PublisherReleasesPageProps } from "../pages/publisher-releases-page.tsx";
import { ReleasePage } from "../pages/release-page.tsx";
import { destroyRelease } from "../release-destroy.ts";
import { handOverRelease, instructHandOver } from "../release-hand-over.ts";
import type { ReleasePorts } from "../release-ports.ts";
import { listHandOvers } from "../store/hand-overs.ts";
import { listObjections } from "../store/objections.ts";
import { listReleases, readRelease } from "../store/releases.ts";
import { textsOf } from "../texts.ts";
import { controllerIn, evidenceIn, momentIn } from "./read-evidence.ts";
import {
  actorOf,
  keepers,
  mayObject,
  objectors,
  ownController,
  readers,
  requireKeeper,
  scopeOf,
} from "./release-access.ts";

type Response = Parameters<WebHandler>[1];

export const releaseMenu = {
  path: "/releases",
  title: { fr: "Données anonymisées", en: "Anonymised data" },
  who: readers,
} as const;

export function releaseRoutes(ports: ReleasePorts): readonly WebRoute[] {
  const sendPublisher = async (
    request: WebRequest,
    response: Response,
    refused?: Pick<PublisherReleasesPageProps, "refused">,
  ): Promise<void> => {
    const { language } = request;
    const shown = await ports.unitOfWork.transaction(async (unit) => ({
      objections: await listObjections(unit, "all"),
      releases: await listReleases(unit, "all"),
      controllers: (await ports.contracts.everything(unit, "all")).controllers,
    }));
    const page = <PublisherReleasesPage {...{ language, ...shown, ...refused }} />;
    sendPage(request, response, page, { title: textsOf(language).title });
  };

  const showReleases: WebHandler = async (request, response) => {
    const scope = scopeOf(request);
    if (scope === "all") return sendPublisher(request, response);
    const { language } = request;
    const shown = await ports.unitOfWork.transaction(async (unit) => ({
      objections: await listObjections(unit, scope),
      releases: await listReleases(unit, scope),
    }));
    const page = (
      <ControllerReleasesPage
        {...{ language, ...shown }}
        objects={mayObject(request)}
        stands={scope !== PUBLISHER}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).title });
  };

  const showObjection =
    (deed: "object" | "withdraw"): WebHandler =>
    (request, response) => {
      ownController(request);
      const { language } = request;
      const words = textsOf(language);
      const title = deed === "object" ? words.objectTitle : words.withdrawTitle;
      sendPage(request, response, <ObjectionPage {...{ language, deed }} />, { title });
    };

  const object: WebHandler = async (request, response) => {
    const wanted = { controller: ownController(request), by: actorOf(request) };
    await ports.unitOfWork.transaction((unit) => recordObjection(unit, ports, wanted));
    response.redirect(303, "/releases");
  };

  const withdraw: WebHandler = async (request, response) => {
    const wanted = { controller: ownController(request), by: actorOf(request) };
    await ports.unitOfWork.transaction((unit) => withdrawObjection(unit, ports, wanted));
    response.redirect(303, "/releases");
  };

  const record: WebHandler = async (request, response) => {
    requireKeeper(request);
    const { form, language } = request;
    const by = actorOf(request);
    try {
      const controller = controllerIn(form);
      await ports.unitOfWork.transaction(async (unit) => {
        const { zone } = await ports.contracts.placeOf(unit, controller);
        const wanted = { controller, by, evidence: evidenceIn(form, zone) };
        if (form.get("deed") === "withdrawal") await withdrawObjection(unit, ports, wanted);
        else await recordObjection(unit, ports, wanted);
      });
    } catch (error) {
      if (!isFault(error, "ANONYMISATION_OBJECTION_BAD")) throw error;
      response.status(error.status);
      const { place } = error;
      const said = { says: error.entry.says[language], remedy: error.remedy(language), place, form };
      return sendPublisher(request, response, { refused: said });
    }
    response.redirect(303, "/releases");
  };

  const releaseIn = async (request: WebRequest): Promise<Release> => {
    const id = String(request.params["id"]) as ReleaseId;
    const release = await ports.unitOfWork.transaction((unit) => readRelease(unit, scopeOf(request), id));
    if (release === undefined) throw fault("ANONYMISATION_NO_RELEASE");
    return release;
  };

  const showRelease: WebHandler = async (request, response) => {
    const release = await releaseIn(request);
    const handOvers = await ports.unitOfWork.transaction((unit) => listHandOvers(unit, [release.id]));
    const { language } = request;
    const isPublisher = scopeOf(request) === "all";
    const page = <ReleasePage {...{ language, release, handOvers, isPublisher }} />;
    sendPage(request, response, page, { title: textsOf(language).detailTitle });
  };

  const destroy: WebHandler = async (request, response) => {
    requireKeeper(request);
    const { id } = await releaseIn(request);
    await destroyRelease(ports, { id, by: actorOf(request) });
    response.redirect(303, `/releases/${id}`);
  };

  const instruct: WebHandler = async (request, response) => {
    requireKeeper(request);
    const { id: release } = await releaseIn(request);
    const { form } = request;
    const controller = controllerIn(form);
    await ports.unitOfWork.transaction(async (unit) => {
      const { zone } = await ports.contracts.placeOf(unit, controller);
      await instructHandOver(unit, ports, {
        ...{ controller, release, by: actorOf(request), receivedAt: momentIn(form, zone) },
        ...{ recipient: form.get("recipient") ?? "", reference: form.get("reference") ?? "" },
        means: (["email", "letter"] as const).find((each) => each === form.get("means")),
        writer: officerRoles.find((each) => each === form.get("writer")),
      });
    });
    response.redirect(303, `/releases/${release}`);
  };

  const handOver: WebHandler = async (request, response) => {
    requireKeeper(request);
    const { id: release } = await releaseIn(request);
    const wanted = { release, recipient: request.form.get("recipient") ?? "", by: actorOf(request) };
    await ports.unitOfWork.transaction((unit) => handOverRelease(unit, ports, wanted));
    response.redirect(303, `/releases/${release}`);
  };

  const read = { method: "get", who: readers } as const;
  const keep = { method: "post", who: keepers, clause: "D13.3" } as const;
  const say = { who: objectors, clause: "D13.3" } as const;
  const [objection, withdrawal] = ["/releases/objection", "/releases/objection/withdrawal"] as const;
  return webRoutes([
    { ...read, path: "/releases", clause: "D13.1", handler: showReleases },
    { ...say, method: "get", path: objection, handler: showObjection("object") },
    { ...say, method: "post", path: objection, handler: object },
    { ...say, method: "get", path: withdrawal, handler: showObjection("withdraw") },
    { ...say, method: "post", path: withdrawal, handler: withdraw },
    { ...keep, path: "/releases/objections", handler: record },
    { ...read, path: "/releases/:id", clause: "D13.2", handler: showRelease },
    { ...keep, path: "/releases/:id/destruction", handler: destroy },
    { ...keep, path: "/releases/:id/instructions", clause: "S11", handler: instruct },
    { ...keep, path: "/releases/:id/hand-overs", clause: "S11", handler: handOver },
  ]);
}
