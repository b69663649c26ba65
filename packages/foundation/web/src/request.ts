/** What a handler is given: Express 5's request, and what the web knows about it. */
import type { Id, Instant, Json, Language, Unit } from "@preau/kernel";
import type { Request, Response } from "express";
import type { Session, SignIn } from "./session.ts";

export interface WebFields {
  /** In the log, in `X-Request-Id` and in every error. */
  readonly requestId: Id<"req">;
  readonly language: Language;
  readonly receivedAt: Instant;
  /** The living session, on mounted routes. */
  session?: Session;
  /** Fields of the form, on routes that read one. */
  form: URLSearchParams;
  /** The value of a JSON body: unchecked, give it to a schema. */
  json: Json | undefined;
  /** The bytes of the body as they came. */
  bytes: Buffer;
  /** Starts a session under a new secret, ends the old one, sets the cookie. */
  signIn(signIn: SignIn, unit?: Unit): Promise<Session>;
  /** Ends the session and takes the cookie back. */
  signOut(unit?: Unit): Promise<void>;
}

export type WebRequest = Request & WebFields;
export type WebHandler = (request: WebRequest, response: Response) => unknown;
