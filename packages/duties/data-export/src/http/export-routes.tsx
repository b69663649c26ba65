/** Exports: seen, ordered, followed, handed over by link, cancelled. Another controller's do not exist. @clause S7, S10 */
import { type ControllerId, isFault, type Language, type PreauError } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import { linkOf } from "../export-link.ts";
import { type ExportId, type ExportOrder, type ExportWhat, subjectOf } from "../export-order.ts";
import { cancelExport } from "../export-order-cancel.ts";
import { listExports } from "../export-order-list.ts";
import { orderExport } from "../export-order-place.ts";
import { subjectNamed } from "../export-order-subject.ts";
import type { ExportPorts } from "../export-ports.ts";
import type { ExportOptions } from "../options.ts";
import { ExportPage, type ExportPageProps } from "../pages/export-page.tsx";
import { ExportsPage } from "../pages/exports-page.tsx";
import { NewExportPage, type NewWhat } from "../pages/new-export-page.tsx";
import { listFetches } from "../store/fetches.ts";
import { readOrder } from "../store/orders.ts";
import { textsOf } from "../texts.ts";
import {
  actorOf,
  controllerOf,
  deciders,
  mayDecide,
  namesInstruction,
  readers,
  scopeOf,
} from "./export-access.ts";
import { orderedForIn, projectsOf, protectionIn, storesOf, whatIn } from "./export-form.ts";

type Response = Parameters<WebHandler>[1];

export const exportsMenu = {
  path: "/exports",
  title: { fr: "Exports", en: "Exports" },
  who: readers,
} as const;

/** The field of the form that an error is about which names none. */
const FIELD_OF: Readonly<Record<string, string>> = {
  EXPORT_NO_SUBJECT: "person",
  EXPORT_NEEDS_INSTRUCTION: "reference",
  KEYS_AGE_RECIPIENT: "recipients",
};

export function exportRoutes(ports: ExportPorts, options: ExportOptions): readonly WebRoute[] {
  const showAll: WebHandler = async (request, response) => {
    const { language } = request;
    const scope = scopeOf(request);
    const page = (
      <ExportsPage
        language={language}
        exports={await listExports(ports, scope)}
        decides={mayDecide(request) && options.folder !== ""}
        several={scope === "all"}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).title });
  };

  /** Only who sees every controller chooses one. */
  const clientsOf = async (request: WebRequest) => {
    const scope = scopeOf(request);
    const { controllers } = await ports.unitOfWork.transaction((unit) =>
      ports.contracts.everything(unit, scope),
    );
    return controllers;
  };

  const sendForm = async (
    request: WebRequest,
    response: Response,
    what: NewWhat,
    refused?: PreauError,
  ): Promise<void> => {
    const { language } = request;
    const controller = controllerOf(request);
    const page = (
      <NewExportPage
        {...{ language, what, controller }}
        projects={controller === undefined || what !== "project" ? [] : await projectsOf(ports, controller)}
        stores={controller === undefined ? [] : storesOf(ports, controller, language)}
        namesInstruction={namesInstruction(request)}
        orderedFor={orderedForIn(request)}
        press={ports.ids.next("prs")}
        clients={controller === undefined ? await clientsOf(request) : []}
        refused={
          refused && {
            ...{ says: refused.entry.says[language], remedy: refused.remedy(language) },
            ...{ place: fieldOf(refused), form: request.form },
          }
        }
      />
    );
    sendPage(request, response, page, { title: textsOf(language).newTitle });
  };

  const showForm: WebHandler = (request, response) =>
    sendForm(request, response, whatIn(request.query["what"]));

  const order: WebHandler = async (request, response) => {
    const what = whatIn(request.form.get("what"));
    try {
      if (options.folder === "") throw fault("EXPORT_NO_FOLDER");
      const controller = controllerOf(request);
      if (controller === undefined) throw fault("EXPORT_BAD_ORDER", { place: "controller" });
      const { instruction, about } = orderedForIn(request);
      const ordered = await orderExport(ports, {
        ...{ instruction, about },
        controller,
        what: await wanted(request, controller, what),
        language: languageIn(request),
        protection: protectionIn(request),
        by: actorOf(request),
        press: request.form.get("press")?.slice(0, 64) ?? undefined,
      });
      if (ordered.passphrase === undefined) response.redirect(303, `/exports/${ordered.id}`);
      else
        await sendExport(request, response, await orderIn(request, ordered.id), {
          passphrase: ordered.passphrase,
        });
    } catch (error) {
      // What can be corrected is said above the form and at its field; nothing that was typed comes back.
      if (!isFault(error) || error.status >= 500) throw error;
      response.status(error.status);
      await sendForm(request, response, what, error);
    }
  };

  const wanted = async (
    request: WebRequest,
    controller: ControllerId,
    what: NewWhat,
  ): Promise<ExportWhat> => {
    const { form } = request;
    if (what === "database") return { kind: "database", store: form.get("store") ?? "" };
    if (what === "project") return projectIn(form.get("project"));
    const kind = form.get("kind") === "portability" ? "portability" : "access";
    return { kind, subject: await subjectNamed(ports, controller, form.get("person") ?? "") };
  };

  /** The export of the address, if this reader may see it; otherwise it does not exist. @throws EXPORT_NO_EXPORT */
  const orderIn = async (request: WebRequest, id: string): Promise<ExportOrder> => {
    const found = await ports.unitOfWork.transaction((unit) =>
      readOrder(unit, scopeOf(request), id as ExportId),
    );
    if (found === undefined) throw fault("EXPORT_NO_EXPORT");
    return found;
  };
  const named = (request: WebRequest) => orderIn(request, String(request.params["id"]));

  const sendExport = async (
    request: WebRequest,
    response: Response,
    one: ExportOrder,
    once: Pick<ExportPageProps, "passphrase" | "link"> = {},
  ): Promise<void> => {
    const { language } = request;
    const fetches = await ports.unitOfWork.transaction((unit) => listFetches(unit, one.controller, one.id));
    const page = (
      <ExportPage
        {...{ language, order: one, fetches, ...once }}
        about={aboutOf(ports, one, language)}
        decides={mayDecide(request)}
        namesInstruction={namesInstruction(request)}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).kinds[one.what.kind] });
  };

  const showOne: WebHandler = async (request, response) => {
    const one = await named(request);
    if (one.state === "ordered" || one.state === "running") response.setHeader("Refresh", "3");
    await sendExport(request, response, one);
  };

  const makeLink: WebHandler = async (request, response) => {
    const { controller, id } = await named(request);
    const { path } = await linkOf(ports, { controller, id, by: actorOf(request) });
    await sendExport(request, response, await named(request), { link: `${options.publicUrl}${path}` });
  };

  const cancel: WebHandler = async (request, response) => {
    const { controller, id } = await named(request);
    await cancelExport(ports, options, { controller, id, by: actorOf(request) });
    response.redirect(303, `/exports/${id}`);
  };

  const read = { method: "get", who: readers, clause: "S7" } as const;
  const decide = { method: "post", who: deciders, clause: "S7" } as const;
  return webRoutes([
    { ...read, path: "/exports", handler: showAll },
    { ...decide, path: "/exports", handler: order },
    { ...read, path: "/exports/new", who: deciders, handler: showForm },
    { ...read, path: "/exports/:id", handler: showOne },
    { ...decide, path: "/exports/:id/link", clause: "D10.1a", handler: makeLink },
    { ...decide, path: "/exports/:id/cancellation", handler: cancel },
  ]);
}

function fieldOf({ code, place }: PreauError): string | undefined {
  return (place === "instruction" ? place : undefined) ?? FIELD_OF[code] ?? place;
}

/** @throws EXPORT_BAD_ORDER */
function languageIn({ form }: WebRequest): Language {
  const language = form.get("language");
  if (language !== "fr" && language !== "en") throw fault("EXPORT_BAD_ORDER", { place: "language" });
  return language;
}

function projectIn(text: string | null): ExportWhat {
  const [store, projectKind, project] = listIn(text);
  if (
    typeof store !== "string" ||
    typeof project !== "string" ||
    (projectKind !== "class" && projectKind !== "course" && projectKind !== "school")
  )
    throw fault("EXPORT_BAD_ORDER", { place: "project" });
  return { kind: "project", store, projectKind, project };
}

function listIn(text: string | null): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** Opaque: a page that stays open on a screen names nobody. */
function aboutOf({ sources }: Pick<ExportPorts, "sources">, order: ExportOrder, language: Language): string {
  const { what } = order;
  if (!("store" in what)) return subjectOf(order) ?? "–";
  const title = sources.get(what.store)?.source.describe().title[language] ?? what.store;
  return what.kind === "project"
    ? `${title} · ${textsOf(language).projectKinds[what.projectKind]} ${what.project}`
    : title;
}
