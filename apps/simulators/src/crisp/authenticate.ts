/**
 * The door of the REST service: Basic authentication with the plugin's token pair, `X-Crisp-Tier: plugin`, its daily quota,
 * and one website that the plugin is subscribed to. Plugin tokens know no limit by route.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import type { Credentials } from "./credentials.ts";
import type { Desk } from "./desk.ts";
import { DeskRefusal, part } from "./envelope.ts";

/** Refuses with 401, 403, 420 or 429; the switches `slow`, `status` and `cut-off` stand here, too. */
export function authenticate(desk: Desk, credentials: Credentials): RequestHandler {
  const { faults } = desk;
  const spent = { day: "", requests: 0 };
  return async (request, response, next) => {
    await new Promise((resolve) => setTimeout(resolve, faults.get("slow") * 1_000));
    const status = faults.get("status");
    if (status >= 200) throw new DeskRefusal(status, "switched", "the simulator was told to answer so");
    if (!isPlugin(request.headers.authorization, credentials)) {
      throw new DeskRefusal(401, "invalid_session", "the token pair is not known");
    }
    if (request.get("x-crisp-tier") !== "plugin") {
      throw new DeskRefusal(403, "not_allowed", "this tier may not do that");
    }
    if (faults.get("calm") > 0) throw new DeskRefusal(420, "rate_limited", "too many requests");
    const day = new Date(desk.now()).toISOString().slice(0, 10);
    if (day !== spent.day || faults.get("quota") === 0) Object.assign(spent, { day, requests: 0 });
    spent.requests += 1;
    if (faults.get("quota") > 0 && spent.requests > faults.get("quota")) {
      throw new DeskRefusal(429, "rate_limited", "the daily quota of the plugin is spent");
    }
    if (faults.get("cut-off") > 0) {
      response.send = response.json = () => {
        response.destroy();
        return response;
      };
    }
    next();
  };
}

/** Every other website is one that has not installed the plugin. */
export function subscribed(desk: Desk): RequestHandler {
  return (request, _response, next) => {
    if (part(request, "website") !== desk.websiteId) {
      throw new DeskRefusal(404, "not_subscribed", "the plugin is not installed on this website");
    }
    next();
  };
}

function isPlugin(header: string | undefined, { identifier, key }: Credentials): boolean {
  const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(header ?? "")?.[1] ?? "";
  return timingSafeEqual(
    sha256(Buffer.from(encoded, "base64")),
    sha256(Buffer.from(`${identifier}:${key}`, "utf8")),
  );
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
