/** `/assets/<name>.<hash>.<extension>`: the shell's own files, immutable because their content is in their name. */
import { createHash } from "node:crypto";
import { Router } from "express";
import { mark } from "../pages/mark.ts";
import { stylesheet } from "../pages/stylesheet.ts";

interface Asset {
  readonly file: string;
  readonly type: string;
  readonly content: string;
}

function asset(name: string, extension: string, type: string, content: string): Asset {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return { file: `${name}.${hash}.${extension}`, type, content };
}

const style = asset("preau", "css", "text/css; charset=utf-8", stylesheet);
const icon = asset("preau", "svg", "image/svg+xml", mark);
const assets = new Map([style, icon].map((each) => [each.file, each]));

/** Addresses that pages link to. */
export const assetPaths = { style: `/assets/${style.file}`, icon: `/assets/${icon.file}` };

export function serveAssets(): Router {
  const router = Router();
  router.get("/:file", (request, response, next) => {
    const found = assets.get(request.params.file);
    if (found === undefined) {
      next();
      return;
    }
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    response.type(found.type).send(found.content);
  });
  return router;
}
