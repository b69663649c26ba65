/**
 * Every answer of the REST service is `{error, reason, data}`. The reasons `not_subscribed`, `not_found` and
 * `invalid_session` are reported by users of the real one; the others are guesses in its manner.
 */
import type { ErrorRequestHandler, Request, Response } from "express";
import { z } from "zod";

/** A refusal of the service: status, reason, and a sentence for people. */
export class DeskRefusal extends Error {
  override readonly name = "DeskRefusal";
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export interface Answer {
  readonly status?: number;
  readonly reason: string;
  readonly data?: unknown;
}

export function answer(response: Response, { status = 200, reason, data = {} }: Answer): void {
  response.status(status).json({ error: false, reason, data });
}

/** @throws DeskRefusal 404 */
export function notFound(what: string): never {
  throw new DeskRefusal(404, "not_found", `${what} does not exist`);
}

export const sendRefusal: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof DeskRefusal)) {
    next(error);
    return;
  }
  const { status, reason, message } = error;
  response.status(status).json({ error: true, reason, data: { namespace: "response", message } });
};

/**
 * The JSON of a request, of that shape; an empty body is an empty object.
 * @throws DeskRefusal 400
 */
export function readBody<T extends z.ZodType>(request: Request, shape: T): z.infer<T> {
  const body: unknown = request.body;
  const text = Buffer.isBuffer(body) ? body.toString("utf8") : "";
  const read = shape.safeParse(jsonOf(text));
  if (!read.success) throw new DeskRefusal(400, "invalid_data", "the body has not the shape expected here");
  return read.data;
}

function jsonOf(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new DeskRefusal(400, "invalid_data", "the body is not JSON");
  }
}

/** Pages are counted from 1; the real service takes 0 for the first, too. */
export function onPage<T>(all: readonly T[], page: string | undefined, size = 20): readonly T[] {
  if (page === undefined || !/^\d{1,6}$/.test(page)) notFound("the page");
  const index = Math.max(Number(page), 1) - 1;
  return all.slice(index * size, (index + 1) * size);
}

export function queryText(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A part of the path, of a route that has it. */
export function part(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === "string" ? value : "";
}
