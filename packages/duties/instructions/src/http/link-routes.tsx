/**
 * What the client's officer does behind a link: confirms or withdraws a flagged instruction, approves or refuses an observation,
 * acknowledges a notice. Looking changes nothing: mail scanners follow links. @clause D6.2a, S14, D6.1d
 */
import type { ControllerId, InstructionId } from "@preau/kernel";
import { type Link, sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { approveObservation, refuseObservation } from "../answer-observation.ts";
import { OBSERVATION_LINK, openObservation } from "../ask-observation.ts";
import { holdsFlagged } from "../instruction.ts";
import type { InstructionsPorts } from "../instructions-ports.ts";
import type { NoticeId } from "../notice.ts";
import type { ObservationId } from "../observation.ts";
import { titleOfField } from "../observation-fields.ts";
import { FlaggedPage } from "../pages/flagged-page.tsx";
import { NoticeLinkPage } from "../pages/notice-link-page.tsx";
import { ObservationPage } from "../pages/observation-page.tsx";
import { AnsweredPage, DeadLinkPage } from "../pages/writing-fields.tsx";
import { flagContext } from "../raise-flag.ts";
import { openWords } from "../sealed-words.ts";
import { confirmInstruction, FLAG_LINK, withdrawInstruction } from "../settle-flag.ts";
import { flagsOf } from "../store/flag-rows.ts";
import { findInstruction } from "../store/instruction-rows.ts";
import { thingsOf } from "../store/link-rows.ts";
import { findNotice } from "../store/notice-rows.ts";
import { findObservation } from "../store/observation-rows.ts";
import { textsOf } from "../texts.ts";
import { acknowledgeNotice, NOTICE_LINK, wordsOf } from "../write-notice.ts";
import { LINK_HOLDER } from "./ledger-access.ts";
import { clocksOf } from "./ledger-routes.tsx";

type Response = Parameters<WebHandler>[1];
type Alive = Link;

export function linkRoutes(ports: InstructionsPorts): readonly WebRoute[] {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);

  /** The link when it is good. @throws nothing: what is dead is told so */
  const alive = async (purpose: string, request: WebRequest): Promise<Alive | undefined> => {
    const token = String(request.params["token"]);
    const found = await inUnit((unit) => ports.links.look(unit, purpose, token));
    return found.state === "alive" ? found.link : undefined;
  };
  const dead = (request: WebRequest, response: Response) => {
    response.status(410);
    const { language } = request;
    sendPage(request, response, <DeadLinkPage language={language} />, { title: textsOf(language).linkDead });
  };
  const thanks = (request: WebRequest, response: Response, title: string) => {
    const { language } = request;
    sendPage(request, response, <AnsweredPage {...{ language, title }} />, { title });
  };
  /** Looks, or uses the link up and does the deed. */
  const behind = (
    purpose: string,
    show: (request: WebRequest, response: Response, link: Alive) => Promise<void>,
    act: (request: WebRequest, link: Alive) => Promise<string>,
  ): { readonly show: WebHandler; readonly act: WebHandler } => ({
    show: async (request, response) => {
      const link = await alive(purpose, request);
      if (link === undefined) {
        dead(request, response);
        return;
      }
      await show(request, response, link);
    },
    act: async (request, response) => {
      const link = await alive(purpose, request);
      if (link === undefined) {
        dead(request, response);
        return;
      }
      const title = await act(request, link);
      thanks(request, response, title);
    },
  });

  const flagged = behind(
    FLAG_LINK,
    async (request, response, { controller, thing }) => {
      const { language } = request;
      const found = await inUnit(async (unit) => {
        const instruction = await findInstruction(unit, controller, thing);
        const [flag] = await flagsOf(unit, controller, thing as InstructionId);
        const things = await thingsOf(unit, controller, thing as InstructionId);
        return { instruction, flag, things: things.map((each) => each.thing) };
      });
      const { instruction, flag } = found;
      if (instruction === undefined || flag === undefined || instruction.flaggedAt === undefined) {
        dead(request, response);
        return;
      }
      const explained = await openWords(ports, controller, flag.explained, flagContext(thing));
      const page = (
        <FlaggedPage
          {...{ language, instruction, flag, explained, action: request.path }}
          holds={holdsFlagged(ports.agreements, controller)}
          clocks={await clocksOf(ports, instruction, found.things)}
        />
      );
      sendPage(request, response, page, { title: textsOf(language).flaggedTitle });
    },
    async (request, { controller, thing }) => {
      const given = { controller, instruction: thing as InstructionId, by: LINK_HOLDER };
      await (request.form.get("answer") === "withdraw" ? withdrawInstruction : confirmInstruction)(
        ports,
        given,
      );
      return textsOf(request.language).instruction;
    },
  );

  const observation = behind(
    OBSERVATION_LINK,
    async (request, response, { controller, thing }) => {
      const { language } = request;
      const sealed = await inUnit((unit) => findObservation(unit, controller, thing));
      const shown = sealed && (await openObservation(ports, sealed));
      if (shown === undefined) {
        dead(request, response);
        return;
      }
      const page = (
        <ObservationPage
          {...{ language, observation: shown, answers: true, asks: false }}
          titles={titlesOf(ports, controller, shown.fields)}
          answerAction={request.path}
        />
      );
      sendPage(request, response, page, { title: textsOf(language).observations });
    },
    async (request, { controller, thing }) => {
      const given = { controller, id: thing as ObservationId, by: LINK_HOLDER };
      if (request.form.get("answer") === "refuse") await refuseObservation(ports, given);
      else await approveObservation(ports, { ...given, hash: request.form.get("hash") ?? "" });
      return textsOf(request.language).observations;
    },
  );

  const notice = behind(
    NOTICE_LINK,
    async (request, response, { controller, thing }) => {
      const { language } = request;
      const found = await inUnit((unit) => findNotice(unit, controller, thing));
      if (found === undefined) {
        dead(request, response);
        return;
      }
      const text = await wordsOf(ports, found);
      const page = <NoticeLinkPage {...{ language, notice: found, text, action: request.path }} />;
      sendPage(request, response, page, { title: textsOf(language).notices });
    },
    async (request, { controller, thing }) => {
      await acknowledgeNotice(ports, { controller, id: thing as NoticeId, by: LINK_HOLDER });
      return textsOf(request.language).notices;
    },
  );

  const anyone = { who: "anyone", rateLimit: { attempts: 60, seconds: 60 } } as const;
  const pair = (path: string, clause: string, { show, act }: typeof flagged) =>
    [
      { ...anyone, method: "get", path, clause, handler: show },
      { ...anyone, method: "post", path, clause, handler: act },
    ] as const satisfies readonly WebRoute[];
  return webRoutes([
    ...pair("/instructions/flagged/:token", "D6.2a", flagged),
    ...pair("/instructions/observations/answer/:token", "S14", observation),
    ...pair("/notices/acknowledge/:token", "D6.1d", notice),
  ]);
}

export function titlesOf(ports: InstructionsPorts, controller: ControllerId, fields: readonly string[]) {
  return new Map(
    fields.flatMap((field) => {
      const title = titleOfField(ports, controller, field);
      return title === undefined ? [] : [[field, title] as const];
    }),
  );
}
