/** What a controller's machine sends and reads of requests. Everything that it does not know is refused, naming the field. */
import {
  dataSubjectRights,
  type Instant,
  instant,
  type Json,
  otherRequests,
  type RequestMatter,
  type Verdict,
} from "@preau/kernel";
import { z } from "zod";
import { fault } from "../errors.ts";
import type { Action } from "../execute-action.ts";
import { type ReasonCode, reasonCode } from "../relay-package.ts";
import type { Request } from "../request.ts";

const matters = z.enum([...dataSubjectRights, ...otherRequests]);
const name = z.string().trim().min(1).max(200);

const apiRequest = z.strictObject({
  /** Of the caller's own: the same one is the same request, and changes nothing. */
  key: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  matters: z.array(matters).max(20).default([]),
  role: z.enum(["pupil", "guardian", "teacher", "other"]).optional(),
  language: z.enum(["fr", "en"]).default("fr"),
  text: z.string().min(1).max(20_000).optional(),
  /** Who asks, as that controller's own systems know them. */
  subject: z.strictObject({ kind: z.string().regex(/^[a-z][\w.-]{0,59}$/), value: name }).optional(),
  name: name.optional(),
  address: z.string().trim().min(1).max(320).optional(),
  /** Whom it is about, when that is somebody else. */
  concerns: z.strictObject({ name }).optional(),
  /** When it reached the controller's machine; now when absent. */
  receivedAt: z.string().optional(),
});
export type ApiRequest = Omit<z.infer<typeof apiRequest>, "receivedAt"> & { readonly receivedAt?: Instant };

/** @throws REQUEST_FIELD_BAD naming the field, never its value */
export function apiRequestIn(body: Json | undefined): ApiRequest {
  const read = apiRequest.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
    const place = [...(issue?.path ?? []), ...unknown].join(".").slice(0, 100);
    throw fault("REQUEST_FIELD_BAD", { place });
  }
  const { receivedAt, ...rest } = read.data;
  if (rest.matters.length === 0 && rest.text === undefined)
    throw fault("REQUEST_FIELD_BAD", { place: "matters" });
  return { ...rest, ...(receivedAt === undefined ? {} : { receivedAt: instantIn(receivedAt) }) };
}

function instantIn(text: string): Instant {
  const at = Date.parse(text);
  if (Number.isNaN(at) || !/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(text))
    throw fault("REQUEST_FIELD_BAD", { place: "receivedAt" });
  return instant(new Date(at).toISOString());
}

/** One request as its controller's machine reads it: codes and instants, nobody's name. */
export type ApiStatus = {
  readonly id: string;
  readonly matter: RequestMatter;
  readonly state: Request["state"];
  readonly receivedAt: Instant;
  readonly forwardDueAt: Instant;
} & ReasonCode & {
    readonly forwardedAt?: Instant;
    readonly openedAt?: Instant;
    readonly acknowledgedAt?: Instant;
    readonly answerDueAt?: Instant;
    readonly extendedAt?: Instant;
    readonly closedAt?: Instant;
    readonly outcome?: string;
    readonly done: readonly { readonly verdict: Verdict; readonly state: string; readonly thing?: string }[];
  };

export function apiStatusOf(request: Request, actions: readonly Action[]): ApiStatus {
  const { id, matter, state, receivedAt, forwardDueAt } = request;
  const { forwardedAt, openedAt, acknowledgedAt, answerDueAt, extendedAt, closedAt, outcome } = request;
  const said = { forwardedAt, openedAt, acknowledgedAt, answerDueAt, extendedAt, closedAt, outcome };
  return {
    ...{ id, matter, ...reasonCode(request), state, receivedAt, forwardDueAt },
    // What is undefined is left out of JSON.
    ...(said as Pick<ApiStatus, "closedAt">),
    done: actions.map(({ verdict, state: how, thing }) => ({
      ...{ verdict, state: how },
      ...(thing === undefined ? {} : { thing }),
    })),
  };
}
