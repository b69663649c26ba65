/**
 * Uploads: the address of a bucket is asked for, comes as an event, and takes a PUT. That the answer of the request is 202
 * and says nothing itself is a guess after the event's shape.
 */
import express, { type Router } from "express";
import { z } from "zod";
import type { Desk, StoredFile } from "./desk.ts";
import { answer, DeskRefusal, part, readBody } from "./envelope.ts";
import { uuid } from "./identifiers.ts";

const SIZE_LIMIT = 10_000_000;

const wanted = z.object({
  namespace: z.enum(["upload", "avatar", "website", "campaign", "helpdesk", "status", "processing"]),
  from: z.string().optional(),
  id: z.string().optional(),
  identifier: z.string().optional(),
  file: z.object({ name: z.string().min(1).max(200), type: z.string().max(200) }),
  resource: z.object({ type: z.string().optional(), id: z.string().optional() }).optional(),
});

export function bucketRoutes(desk: Desk): Router {
  const router = express.Router();
  router.post("/bucket/url/generate", (request, response) => {
    const {
      namespace,
      from = "plugin",
      id = "",
      identifier = "",
      file,
      resource,
    } = readBody(request, wanted);
    const stored = storeFile(desk, { ...file, bytes: Buffer.alloc(0) });
    desk.emit(`bucket:url:${namespace}:generated`, {
      ...{ from, id, identifier, type: file.type },
      resource: { type: resource?.type ?? "session", id: resource?.id ?? "" },
      policy: { size_limit: SIZE_LIMIT },
      url: { resource: fileUrl(desk, stored), signed: fileUrl(desk, stored) },
    });
    answer(response, { status: 202, reason: "processing" });
  });
  return router;
}

/** Files by their addresses: whoever has one may read, and write one that is empty yet. */
export function fileRoutes(desk: Desk): Router {
  const router = express.Router();
  router.get("/files/:id/:name", (request, response) => {
    const file = desk.files.get(part(request, "id"));
    if (file === undefined || file.bytes.length === 0) {
      response.status(404).type("txt").send("Not found\n");
      return;
    }
    response.set("Content-Security-Policy", "default-src 'none'; sandbox");
    response.attachment(file.name).type(file.type).send(file.bytes);
  });
  router.put("/files/:id/:name", (request, response) => {
    const file = desk.files.get(part(request, "id"));
    const bytes: unknown = request.body;
    if (file === undefined || file.bytes.length > 0)
      throw new DeskRefusal(403, "not_allowed", "no such upload");
    if (!Buffer.isBuffer(bytes) || bytes.length > SIZE_LIMIT) {
      throw new DeskRefusal(413, "too_large", "the file is too large");
    }
    file.bytes = bytes;
    response.status(200).end();
  });
  return router;
}

export function storeFile(desk: Desk, file: Pick<StoredFile, "name" | "type" | "bytes">): StoredFile {
  const stored: StoredFile = { id: uuid(), session_id: undefined, ...file };
  desk.files.set(stored.id, stored);
  return stored;
}

export function fileUrl(desk: Desk, { id, name }: StoredFile): string {
  return `${desk.url()}/files/${id}/${encodeURIComponent(name)}`;
}
