/**
 * The two routes of a link. A GET shows what there is and changes nothing: mail scanners follow links. A person presses the
 * button. Used, over and unknown links have one answer. @clause D10.1a, S7
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { fault } from "../errors.ts";
import { type Claim, claimLink, endDownload, keepClaim, lookAtLink } from "../export-link-fetch.ts";
import { packageNameOf } from "../export-order.ts";
import { packageFile } from "../export-order-folder.ts";
import { fileKey } from "../export-order-keys.ts";
import { PACKAGE } from "../export-order-run.ts";
import type { ExportPorts } from "../export-ports.ts";
import type { ExportOptions } from "../options.ts";
import { FetchPage } from "../pages/fetch-page.tsx";
import { type OpenSealed, openSealed, readSealed } from "../spool-sealed-file.ts";
import { textsOf } from "../texts.ts";

type Response = Parameters<WebHandler>[1];

const anyone = {
  who: "anyone",
  clause: "D10.1a",
  path: "/exports/fetch/:token",
  rateLimit: { attempts: 60, seconds: 60 },
} as const;

export function fetchRoutes(ports: ExportPorts, options: ExportOptions): readonly WebRoute[] {
  const show: WebHandler = async (request, response) => {
    const order = await lookAtLink(ports, tokenIn(request));
    const { language } = request;
    const action = `/exports/fetch/${tokenIn(request)}`;
    sendPage(request, response, <FetchPage {...{ language, order, action }} />, {
      title: textsOf(language).fetchTitle,
    });
  };

  const download: WebHandler = async (request, response) => {
    const claim = await claimLink(ports, options, tokenIn(request));
    let isWhole = false;
    try {
      const sealed = await opened(ports, options, claim);
      try {
        await send(response, claim, sealed, { ports, options });
        isWhole = true;
      } finally {
        await sealed.handle.close();
      }
    } catch (error) {
      // Whoever goes away in the middle is no failure of ours.
      if (!response.headersSent) throw error;
      response.destroy();
    } finally {
      await endDownload(ports, claim, isWhole ? "complete" : "broken");
    }
  };

  return webRoutes([
    { method: "get", handler: show, ...anyone },
    { method: "post", handler: download, ...anyone },
  ]);
}

/** @throws EXPORT_NO_LINK where the file is gone: to a stranger that is the same */
async function opened(ports: ExportPorts, options: ExportOptions, { order }: Claim): Promise<OpenSealed> {
  const file = packageFile(options, order.id);
  const sealed = await openSealed({ file, key: await fileKey(ports, order), context: PACKAGE });
  if (sealed === undefined) throw fault("EXPORT_NO_LINK");
  return sealed;
}

/** Rejects when the connection breaks, when nothing is taken for too long, and when somebody else has the claim. */
async function send(
  response: Response,
  claim: Claim,
  sealed: OpenSealed,
  { ports, options }: { readonly ports: ExportPorts; readonly options: ExportOptions },
): Promise<void> {
  const { order } = claim;
  response.setHeader("Content-Type", "application/octet-stream");
  response.setHeader("Content-Length", String(order.bytes ?? 0));
  response.setHeader("Content-Disposition", `attachment; filename="${packageNameOf(order)}"`);
  const stop = new AbortController();
  let moved = true;
  const counted = async function* () {
    for await (const chunk of readSealed(sealed)) {
      moved = true;
      yield chunk;
    }
  };
  let silent = 0;
  const beat = setInterval(
    () => {
      silent = moved ? 0 : silent + 1;
      if (silent >= 3) stop.abort();
      if (!moved) return;
      moved = false;
      keepClaim(ports, options, claim).then(
        (ours) => ours || stop.abort(),
        () => undefined,
      );
    },
    (options.silentSeconds * 1_000) / 3,
  );
  try {
    await pipeline(Readable.from(counted()), response, { signal: stop.signal });
  } finally {
    clearInterval(beat);
  }
}

function tokenIn({ params }: WebRequest): string {
  return String(params["token"]);
}
