/** Periods, purges, holds, receipts: what is seen, and what is decided. Another controller's does not exist for those of one. */
import { type LocalDate, localDate } from "@preau/calendar";
import { isFault, type PreauError, type ReceiptId, type SubjectId } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { approvePurge, cancelPurge, takeBackApproval } from "../decide-purge.ts";
import { fault } from "../errors.ts";
import { type Hold, type HoldCovers, type HoldId, holdCovers, isInForce } from "../hold.ts";
import type { RetentionOptions } from "../options.ts";
import { HoldsPage, type HoldsPageProps } from "../pages/holds-page.tsx";
import { PurgePage } from "../pages/purge-page.tsx";
import { ReceiptsPage } from "../pages/receipts-page.tsx";
import { type ControllerSummary, RetentionOverviewPage } from "../pages/retention-overview-page.tsx";
import { RetentionPage } from "../pages/retention-page.tsx";
import { SubjectPage } from "../pages/subject-page.tsx";
import { liftHold, placeHold } from "../place-hold.ts";
import type { Purge, PurgeId } from "../purge.ts";
import { readPurgeView } from "../purge-view.ts";
import type { RetentionPorts } from "../retention-ports.ts";
import { readRetentionView } from "../retention-view.ts";
import { purgesTextsOf } from "../say-rule.ts";
import { readForecast, readSurveys } from "../store/forecasts.ts";
import { listHolds } from "../store/holds.ts";
import { listPurges, readPurge } from "../store/purges.ts";
import { readTimeline } from "../subject-timeline.ts";
import { surveyedStores, surveyStore } from "../survey.ts";
import { takeUpRequests } from "../take-up-requests.ts";
import {
  at,
  controllerOf,
  deciderOf,
  deciders,
  mayDecide,
  namesInstruction,
  readers,
  requireController,
  scopeOf,
} from "./retention-access.ts";

type Response = Parameters<WebHandler>[1];

/** The first page, for the menu: whoever sees one controller lands on it. */
export const retentionMenu = {
  path: "/retention",
  title: { fr: "Conservation", en: "Retention" },
  who: readers,
} as const;

const RECEIPTS = 200;
const SOON_DAYS = 30;

export function retentionRoutes(ports: RetentionPorts, options: RetentionOptions): readonly WebRoute[] {
  const titlesOf = (request: WebRequest) => (store: string) =>
    ports.sources.get(store)?.source.describe().title[request.language] ?? store;
  const wordsOf = (request: WebRequest) => purgesTextsOf(request.language);

  const showRetention: WebHandler = async (request, response) => {
    const controller = controllerOf(request);
    const { language } = request;
    const title = wordsOf(request).title;
    if (controller === undefined) {
      sendPage(
        request,
        response,
        <RetentionOverviewPage language={language} summaries={await summaries()} />,
        { title },
      );
      return;
    }
    const view = await ports.unitOfWork.transaction((unit) => readRetentionView(unit, ports, controller));
    const page = (
      <RetentionPage
        {...{ language, view }}
        titleOf={titlesOf(request)}
        hrefOf={(path) => at(request, path, controller)}
        decides={mayDecide(request)}
        oldAfterHours={options.surveyHours * 4}
        massShare={options.massShare}
      />
    );
    sendPage(request, response, page, { title });
  };

  const summaries = (): Promise<readonly ControllerSummary[]> =>
    ports.unitOfWork.transaction(async (unit) => {
      const surveys = await readSurveys(unit, "all");
      const open = await listPurges(unit, { controller: "all", states: ["proposed"], limit: 5_000 });
      const soon = ports.clock.now().slice(0, 10) as LocalDate;
      const found: ControllerSummary[] = [];
      for (const controller of new Set(surveys.map((each) => each.controller))) {
        const forecast = await readForecast(unit, controller, addDays(soon, SOON_DAYS));
        found.push({
          controller,
          accounts: sum(
            surveys.filter((each) => each.controller === controller).map(({ accounts }) => accounts),
          ),
          within30: sum(forecast.map(({ persons }) => persons)),
          waiting: open.filter((each) => each.controller === controller && each.needs !== "nobody").length,
        });
      }
      return found;
    });

  const surveyNow: WebHandler = async (request, response) => {
    const controller = requireController(request);
    for (const where of surveyedStores(ports, controller)) {
      await takeUpRequests(ports, where);
      await surveyStore(ports, options, where);
    }
    response.redirect(303, at(request, "/retention", controller));
  };

  const purgeIn = async (request: WebRequest): Promise<Purge> => {
    const id = String(request.params["id"]) as PurgeId;
    const purge = await ports.unitOfWork.transaction((unit) => readPurge(unit, scopeOf(request), id));
    if (purge === undefined) throw fault("RETENTION_NO_PURGE");
    return purge;
  };

  const showPurge: WebHandler = async (request, response) => {
    const purge = await purgeIn(request);
    const view = await readPurgeView(ports, purge, { plan: request.query["plan"] === "yes" });
    const page = (
      <PurgePage
        {...{ language: request.language, view }}
        titleOf={titlesOf(request)}
        hrefOf={(path) => at(request, path, purge.controller)}
        decides={mayDecide(request)}
        namesInstruction={namesInstruction(request)}
        massShare={options.massShare}
      />
    );
    sendPage(request, response, page, { title: wordsOf(request).purgeTitle });
  };

  const deciding =
    (decide: typeof approvePurge | typeof cancelPurge | typeof takeBackApproval): WebHandler =>
    async (request, response) => {
      const { controller, id } = await purgeIn(request);
      await ports.unitOfWork.transaction((unit) =>
        decide(unit, ports, { controller, id, by: deciderOf(request) }),
      );
      response.redirect(303, at(request, `/retention/purges/${id}`, controller));
    };

  const sendHolds = async (
    request: WebRequest,
    response: Response,
    refused?: Pick<HoldsPageProps, "refused">,
  ): Promise<void> => {
    const controller = controllerOf(request);
    if (controller === undefined) {
      response.redirect(303, "/retention");
      return;
    }
    const { language } = request;
    const { holds, place } = await ports.unitOfWork.transaction(async (unit) => ({
      holds: await listHolds(unit, controller, "all"),
      place: await ports.contracts.placeOf(unit, controller),
    }));
    const now = ports.clock.now();
    const standing = (hold: Hold) => isInForce(hold, now, place);
    const page = (
      <HoldsPage
        {...{ language, controller, ...refused }}
        standing={holds.filter(standing)}
        past={holds.filter((hold) => !standing(hold))}
        categories={ports.agreements
          .of(controller)
          .categories.map((each) => ({ id: each.id, name: each[language] }))}
        hrefOf={(path) => at(request, path, controller)}
        decides={mayDecide(request)}
        namesInstruction={namesInstruction(request)}
      />
    );
    sendPage(request, response, page, { title: wordsOf(request).holdsTitle });
  };

  const place: WebHandler = async (request, response) => {
    const controller = requireController(request);
    const { form } = request;
    const by = requiringInstruction(request);
    try {
      await ports.unitOfWork.transaction((unit) =>
        placeHold(unit, ports, {
          controller,
          covers: coversIn(form),
          subject: textIn(form, "subject") as SubjectId | undefined,
          category: textIn(form, "category"),
          lawful: form.get("lawful") === "yes",
          basis: form.get("basis") ?? "",
          until: dayIn(form),
          by,
        }),
      );
    } catch (error) {
      if (!isRefusal(error)) throw error;
      response.status(error.status);
      const { language } = request;
      const said = { says: error.entry.says[language], remedy: error.remedy(language), form };
      await sendHolds(request, response, { refused: said });
      return;
    }
    response.redirect(303, at(request, "/retention/holds", controller));
  };

  const lift: WebHandler = async (request, response) => {
    const controller = requireController(request);
    const id = String(request.params["id"]) as HoldId;
    const by = requiringInstruction(request);
    await ports.unitOfWork.transaction((unit) => liftHold(unit, ports, { controller, id, by }));
    response.redirect(303, at(request, "/retention/holds", controller));
  };

  const findSubject: WebHandler = (request, response) => {
    const controller = requireController(request);
    const { subject: given } = request.query;
    const subject = typeof given === "string" ? given.trim() : "";
    const path = /^sub_[0-9a-z]+$/.test(subject) ? `/retention/subjects/${subject}` : "/retention";
    response.redirect(303, at(request, path, controller));
  };

  const showSubject: WebHandler = async (request, response) => {
    const controller = requireController(request);
    const subject = String(request.params["subject"]);
    if (!/^sub_[0-9a-z]+$/.test(subject)) throw fault("RETENTION_NO_SUBJECT");
    const id = subject as SubjectId;
    const page = (
      <SubjectPage
        language={request.language}
        subject={id}
        timeline={await readTimeline(ports, controller, id)}
        titleOf={titlesOf(request)}
        hrefOf={(path) => at(request, path, controller)}
      />
    );
    sendPage(request, response, page, { title: wordsOf(request).subjectTitle });
  };

  const showReceipts: WebHandler = async (request, response) => {
    const controller = requireController(request);
    const rows = await ports.unitOfWork.transaction(async (unit) => [
      ...(await ports.receipts.receipts(unit, controller, "opened")),
      ...(await ports.receipts.receipts(unit, controller, "closed")),
    ]);
    const newest = rows.sort((a, b) => (a.openedAt > b.openedAt ? -1 : 1)).slice(0, RECEIPTS);
    const page = (
      <ReceiptsPage
        language={request.language}
        controller={controller}
        receipts={newest}
        hrefOf={(path) => at(request, path, controller)}
      />
    );
    sendPage(request, response, page, { title: wordsOf(request).receiptsTitle });
  };

  const downloadReceipt: WebHandler = async (request, response) => {
    const controller = requireController(request);
    const id = String(request.params["id"]) as ReceiptId;
    const file = await ports.receipts.receiptFile(controller, id);
    if (file === undefined) throw fault("RETENTION_RECEIPT_NOT_READY");
    response.setHeader("Content-Disposition", `attachment; filename="receipt-${id}.json"`);
    response.type("application/json").send(file);
  };

  const read = { method: "get", who: readers } as const;
  const decide = { method: "post", who: deciders } as const;
  return webRoutes([
    { ...read, path: "/retention", clause: "D12.4", handler: showRetention },
    { ...decide, path: "/retention/survey", clause: "D12.4", handler: surveyNow },
    { ...read, path: "/retention/purges/:id", clause: "D12.4", handler: showPurge },
    { ...decide, path: "/retention/purges/:id/approval", clause: "D12.1", handler: deciding(approvePurge) },
    {
      ...decide,
      path: "/retention/purges/:id/approval/withdrawal",
      clause: "D12.1",
      handler: deciding(takeBackApproval),
    },
    { ...decide, path: "/retention/purges/:id/cancellation", clause: "D5", handler: deciding(cancelPurge) },
    {
      ...read,
      path: "/retention/holds",
      clause: "D6.2c",
      handler: (request, response) => sendHolds(request, response),
    },
    { ...decide, path: "/retention/holds", clause: "D6.2c", handler: place },
    { ...decide, path: "/retention/holds/:id/lift", clause: "D6.2c", handler: lift },
    { ...read, path: "/retention/subjects", clause: "D12.4", handler: findSubject },
    { ...read, path: "/retention/subjects/:subject", clause: "D12.4", handler: showSubject },
    { ...read, path: "/retention/receipts", clause: "D12.2", handler: showReceipts },
    { ...read, path: "/retention/receipts/:id", clause: "D12.2", handler: downloadReceipt },
  ]);
}

/** Whoever writes down what the controller ordered, says which instruction. @throws RETENTION_NEEDS_INSTRUCTION */
function requiringInstruction(request: WebRequest): ReturnType<typeof deciderOf> {
  const by = deciderOf(request);
  if (namesInstruction(request) && by.instructionReference === undefined)
    throw fault("RETENTION_NEEDS_INSTRUCTION", { clause: "D6.1c" });
  return by;
}

function isRefusal(error: unknown): error is PreauError {
  return isFault(error, "RETENTION_HOLD_BAD") || isFault(error, "RETENTION_NO_SUBJECT");
}

function coversIn(form: URLSearchParams): HoldCovers {
  return holdCovers.find((each) => each === form.get("covers")) ?? "person";
}

/** @throws RETENTION_HOLD_BAD for what is no day */
function dayIn(form: URLSearchParams): LocalDate | undefined {
  const text = textIn(form, "until");
  try {
    return text === undefined ? undefined : localDate(text);
  } catch (cause) {
    throw fault("RETENTION_HOLD_BAD", { place: "until", cause });
  }
}

function textIn(form: URLSearchParams, name: string): string | undefined {
  const text = form.get(name)?.trim();
  return text === undefined || text === "" ? undefined : text;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0);
}

function addDays(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000)
    .toISOString()
    .slice(0, 10) as LocalDate;
}
