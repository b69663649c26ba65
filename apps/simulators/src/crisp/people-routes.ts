/** People's profiles: search by e-mail, data, events, conversations, and their end. */
import express, { type Request, type Router } from "express";
import { z } from "zod";
import type { Desk, Person } from "./desk.ts";
import { answer, DeskRefusal, notFound, onPage, part, queryText, readBody } from "./envelope.ts";
import { readJson } from "./list-routes.ts";
import { addPerson, changePerson, findPerson, showPerson } from "./people.ts";
import { removePerson } from "./remove.ts";

const fields = z.record(z.string(), z.unknown());
const card = z.object({
  email: z.string().max(500).optional(),
  person: fields.optional(),
  company: fields.optional(),
  segments: z.array(z.string()).optional(),
  notepad: z.string().optional(),
  active: z.number().optional(),
});
const data = z.object({ data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) });
const event = z.object({ text: z.string().min(1), data: fields.optional(), color: z.string().optional() });

export function peopleRoutes(desk: Desk): Router {
  const router = express.Router({ mergeParams: true });
  const personOf = (request: Request): Person =>
    findPerson(desk, part(request, "person")) ?? notFound("the profile");

  router.get("/stats", (_request, response) =>
    answer(response, { reason: "resolved", data: { total: desk.people.size } }),
  );
  router.get("/profiles/:page", (request, response) => {
    const found = [...desk.people.values()].filter((person) => matches(person, request));
    found.sort((a, b) => b.updated_at - a.updated_at);
    answer(response, { reason: "listed", data: onPage(found, part(request, "page")).map(showPerson) });
  });
  router.post("/profile", (request, response) => {
    const { email, ...rest } = readBody(request, card.required({ email: true }));
    if (findPerson(desk, email) !== undefined) {
      throw new DeskRefusal(409, "people_already_exists", "there is a profile of this e-mail");
    }
    const person = addPerson(desk, email, rest.person);
    changePerson(desk, person, rest, "update");
    answer(response, { status: 201, reason: "added", data: { people_id: person.people_id } });
  });
  router.get("/profile/:person", (request, response) => {
    answer(response, { reason: "resolved", data: showPerson(personOf(request)) });
  });
  for (const [method, how] of [
    ["put", "save"],
    ["patch", "update"],
  ] as const) {
    router[method]("/profile/:person", (request, response) => {
      changePerson(desk, personOf(request), readBody(request, card), how);
      answer(response, { reason: how === "save" ? "saved" : "updated" });
    });
    router[method]("/data/:person", (request, response) => {
      const person = personOf(request);
      const given = readBody(request, data).data;
      changePerson(desk, person, {}, "update");
      person.data = how === "save" ? given : { ...person.data, ...given };
      answer(response, { reason: how === "save" ? "saved" : "updated" });
    });
  }
  router.delete("/profile/:person", (request, response) => {
    removePerson(desk, personOf(request));
    answer(response, { reason: "deleted" });
  });
  router.get("/data/:person", (request, response) => {
    answer(response, { reason: "resolved", data: { data: personOf(request).data } });
  });
  router.get("/conversations/:person/list/:page", (request, response) => {
    const { people_id } = personOf(request);
    const own = [...desk.conversations.values()].filter((each) => each.people_id === people_id);
    const ids = own.map(({ session_id }) => session_id);
    answer(response, { reason: "listed", data: onPage(ids, part(request, "page")) });
  });
  router.post("/events/:person", (request, response) => {
    const added = readBody(request, event);
    personOf(request).events.unshift({ ...added, timestamp: desk.now() });
    answer(response, { status: 202, reason: "dispatched" });
  });
  router.get("/events/:person/list/:page", (request, response) => {
    answer(response, { reason: "listed", data: onPage(personOf(request).events, part(request, "page")) });
  });
  router.get("/campaigns/:person/list/:page", (request, response) => {
    personOf(request);
    answer(response, { reason: "listed", data: [] });
  });
  router.get("/subscription/:person", (request, response) => {
    answer(response, { reason: "resolved", data: { email: personOf(request).subscribed } });
  });
  router.patch("/subscription/:person", (request, response) => {
    personOf(request).subscribed = readBody(request, z.object({ email: z.boolean() })).email;
    answer(response, { reason: "updated" });
  });
  return router;
}

const filters = z.array(
  z.object({
    criterion: z.string(),
    query: z.array(z.string()).default([]),
    operator: z.enum(["eq", "neq", "has"]),
  }),
);

/** `search_text` looks into e-mails and names, `search_filter` is a JSON list of criteria. */
function matches(person: Person, request: Request): boolean {
  const text = queryText(request, "search_text")?.toLowerCase();
  const nickname = textOf(person.person["nickname"]);
  if (text !== undefined && !`${person.email}\n${nickname}`.toLowerCase().includes(text)) return false;
  const filter = queryText(request, "search_filter");
  if (filter === undefined) return true;
  const read = filters.safeParse(readJson(filter));
  if (!read.success) throw new DeskRefusal(400, "invalid_data", "search_filter is not understood");
  const values: Readonly<Record<string, readonly string[]>> = {
    email: [person.email],
    nickname: [nickname],
    phone: [textOf(person.person["phone"])],
    segments: person.segments,
  };
  const results = read.data.map(({ criterion, query, operator }) => {
    const own = values[criterion];
    if (own === undefined) throw new DeskRefusal(400, "invalid_data", "this criterion is not known");
    return query.some((each) => own.includes(each)) === (operator !== "neq");
  });
  return queryText(request, "search_operator") === "or" ? results.some(Boolean) : results.every(Boolean);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
