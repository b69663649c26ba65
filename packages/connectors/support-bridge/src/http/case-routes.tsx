/** One case: looked at with a reason, decided, answered, ended. @clause DD.6, D10.1b, D10.1c */
import { isFault, type PreauError } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { answerCase } from "../answer-case.ts";
import { assignWriter } from "../assign-writer.ts";
import { accessReasons, openCases, requireOpened } from "../case-access.ts";
import { closeCase } from "../case-close.ts";
import { eraseAtDesk, markErasedAtDesk } from "../erase-at-desk.ts";
import { fault } from "../errors.ts";
import type { SupportBridgeOptions } from "../options.ts";
import { CasePage, type CasePageProps } from "../pages/case-page.tsx";
import { previewAnswer } from "../preview-answer.ts";
import { confirmProposal, rejectProposal } from "../proposal.ts";
import { requireShown, showLines } from "../show-case.ts";
import type { SupportCase, WordsId } from "../support-case.ts";
import { textsOf } from "../texts.ts";
import { answerIn, mattersIn, writerIn } from "./case-form.ts";
import { seeCase } from "./case-view.ts";
import { sayRefusal } from "./say-refusal.ts";
import { agents, caseReaders, type PeoplePorts, readerOf, requireAgent } from "./support-access.ts";

type Response = Parameters<WebHandler>[1];
type Unit = Parameters<Parameters<PeoplePorts["unitOfWork"]["transaction"]>[0]>[0];

export function caseRoutes(ports: PeoplePorts, options: SupportBridgeOptions): readonly WebRoute[] {
  const { unitOfWork, ids } = ports;

  const send = async (
    request: WebRequest,
    response: Response,
    more: Pick<CasePageProps, "preview" | "typed"> & { readonly error?: PreauError } = {},
  ): Promise<void> => {
    const { language } = request;
    const { error, preview, typed } = more;
    const seen = await seeCase(ports, options, request, typed?.instruction);
    const page = (
      <CasePage
        {...{ language, seen, preview, typed }}
        press={typed?.press ?? ids.next("prs")}
        keepDays={options.keepDays}
        team={options.team}
        purpose={options.purpose}
        refused={error && sayRefusal(error, language)}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).cases.one });
  };

  /** The case of an agent who said why it is opened. */
  const opened = async (unit: Unit, request: WebRequest): Promise<SupportCase> => {
    const shown = await showLines(unit, { scope: "all", id: String(request.params["id"]) });
    if (shown === undefined) throw fault("SUPPORT_NO_CASE");
    await requireOpened(unit, shown.line, readerOf(request));
    return shown.line;
  };

  /** Done, and led back to the case; or the case again, with what was refused. */
  const deed =
    (work: (request: WebRequest) => Promise<void>): WebHandler =>
    async (request, response) => {
      requireAgent(request);
      try {
        await work(request);
      } catch (error) {
        if (!isFault(error) || error.status >= 500 || error.code === "SUPPORT_NO_CASE") throw error;
        response.status(error.status);
        return send(request, response, { error });
      }
      response.redirect(303, `/support/cases/${String(request.params["id"])}`);
    };
  const inCase = (work: (unit: Unit, line: SupportCase, request: WebRequest) => Promise<void>) =>
    deed((request) =>
      unitOfWork.transaction(async (unit) => work(unit, await opened(unit, request), request)),
    );

  const open = deed((request) =>
    unitOfWork.transaction(async (unit) => {
      const reason = accessReasons.find((each) => each === request.form.get("reason"));
      if (reason === undefined) throw fault("SUPPORT_FIELD_BAD", { place: "reason" });
      const shown = await showLines(unit, { scope: "all", id: String(request.params["id"]) });
      if (shown === undefined) throw fault("SUPPORT_NO_CASE");
      await openCases(unit, ports, shown.line, { ...readerOf(request), reason });
    }),
  );

  const decide = inCase(async (unit, line, request) => {
    const { form } = request;
    const { by } = readerOf(request);
    const words = String(request.params["words"]) as WordsId;
    const decision = { scope: line.controller, words, by };
    if (form.get("decision") === "reject") {
      await requireShown(unit, ports, options, { scope: "all", id: line.id });
      return rejectProposal(unit, ports, decision);
    }
    const matters = mattersIn(form);
    if (matters.length === 0) throw fault("SUPPORT_FIELD_BAD", { place: "matters" });
    return confirmProposal(unit, ports, { ...decision, matters });
  });

  const assign = deed(async (request) => {
    await unitOfWork.transaction((unit) => opened(unit, request));
    const writer = await writerIn(ports, request.form);
    await unitOfWork.transaction(async (unit) => {
      const { id } = await opened(unit, request);
      const { by, session } = readerOf(request);
      const line = await assignWriter(unit, ports, { scope: "all", case: id, writer, by });
      // The reason that was given goes with the case to the client that it is found to be of.
      await openCases(unit, ports, line, {
        by,
        reason: "wall",
        ...(session === undefined ? {} : { session }),
      });
    });
  });

  const answer: WebHandler = async (request, response) => {
    requireAgent(request);
    const id = String(request.params["id"]);
    const { form } = request;
    const loose = { text: form.get("text") ?? "", press: ids.next("prs") };
    let typed: NonNullable<CasePageProps["typed"]> = loose;
    try {
      typed = answerIn(form, () => ids.next("prs"));
      const preview = await unitOfWork.transaction(async (unit) => {
        const line = await opened(unit, request);
        await requireShown(unit, ports, options, { scope: "all", id: line.id });
        if (form.get("act") !== "send")
          return previewAnswer(unit, ports, { scope: "all", case: id, ...typed });
        await answerCase(unit, ports, options, {
          ...{ scope: "all", case: id, ...typed, by: readerOf(request).by },
        });
        return undefined;
      });
      if (preview !== undefined) {
        await send(request, response, { typed, preview });
        return;
      }
    } catch (error) {
      if (!isFault(error) || error.status >= 500 || error.code === "SUPPORT_NO_CASE") throw error;
      response.status(error.status);
      await send(request, response, { error, typed });
      return;
    }
    response.redirect(303, `/support/cases/${id}#messages`);
  };

  const close = inCase((unit, { controller, id }, request) =>
    closeCase(unit, ports, options, { controller, id, by: readerOf(request).by }),
  );
  const erase = inCase((unit, { controller: scope, id }, request) => {
    const asked = { scope, case: id, by: readerOf(request).by };
    return request.form.get("act") === "byHand"
      ? markErasedAtDesk(unit, ports, asked)
      : eraseAtDesk(unit, ports, asked);
  });

  const path = "/support/cases/:id";
  const act = { method: "post", who: agents } as const;
  return webRoutes([
    {
      ...{ method: "get", path, who: caseReaders, clause: "DC" },
      handler: (request, response) => send(request, response),
    },
    { ...act, path: `${path}/opening`, clause: "DD.6", handler: open },
    { ...act, path: `${path}/proposals/:words`, clause: "D10.1b", handler: decide },
    { ...act, path: `${path}/writer`, clause: "DC", handler: assign },
    { ...act, path: `${path}/answer`, clause: "D10.1c", handler: answer, bodyLimit: 262_144 },
    { ...act, path: `${path}/closing`, clause: "DD.7", handler: close },
    { ...act, path: `${path}/erasure`, clause: "D12.2", handler: erase },
  ]);
}
