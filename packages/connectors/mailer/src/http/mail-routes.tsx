/** Messages: what became of them, what would leave, and what a person may do about those that did not arrive. @clause DC */
import type { MessageId, Ports } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import { type MessageState, messageStates } from "../message-line.ts";
import type { MailerOptions } from "../options.ts";
import { MailPage } from "../pages/mail-page.tsx";
import { MessagePage } from "../pages/message-page.tsx";
import { renderMessage } from "../render-message.ts";
import { requeueMessage, returnMessage } from "../requeue-message.ts";
import { openMessage } from "../seal-message.ts";
import { countMessages, listMessages, readMessage } from "../store/messages.ts";
import { textsOf } from "../texts.ts";
import { framed, PAGE_POLICY } from "./frame-policy.ts";
import { mailDeciders, mailReaders, mayDecide, mayRead, scopeOf } from "./mail-access.ts";

export { mailReaders } from "./mail-access.ts";

const SHOWN = 200;
export function mailRoutes(
  ports: Pick<Ports, "agreements" | "clock" | "events" | "jobs" | "post" | "unitOfWork" | "vault">,
  options: MailerOptions,
): readonly WebRoute[] {
  const { post, unitOfWork } = ports;

  const showAll: WebHandler = async (request, response) => {
    const { language } = request;
    const scope = scopeOf(request);
    const state = stateIn(request.query["state"]);
    const { messages, counts } = await unitOfWork.transaction(async (unit) => ({
      messages: await listMessages(unit, {
        scope,
        limit: SHOWN,
        ...(state === undefined ? {} : { states: [state] }),
      }),
      counts: await countMessages(unit, scope),
    }));
    const page = (
      <MailPage
        {...{ language, messages, state }}
        subjectOf={(line) => post.templates.get(line.template)?.subject[language]}
        transport={post.transport?.name}
        troubled={counts
          .filter((each) => each.state === "bounced" || each.state === "dead")
          .reduce((sum, each) => sum + each.messages, 0)}
        waiting={counts.some((each) => each.state === "queued")}
        reads={mayRead(request, post, options)}
        several={scope === "all"}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).title });
  };

  /** @throws MAIL_NO_MESSAGE for another controller's too */
  const named = async (request: WebRequest) => {
    const id = String(request.params["id"]);
    const found = await unitOfWork.transaction((unit) => readMessage(unit, scopeOf(request), id));
    if (found === undefined) throw fault("MAIL_NO_MESSAGE");
    return found;
  };

  /** What the message says where this reader may read it; what its template says otherwise. */
  const contentOf = async (request: WebRequest, found: Awaited<ReturnType<typeof named>>) => {
    const { line, sealed } = found;
    const template = post.templates.get(line.template);
    if (template === undefined) return undefined;
    const part =
      sealed !== null && mayRead(request, post, options)
        ? await openMessage(ports.vault, line, sealed)
        : undefined;
    const publisher = ports.agreements.of(line.controller).annexA.processor.name;
    const rendered = renderMessage({
      ...{ template, publisher, language: line.language, publicUrl: options.publicUrl },
      variables: part?.variables ?? template.example,
    });
    return { rendered, clause: template.clause, to: part?.to };
  };

  const showOne: WebHandler = async (request, response) => {
    const { language } = request;
    const found = await named(request);
    const content = await contentOf(request, found);
    response.setHeader("Content-Security-Policy", PAGE_POLICY);
    const page = <MessagePage {...{ language, content }} line={found.line} decides={mayDecide(request)} />;
    sendPage(request, response, page, { title: content?.rendered.subject ?? textsOf(language).message });
  };

  const showHtml: WebHandler = async (request, response) => {
    const content = await contentOf(request, await named(request));
    if (content === undefined) throw fault("MAIL_NO_MESSAGE");
    framed(response, content.rendered.html);
  };

  const again: WebHandler = async (request, response) => {
    const id = idIn(request);
    await unitOfWork.transaction((unit) => requeueMessage(unit, ports, scopeOf(request), id));
    response.redirect(303, `/mail/${id}`);
  };

  const cameBack: WebHandler = async (request, response) => {
    const id = idIn(request);
    const { keepHours } = options;
    await unitOfWork.transaction((unit) =>
      returnMessage(unit, ports, { scope: scopeOf(request), id, reason: "BY_HAND", keepHours }),
    );
    response.redirect(303, `/mail/${id}`);
  };

  const read = { method: "get", who: mailReaders, clause: "DC" } as const;
  const decide = { method: "post", who: mailDeciders, clause: "DC" } as const;
  return webRoutes([
    { ...read, path: "/mail", handler: showAll },
    { ...read, path: "/mail/:id", handler: showOne },
    { ...read, path: "/mail/:id/html", handler: showHtml },
    { ...decide, path: "/mail/:id/again", handler: again },
    { ...decide, path: "/mail/:id/return", handler: cameBack },
  ]);
}

function idIn(request: WebRequest): MessageId {
  return String(request.params["id"]) as MessageId;
}

function stateIn(value: unknown): MessageState | undefined {
  return messageStates.find((each) => each === value);
}
