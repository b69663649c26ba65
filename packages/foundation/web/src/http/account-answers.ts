/** What the pages of accounts answer alike. */
import { type Instant, millisOf } from "@preau/kernel";
import type { Response } from "express";
import { fault } from "../errors.ts";
import { accountEn } from "../locales/account-en.ts";
import { type AccountTexts, accountFr } from "../locales/account-fr.ts";
import type { PageOptions } from "../pages/send-page.tsx";
import type { WebRequest } from "../request.ts";

/** A page's title in both languages. */
export function titled(key: keyof AccountTexts): PageOptions {
  return { title: { fr: accountFr[key], en: accountEn[key] } };
}

/** 429 with `Retry-After`; as an error page where no form is shown again. @throws ACCOUNT_WAIT */
export function refuseToWait(
  request: WebRequest,
  response: Response,
  until: Instant,
  { andThrow = false }: { readonly andThrow?: boolean } = {},
): void {
  const seconds = Math.max(1, Math.ceil((millisOf(until) - millisOf(request.receivedAt)) / 1000));
  response.setHeader("Retry-After", seconds);
  if (andThrow) throw fault("ACCOUNT_WAIT", { log: { seconds } });
  response.status(429);
}
