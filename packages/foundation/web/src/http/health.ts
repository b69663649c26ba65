/** `GET /health`: 503 until the caller says that it is ready, then 200 `{"status":"pass","version":…}`. */
import { type RequestHandler, Router } from "express";
import { fault } from "../errors.ts";

export function health({
  ready,
  version,
}: {
  readonly ready: () => boolean;
  readonly version: string;
}): Router {
  const router = Router();
  router.get("/", (_request, response) => {
    const pass = ready();
    response.status(pass ? 200 : 503).json({ status: pass ? "pass" : "fail", version });
  });
  return router;
}

/** Everything else answers WEB_NOT_READY meanwhile. */
export function refuseUntilReady(ready: () => boolean): RequestHandler {
  return (_request, _response, next) => {
    if (!ready()) throw fault("WEB_NOT_READY");
    next();
  };
}
