/** The REST service below `/v1`, in the paths and shapes that the official client knows. */
import express, { type Router } from "express";
import { authenticate, subscribed } from "./authenticate.ts";
import { bucketRoutes } from "./bucket-routes.ts";
import { conversationRoutes } from "./conversation-routes.ts";
import type { Credentials } from "./credentials.ts";
import type { Desk } from "./desk.ts";
import { answer, notFound, sendRefusal } from "./envelope.ts";
import { listRoutes } from "./list-routes.ts";
import { messageRoutes } from "./message-routes.ts";
import { peopleRoutes } from "./people-routes.ts";

export function api(desk: Desk, credentials: Credentials): Router {
  const router = express.Router({ strict: true });
  const website = { id: desk.websiteId, website_id: desk.websiteId, name: "Desk", domain: "desk.example" };
  router.use(authenticate(desk, credentials));
  router.get("/plugin/connect/account", (_request, response) =>
    answer(response, { reason: "resolved", data: { plugin_id: desk.pluginId } }),
  );
  router.get("/plugin/connect/session", (_request, response) => answer(response, { reason: "validated" }));
  router.get("/plugin/connect/websites/all/:page", (_request, response) =>
    answer(response, { reason: "listed", data: [website] }),
  );
  router.use(bucketRoutes(desk));
  router.use("/website/:website", subscribed(desk));
  router.get("/website/:website", (_request, response) =>
    answer(response, { reason: "resolved", data: website }),
  );
  router.use("/website/:website", listRoutes(desk), messageRoutes(desk), conversationRoutes(desk));
  router.use("/website/:website/people", peopleRoutes(desk));
  router.use(() => notFound("the route"));
  router.use(sendRefusal);
  return router;
}
