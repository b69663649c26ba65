/** Gives every request its id, language and time, and the two ways to change who is signed in. */
import type { RequestHandler } from "express";
import { languageOf } from "../language.ts";
import type { Mounting } from "../mounting.ts";
import type { WebFields, WebRequest } from "../request.ts";
import { cookieLine, setCookie } from "./cookie.ts";

export function prepareRequest(mounting: Mounting): RequestHandler {
  const { options, secure, sessionCookie } = mounting;
  return (plain, response, next) => {
    const request = plain as WebRequest;
    const fields: WebFields = {
      requestId: options.ids.next("req"),
      language: (options.languageOf ?? languageOf)(plain),
      receivedAt: options.clock.now(),
      form: new URLSearchParams(),
      json: undefined,
      bytes: Buffer.alloc(0),
      signIn: async (signIn, unit) => {
        const { session, secret } = await options.sessions.start(signIn, unit);
        await request.session?.end(unit);
        request.session = session;
        setCookie(response, sessionCookie, cookieLine(sessionCookie, secret, { secure }));
        return session;
      },
      signOut: async (unit) => {
        await request.session?.end(unit);
        delete request.session;
        setCookie(response, sessionCookie, cookieLine(sessionCookie, "", { secure, maxAge: 0 }));
      },
    };
    Object.assign(request, fields);
    response.setHeader("X-Request-Id", fields.requestId);
    next();
  };
}
