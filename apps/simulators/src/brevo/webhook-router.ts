/**
 *   POST /webhooks            201 {id}
 *   GET  /webhooks            ?type=
 *   GET, PUT, DELETE /webhooks/{id}
 */
import { Router } from "express";
import { nextNumber, type Webhook, type WebhookSettings } from "./account-state.ts";
import { ApiError } from "./api-error.ts";
import type { BrevoAccount } from "./brevo-account.ts";
import { askedNames } from "./event-names.ts";
import { isoOf } from "./iso-time.ts";
import { isFields } from "./read-mail.ts";
import { type Query, textOf } from "./read-query.ts";

const MOST_WEBHOOKS = 40;
const TYPES = ["transactional", "marketing", "inbound"] as const;

export function webhookRouter({ state, agenda }: BrevoAccount): Router {
  const { webhooks } = state;
  const router = Router();

  router.post("/webhooks", (request, response) => {
    const fields = fieldsOf(request.body);
    if (webhooks.size >= MOST_WEBHOOKS)
      throw new ApiError("invalid_parameter", "Webhook creation limit reached");
    if (fields["url"] === undefined) throw new ApiError("missing_parameter", "url is missing");
    const type = typeOf(fields) ?? "transactional";
    if (fields["events"] === undefined && type !== "inbound")
      throw new ApiError("missing_parameter", "events is missing");
    const usual: WebhookSettings = {
      url: "",
      description: "",
      events: ["inboundEmailProcessed"],
      type,
      batched: false,
      headers: [],
    };
    const [id, at] = [nextNumber(state), agenda.now()];
    webhooks.set(id, { ...usual, ...changesIn(fields, type), id, createdAt: at, modifiedAt: at });
    response.status(201).json({ id });
  });

  router.get("/webhooks", (request, response) => {
    const type = typeOf(request.query);
    const found = [...webhooks.values()].filter((each) => type === undefined || each.type === type);
    const sorted = request.query["sort"] === "asc" ? found : found.toReversed();
    response.json({ webhooks: sorted.map(shown) });
  });

  router.get("/webhooks/:id", (request, response) => void response.json(shown(found(request.params.id))));

  router.put("/webhooks/:id", (request, response) => {
    const webhook = found(request.params.id);
    const changes = changesIn(fieldsOf(request.body), webhook.type);
    webhooks.set(webhook.id, { ...webhook, ...changes, modifiedAt: agenda.now() });
    response.status(204).end();
  });

  router.delete("/webhooks/:id", (request, response) => {
    webhooks.delete(found(request.params.id).id);
    response.status(204).end();
  });

  return router;

  function found(id: string): Webhook {
    const webhook = webhooks.get(Number(id));
    if (webhook === undefined) throw new ApiError("document_not_found", "Webhook not found");
    return webhook;
  }
}

function shown(webhook: Webhook) {
  const { createdAt, modifiedAt, ...settings } = webhook;
  return { ...settings, createdAt: isoOf(createdAt), modifiedAt: isoOf(modifiedAt) };
}

function changesIn(fields: Query, type: WebhookSettings["type"]): Partial<WebhookSettings> {
  const { url, events, batched, auth, headers } = fields;
  const description = textOf(fields, "description");
  return {
    ...(url === undefined ? {} : { url: readUrl(url) }),
    ...(events === undefined ? {} : { events: readEvents(events, type) }),
    ...(description === undefined ? {} : { description }),
    ...(typeof batched === "boolean" ? { batched } : {}),
    ...(auth === undefined ? {} : { auth: readAuth(auth) }),
    ...(headers === undefined ? {} : { headers: readHeaders(headers) }),
  };
}

function readUrl(value: unknown): string {
  const valid = typeof value === "string" && /^https?:\/\//i.test(value) && URL.canParse(value);
  if (!valid) throw new ApiError("invalid_parameter", "url is not valid");
  return value;
}

/** Of marketing and inbound webhooks no names are checked, since nothing is sent to them. */
function readEvents(value: unknown, type: WebhookSettings["type"]): readonly string[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new ApiError("invalid_parameter", "events is not valid");
  const names = value.map(String);
  if (type === "transactional" && !names.every((name) => askedNames.has(name)))
    throw new ApiError("invalid_parameter", "events is not valid");
  return names;
}

function readAuth(value: unknown): { type: string; token: string } {
  const { type, token } = isFields(value) ? value : {};
  if (type !== "bearer" || typeof token !== "string" || token === "")
    throw new ApiError("invalid_parameter", "auth is not valid");
  return { type, token };
}

function readHeaders(value: unknown): WebhookSettings["headers"] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [undefined];
  return list.map((each) => {
    const { key, value: text } = isFields(each) ? each : {};
    const valid =
      typeof key === "string" && /^[\w-]+$/.test(key) && typeof text === "string" && !/[\r\n]/.test(text);
    if (!valid) throw new ApiError("invalid_parameter", "headers is not valid");
    return { key, value: text };
  });
}

function typeOf(fields: Query): WebhookSettings["type"] | undefined {
  const type = textOf(fields, "type");
  if (type === undefined) return undefined;
  const known = TYPES.find((each) => each === type);
  if (known === undefined) throw new ApiError("invalid_parameter", "type is not valid");
  return known;
}

function fieldsOf(body: unknown): Query {
  if (!isFields(body)) throw new ApiError("bad_request", "Invalid JSON body");
  return body;
}
