/**
 * `<provider>/logout`: messages of the identity provider by HTTP-Redirect (GET), HTTP-POST and SOAP (POST), and the form by
 * which a person signs out (POST). Only that form is about this browser's session; the messages are believed for their
 * signature, and end sessions wherever they are. @clause DD.7
 */
import { isFault } from "@preau/kernel";
import { refuseForgedForm, type WebHandler, type WebRequest } from "@preau/web";
import type { Response } from "express";
import { browserCookies, browserToken } from "../browser-binding.ts";
import type { GarPorts } from "../door.ts";
import { refusal } from "../refusal.ts";
import type { SamlService } from "../saml/saml-service.ts";
import {
  type EndedSession,
  makeSingleLogout,
  type ReceivedLogout,
  type Sending,
} from "../saml/single-logout.ts";
import { sendLeadingPage, sendPostPage, sendSignedOutHere } from "./logout-pages.tsx";
import { signOut } from "./sign-out.ts";

const AFTER = "/";

const signingOut = { en: "Signing out", fr: "Déconnexion en cours" };

/** The handlers of GET and POST. */
export function samlLogout(ports: GarPorts, service: SamlService) {
  const logout = makeSingleLogout(ports, service);
  const { door } = service;

  const counted = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw isFault(error, "GAR_SIGN_IN_REFUSED") ? await door.refusalOf(error) : error;
    }
  };

  /** An answer may stand in a frame of the provider's; what follows a form of ours does not, nor may it redirect. */
  const send = (request: WebRequest, response: Response, sending: Sending | undefined, answers: boolean) => {
    if (sending === undefined) response.redirect(303, AFTER);
    else if (sending.via === "post")
      sendPostPage(request, response, { ...sending, title: signingOut, framed: answers });
    else if (answers) response.redirect(302, sending.url);
    else sendLeadingPage(request, response, { url: sending.url, title: signingOut });
  };

  const answer = async (request: WebRequest, response: Response, receiving: Promise<ReceivedLogout>) => {
    const received = await counted(receiving);
    const { message } = received;
    if (message.kind === "LogoutRequest") {
      send(request, response, await counted(logout.endAndAnswer(received, message)), true);
      return;
    }
    const token = browserToken(request.headers.cookie, door.secure);
    if (await counted(logout.finish(message, token))) response.redirect(303, AFTER);
    else sendSignedOutHere(request, response);
  };

  /** Ours first: whatever becomes of the provider, the person is signed out here. */
  const signOutHere = async (request: WebRequest, response: Response) => {
    refuseForgedForm(request);
    const ended = endedSession(request, door.provider.id);
    await signOut(ports, door.provider, request);
    if (ended === undefined) {
      response.redirect(303, AFTER);
      return;
    }
    const begun = await begin(ended, browserToken(request.headers.cookie, door.secure));
    const how = { secure: door.secure, maxAge: door.requestSeconds };
    const cookies = begun === undefined ? [] : browserCookies(begun.begun.browserToken, how);
    for (const line of cookies) response.append("Set-Cookie", line);
    send(request, response, begun?.sending, false);
  };

  const begin = async (ended: EndedSession, token: string | undefined) => {
    try {
      return await logout.begin(ended, token);
    } catch (error) {
      if (!isFault(error, "GAR_METADATA_UNREADABLE")) throw error;
      ports.log.warn("gar.signedOutHereOnly", { provider: door.provider.id, code: error.code });
      return undefined;
    }
  };

  const get: WebHandler = (request, response) => {
    const [, query = ""] = splitOnce(request.originalUrl, "?");
    return answer(request, response, logout.receiveRedirect(query));
  };

  const post: WebHandler = async (request, response) => {
    if (
      request.is(["text/xml", "application/xml", "application/soap+xml"]) !== false &&
      request.bytes.length > 0
    ) {
      const envelope = await counted(logout.answerSoap(request.bytes));
      response.type("text/xml").send(envelope);
      return;
    }
    const form = await counted(formOf(request));
    if (form.has("SAMLRequest") || form.has("SAMLResponse"))
      await answer(request, response, logout.receivePost(form));
    else await signOutHere(Object.assign(request, { form }), response);
  };

  return { get, post };
}

/** The fields of a form, of the bytes as they came; none of a body of another type. */
async function formOf(request: WebRequest): Promise<URLSearchParams> {
  if (request.bytes.length === 0) return new URLSearchParams();
  if (request.is("application/x-www-form-urlencoded") === false) throw refusal("notForm");
  try {
    return new URLSearchParams(new TextDecoder("utf-8", { fatal: true }).decode(request.bytes));
  } catch (cause) {
    throw refusal("notForm", cause);
  }
}

/** What the session of this browser was to this provider; undefined when another one began it, or it has no name there. */
function endedSession(request: WebRequest, provider: string): EndedSession | undefined {
  const sealed = request.session?.sealed["provider"];
  if (typeof sealed !== "object" || sealed === null || Array.isArray(sealed)) return undefined;
  const text = (name: string) => {
    const value = (sealed as Readonly<Record<string, unknown>>)[name];
    return typeof value === "string" ? value : undefined;
  };
  const value = text("nameId");
  if (text("id") !== provider || value === undefined) return undefined;
  return {
    nameId: {
      value,
      format: text("format"),
      nameQualifier: text("nameQualifier"),
      spNameQualifier: text("spNameQualifier"),
    },
    sessionIndex: text("sessionIndex"),
  };
}

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
