/** A notice as its client's own people read and answer it, and as the publisher's officer writes down what was received. */
import { localDate } from "@preau/calendar";
import { type ContractId, endChoices } from "@preau/contracts";
import { isFault, type Unit } from "@preau/kernel";
import {
  actsAs,
  sendPage,
  Notice as WarningNotice,
  type WebHandler,
  type WebRequest,
  type WebRoute,
  webRoutes,
} from "@preau/web";
import type { ComponentChild } from "preact";
import type { Change } from "../change.ts";
import { endAfterObjection, terminationNotice } from "../end-after-objection.ts";
import { fault } from "../errors.ts";
import { handOver } from "../hand-over.ts";
import { capacities, type Notice, type NoticeId } from "../notice.ts";
import { honourObjection, recordObjection, standingFor, withdrawObjection } from "../object.ts";
import type { SubprocessorsOptions } from "../options.ts";
import { pageTextsOf } from "../page-texts.ts";
import { HandedLink } from "../pages/change-page.tsx";
import { NoticePage } from "../pages/notice-page.tsx";
import { StaffPart } from "../pages/notice-staff-part.tsx";
import type { SubprocessorPorts } from "../ports.ts";
import { bad } from "../read-words.ts";
import { correctReceipt, recordReceipt } from "../record-receipt.ts";
import { readChange } from "../store/changes.ts";
import { findNotice } from "../store/find-notice.ts";
import { objectionsTo } from "../store/objections.ts";
import { actorOf, clientRoles, officerRoles, prepares, readerRoles, scopeOf } from "./access.ts";
import { refusalOf } from "./registry-routes.tsx";
import { receivedIn, writingIn } from "./writing-form.ts";

type Response = Parameters<WebHandler>[1];

export function noticeRoutes(ports: SubprocessorPorts, options: SubprocessorsOptions): readonly WebRoute[] {
  /** Another client's does not exist. @throws SUBPROCESSORS_NO_NOTICE */
  const named = async (
    unit: Unit,
    request: WebRequest,
  ): Promise<{ readonly notice: Notice; readonly change: Change }> => {
    const notice = await findNotice(unit, scopeOf(request), String(request.params["id"]) as NoticeId);
    const change = notice && (await readChange(unit, notice.change));
    if (notice === undefined || change === undefined) throw fault("SUBPROCESSORS_NO_NOTICE");
    return { notice, change };
  };

  const send = async (
    request: WebRequest,
    response: Response,
    more: {
      readonly late?: boolean;
      readonly above?: ComponentChild;
      readonly refused?: ReturnType<typeof refusalOf>;
    } = {},
  ): Promise<void> => {
    const { language } = request;
    const own = actsAs(request, clientRoles);
    const page = await ports.unitOfWork.transaction(async (unit) => {
      const { notice, change } = await named(unit, request);
      const { controller } = notice;
      const standing = await standingFor(unit, ports, notice, change);
      const client = (await ports.contracts.controller(unit, controller))?.name ?? controller;
      const path = `/subprocessors/notices/${notice.id}`;
      const objections = await objectionsTo(unit, controller, change.id);
      const contracts = await ports.contracts.contracts(unit, controller);
      return (
        <>
          {more.above}
          {more.refused !== undefined && (
            <WarningNotice kind="danger" title={more.refused.says}>
              <p>{more.refused.remedy}</p>
            </WarningNotice>
          )}
          <NoticePage
            {...{ language, change, notice, standing, client }}
            agreement={ports.agreements.of(controller)}
            actions={own ? { press: `${path}/answer`, withdrawal: `${path}/objection/withdrawal` } : {}}
            asksCapacity={false}
            {...(more.late === undefined ? {} : { late: more.late })}
          />
          {prepares(request) && (
            <StaffPart
              {...{ language, notice, standing, objections, contracts }}
              {...(more.refused === undefined ? {} : { sent: more.refused.form })}
            />
          )}
        </>
      );
    });
    sendPage(request, response, page, { title: pageTextsOf(language).noticeTitle });
  };

  const back = (response: Response, { id }: Notice) => response.redirect(303, `/subprocessors/notices/${id}`);

  const answer: WebHandler = async (request, response) => {
    const by = actorOf(request);
    const done = await ports.unitOfWork.transaction(async (unit) => {
      const { notice, change } = await named(unit, request);
      const given = { controller: notice.controller, change: change.id, by };
      if (request.form.get("press") !== "objection") {
        await recordReceipt(unit, ports, options, given);
        return { notice, late: false };
      }
      const { counts } = await recordObjection(unit, ports, options, given);
      return { notice, late: !counts };
    });
    if (done.late) await send(request, response, { late: true });
    else back(response, done.notice);
  };

  const withdraw: WebHandler = async (request, response) => {
    const by = actorOf(request);
    const notice = await ports.unitOfWork.transaction(async (unit) => {
      const found = await named(unit, request);
      await withdrawObjection(unit, ports, options, {
        ...{ controller: found.notice.controller, change: found.change.id, by },
      });
      return found.notice;
    });
    back(response, notice);
  };

  /** What the publisher's officer records, in one unit. */
  const record =
    (what: (unit: Unit, given: Recorded) => Promise<unknown>): WebHandler =>
    async (request, response) => {
      try {
        const notice = await ports.unitOfWork.transaction(async (unit) => {
          const { notice: found, change } = await named(unit, request);
          const place = await ports.contracts.placeOf(unit, found.controller);
          await what(unit, { request, notice: found, change, place });
          return found;
        });
        back(response, notice);
      } catch (error) {
        if (isFault(error, "SUBPROCESSORS_NO_NOTICE")) throw error;
        const refused = refusalOf(error, request);
        response.status(refused.status);
        await send(request, response, { refused });
      }
    };
  const sayingOf = ({ request, notice, change, place }: Recorded) => ({
    controller: notice.controller,
    change: change.id,
    by: actorOf(request),
    writing: writingIn(request.form, place, ports.clock.now()),
  });

  const receipt = record((unit, given) => recordReceipt(unit, ports, options, sayingOf(given)));
  const correction = record((unit, given) => {
    const { form } = given.request;
    const text = form.get("correctedAt")?.trim() ?? "";
    const receivedAt =
      text === ""
        ? ("notReceived" as const)
        : receivedIn(text, given.place, { field: "receivedAt", now: ports.clock.now() });
    return correctReceipt(unit, ports, options, {
      ...sayingOf(given),
      ...{ receivedAt, reason: form.get("reason") ?? "" },
    });
  });
  const objection = record((unit, given) => recordObjection(unit, ports, options, sayingOf(given)));
  const taken = record((unit, given) => withdrawObjection(unit, ports, options, sayingOf(given)));
  const honour = record((unit, { request, notice, change }) =>
    honourObjection(unit, ports, { controller: notice.controller, change: change.id, by: actorOf(request) }),
  );

  const hand: WebHandler = async (request, response) => {
    const by = actorOf(request);
    const { path } = await ports.unitOfWork.transaction(async (unit) => {
      const { notice, change } = await named(unit, request);
      return handOver(unit, ports, options, { controller: notice.controller, change: change.id, by });
    });
    const link = `${options.publicUrl}${path}`;
    await send(request, response, { above: <HandedLink language={request.language} link={link} /> });
  };

  const ending = (request: WebRequest, { notice, change }: Pick<Recorded, "notice" | "change">) => {
    const contract = request.form.get("contract") ?? "";
    try {
      const endsOn = localDate(request.form.get("endsOn") ?? "");
      return { controller: notice.controller, change: change.id, contract: contract as ContractId, endsOn };
    } catch (error) {
      if (!isFault(error)) throw error;
      throw bad("endsOn");
    }
  };
  const terminate: WebHandler = async (request, response) => {
    if (request.form.get("press") !== "end") {
      const letter = await ports.unitOfWork.transaction(async (unit) =>
        terminationNotice(unit, ports, ending(request, await named(unit, request)), request.language),
      );
      const above = letter.map((each) => <p key={each}>{each}</p>);
      await send(request, response, { above: <blockquote>{above}</blockquote> });
      return;
    }
    const atEnd = endChoices.find((each) => each === request.form.get("atEnd"));
    const notice = await ports.unitOfWork.transaction(async (unit) => {
      const found = await named(unit, request);
      await endAfterObjection(unit, ports, options, {
        ...ending(request, found),
        ...{ by: actorOf(request) },
        ...(atEnd === undefined ? {} : { atEnd }),
      });
      return found.notice;
    });
    back(response, notice);
  };

  const one = "/subprocessors/notices/:id";
  const read = { method: "get", who: readerRoles, clause: "D8.2" } as const;
  const own = { method: "post", who: clientRoles, clause: "D8.3" } as const;
  const staff = { method: "post", who: officerRoles, clause: "D8.3" } as const;
  return webRoutes([
    { ...read, path: one, handler: (request, response) => send(request, response) },
    { ...own, path: `${one}/answer`, handler: answer },
    { ...own, path: `${one}/objection/withdrawal`, handler: withdraw },
    { ...staff, path: `${one}/receipt`, handler: receipt },
    { ...staff, path: `${one}/receipt/correction`, handler: correction },
    { ...staff, path: `${one}/objection`, handler: objection },
    { ...staff, path: `${one}/objection/taken-back`, handler: taken },
    { ...staff, path: `${one}/objection/honour`, handler: honour },
    { ...staff, path: `${one}/link`, clause: "D8.2", handler: hand },
    { ...staff, path: `${one}/termination`, clause: "D8.4", handler: terminate },
  ]);
}

interface Recorded {
  readonly request: WebRequest;
  readonly notice: Notice;
  readonly change: Change;
  readonly place: Awaited<ReturnType<SubprocessorPorts["contracts"]["placeOf"]>>;
}

export function capacityIn(form: URLSearchParams) {
  const capacity = capacities.find((each) => each === form.get("capacity"));
  if (capacity === undefined) throw bad("capacity");
  return capacity;
}
