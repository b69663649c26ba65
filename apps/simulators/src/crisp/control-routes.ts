/** What a test steers the desk by, beside its switches: where hooks go, which were sent, an empty desk. */
import express, { type Router } from "express";
import { z } from "zod";
import type { Desk } from "./desk.ts";
import { DeskRefusal, notFound, part } from "./envelope.ts";
import type { Hooks } from "./hooks.ts";

const target = z
  .url({ protocol: /^https?$/ })
  .nullable()
  .optional();
const aims = z.strictObject({ plugin: target, website: target });

export function controlRoutes(desk: Desk, hooks: Hooks): Router {
  const router = express.Router();
  router.get("/_hooks", (_request, response) => {
    response.json({ targets: hooks.targets(), deliveries: hooks.deliveries() });
  });
  router.put("/_hooks", express.json({ limit: "16kb" }), (request, response) => {
    const read = aims.safeParse(request.body);
    if (!read.success)
      throw new DeskRefusal(400, "invalid_data", "plugin and website take addresses, or null");
    const { plugin, website } = read.data;
    hooks.aim({
      ...(plugin === undefined ? {} : { plugin: plugin ?? undefined }),
      ...(website === undefined ? {} : { website: website ?? undefined }),
    });
    response.json({ targets: hooks.targets() });
  });
  router.delete("/_hooks", (_request, response) => {
    hooks.clear();
    response.json({ targets: hooks.targets(), deliveries: [] });
  });
  // Answers when nothing is under way or waits for its next attempt.
  router.get("/_hooks/settled", async (_request, response) => {
    await hooks.settled();
    response.json({ deliveries: hooks.deliveries() });
  });
  router.post("/_hooks/:id/again", async (request, response) => {
    response.json((await hooks.replay(part(request, "id"))) ?? notFound("the delivery"));
  });
  // What is held, whole, for who looks again after an erasure; and an empty desk, for who begins anew.
  router.get("/_desk", (_request, response) => {
    const files = [...desk.files.values()].map(({ bytes, ...rest }) => ({ ...rest, size: bytes.length }));
    response.json({
      conversations: [...desk.conversations.values()],
      people: [...desk.people.values()],
      files,
    });
  });
  router.delete("/_desk", (_request, response) => {
    for (const held of [desk.conversations, desk.people, desk.files]) held.clear();
    response.json({ conversations: [], people: [], files: [] });
  });
  return router;
}
