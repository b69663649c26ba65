/**
 * For a controller's LMS: whether a person is offered the desk's widget, and with what; and what a person wrote in the LMS, which
 * goes the way of the form. The own controller alone, never one that the body names. @clause DC, DD.5
 */
import { type Flow, isFault, type Json, type Origin, type SubjectId } from "@preau/kernel";
import { personIfKnown } from "@preau/subjects";
import { type ApiCaller, problemOf, type TokenRoute, tokenRoute, type WebRoute, webRoutes } from "@preau/web";
import { z } from "zod";
import { askSupport } from "../ask-support.ts";
import { fault } from "../errors.ts";
import { deskFlow } from "../judge-person.ts";
import { offerSupport, type SupportOffer } from "../offer-support.ts";
import type { SupportBridgeOptions } from "../options.ts";
import { keepingFlow } from "../person-flow.ts";
import type { SupportPerson } from "../wall.ts";
import { offerJson } from "./offer-json.ts";
import type { PeoplePorts } from "./support-access.ts";

const word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const who = {
  person: z.strictObject({
    kind: z.string().regex(/^[a-z][\w.-]{0,59}$/),
    value: z.string().trim().min(1).max(200),
  }),
  product: word,
  role: word,
  origin: z.enum(["gar", "outsideGar"]),
};
const offerBody = z.strictObject(who);
const messageBody = z.strictObject({
  ...who,
  /** Of the caller's own: the same one is the same message. */
  key: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  language: z.enum(["fr", "en"]).default("fr"),
  text: z.string().min(1).max(20_000),
});
type Who = z.infer<typeof offerBody>;

export function apiRoutes(ports: PeoplePorts, options: SupportBridgeOptions): readonly WebRoute[] {
  const { unitOfWork } = ports;

  /**
   * Somebody whom nobody knows here is met now, if the agreement has anything for that role: else nobody is written down.
   * Undefined then.
   */
  const personOf = async ({ controller }: ApiCaller, given: Who): Promise<SupportPerson | undefined> => {
    const { person, product, role, origin } = given;
    const known = await personIfKnown(ports, controller, person);
    const about = (subject: SubjectId) => ({
      controller,
      product,
      origin: origin satisfies Origin,
      role,
      subject,
    });
    if (known !== undefined) return about(known);
    const flows: readonly Flow[] = [
      deskFlow(about("sub_nobody"), options),
      keepingFlow(about("sub_nobody"), options),
    ];
    if (!flows.some((flow) => ports.gate.decide(flow).allowed)) return undefined;
    return about(await unitOfWork.transaction((unit) => ports.subjects.identify(unit, controller, person)));
  };

  const post = (
    route: Pick<TokenRoute, "path" | "scope" | "bodyLimit">,
    work: (
      json: Json | undefined,
      caller: ApiCaller,
    ) => Promise<{ readonly status: number; readonly body: object }>,
  ): WebRoute =>
    tokenRoute(ports, {
      ...{ method: "post", clause: "DC", ...route },
      handler: async (request, response, caller) => {
        response.setHeader("Cache-Control", "no-store");
        try {
          const { status, body } = await work(request.json, caller);
          response.status(status).json(body);
        } catch (error) {
          if (!isFault(error, "SUPPORT_FIELD_BAD")) throw error;
          const problem = { ...problemOf(error, request.language, request.requestId), field: error.place };
          response.status(error.status).type("application/problem+json").json(problem);
        }
      },
    });

  return webRoutes([
    post({ path: "/api/v1/support/offer", scope: "support:offer" }, async (json, caller) => {
      const person = await personOf(caller, bodyIn(offerBody, json));
      const offered: SupportOffer =
        person === undefined
          ? { channel: "none", reason: "UNNAMED_PURPOSE", clause: "DB.n" }
          : await unitOfWork.transaction((unit) => offerSupport(unit, ports, options, person));
      return { status: 200, body: offerJson(offered) };
    }),
    post(
      { path: "/api/v1/support/messages", scope: "support:write", bodyLimit: 131_072 },
      async (json, caller) => {
        const { key, text, language, ...given } = bodyIn(messageBody, json);
        const person = await personOf(caller, given);
        if (person === undefined) throw fault("SUPPORT_NOBODY", { clause: "DB.n" });
        const press = `api ${caller.controller} ${key}`;
        const { id } = await unitOfWork.transaction((unit) =>
          askSupport(unit, ports, options, { person, text, press, language }),
        );
        return { status: 202, body: { schema: "preau.supportMessage/1", case: id, page: "/support" } };
      },
    ),
  ]);
}

/** @throws SUPPORT_FIELD_BAD naming the field, never its value */
function bodyIn<T>(schema: z.ZodType<T>, json: Json | undefined): T {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  throw fault("SUPPORT_FIELD_BAD", {
    place: [...(issue?.path ?? []), ...unknown].join(".").slice(0, 100) || "body",
  });
}
