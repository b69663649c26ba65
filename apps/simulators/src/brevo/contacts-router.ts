/**
 *   GET    /contacts                  POST /contacts        201 {id}
 *   GET    /contacts/{identifier}     PUT                   204
 *   DELETE /contacts/{identifier}     204
 */
import { Router } from "express";
import { type Contact, nextNumber } from "./account-state.ts";
import { ApiError } from "./api-error.ts";
import type { BrevoAccount } from "./brevo-account.ts";
import { isoOf } from "./iso-time.ts";
import { isEmail } from "./read-addresses.ts";
import { isFields } from "./read-mail.ts";
import { pageOf, type Query, textOf } from "./read-query.ts";

export function contactsRouter({ state, agenda }: BrevoAccount): Router {
  const router = Router();

  router.get("/contacts", (request, response) => {
    const all = [...state.contacts.values()];
    const contacts = pageOf(request.query, all, { usual: 50, most: 1_000 }).map(shown);
    response.json({ contacts, count: all.length });
  });

  router.post("/contacts", (request, response) => {
    const fields = fieldsOf(request.body);
    const [email, extId] = [emailOf(fields), textOf(fields, "ext_id")];
    if (email === undefined && extId === undefined)
      throw new ApiError("missing_parameter", "Either email, ext_id or SMS is required");
    const known = byEmail(email) ?? byExtId(extId);
    if (known !== undefined) {
      if (fields["updateEnabled"] !== true)
        throw new ApiError(
          "duplicate_parameter",
          "Unable to create contact, email is already associated with another Contact",
          { duplicate_identifiers: [known.email === email ? "email" : "ext_id"] },
        );
      put({ ...known, ...changesIn(fields) });
      response.status(204).end();
      return;
    }
    const [id, at] = [nextNumber(state), agenda.now()];
    put({
      id,
      attributes: {},
      listIds: [],
      emailBlacklisted: false,
      smsBlacklisted: false,
      createdAt: at,
      modifiedAt: at,
      ...(email === undefined ? {} : { email }),
      ...(extId === undefined ? {} : { extId }),
      ...changesIn(fields),
    });
    response.status(201).json({ id });
  });

  router.get("/contacts/:identifier", (request, response) => {
    const contact = found(request.params.identifier, request.query);
    response.json({ ...shown(contact), statistics: {} });
  });

  router.put("/contacts/:identifier", (request, response) => {
    const contact = found(request.params.identifier, request.query);
    put({ ...contact, ...changesIn(fieldsOf(request.body)) });
    response.status(204).end();
  });

  router.delete("/contacts/:identifier", (request, response) => {
    state.contacts.delete(found(request.params.identifier, request.query).id);
    response.status(204).end();
  });

  return router;

  function put(contact: Contact): void {
    state.contacts.set(contact.id, { ...contact, modifiedAt: agenda.now() });
  }

  function byEmail(email: string | undefined): Contact | undefined {
    return email === undefined
      ? undefined
      : [...state.contacts.values()].find((each) => each.email === email);
  }

  function byExtId(extId: string | undefined): Contact | undefined {
    return extId === undefined
      ? undefined
      : [...state.contacts.values()].find((each) => each.extId === extId);
  }

  function found(identifier: string, query: Query): Contact {
    const guessed = isEmail(identifier) ? "email_id" : "contact_id";
    const kind = textOf(query, "identifierType") ?? guessed;
    const contact =
      kind === "email_id"
        ? byEmail(identifier.toLowerCase())
        : kind === "ext_id"
          ? byExtId(identifier)
          : state.contacts.get(Number(identifier));
    if (contact === undefined) throw new ApiError("document_not_found", "Contact does not exist");
    return contact;
  }
}

function shown(contact: Contact) {
  const { id, email, attributes, listIds, emailBlacklisted, smsBlacklisted } = contact;
  return {
    ...(email === undefined ? {} : { email }),
    id,
    emailBlacklisted,
    smsBlacklisted,
    whatsappBlacklisted: false,
    createdAt: isoOf(contact.createdAt),
    modifiedAt: isoOf(contact.modifiedAt),
    listIds,
    attributes: contact.extId === undefined ? attributes : { ...attributes, EXT_ID: contact.extId },
  };
}

function changesIn(fields: Query): Partial<Contact> {
  const { attributes, listIds, emailBlacklisted, smsBlacklisted } = fields;
  if (attributes !== undefined && !isFields(attributes))
    throw new ApiError("invalid_parameter", "attributes is not valid");
  if (listIds !== undefined && !(Array.isArray(listIds) && listIds.every(Number.isInteger)))
    throw new ApiError("invalid_parameter", "listIds is not valid");
  return {
    ...(attributes === undefined ? {} : { attributes }),
    ...(listIds === undefined ? {} : { listIds: listIds as number[] }),
    ...(typeof emailBlacklisted === "boolean" ? { emailBlacklisted } : {}),
    ...(typeof smsBlacklisted === "boolean" ? { smsBlacklisted } : {}),
  };
}

function emailOf(fields: Query): string | undefined {
  const email = textOf(fields, "email");
  if (email !== undefined && !isEmail(email)) throw new ApiError("invalid_parameter", "email is not valid");
  return email?.toLowerCase();
}

function fieldsOf(body: unknown): Query {
  if (!isFields(body)) throw new ApiError("bad_request", "Invalid JSON body");
  return body;
}
