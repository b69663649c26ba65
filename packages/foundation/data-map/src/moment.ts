/** Moments as applications write them, read as instants and written for a comparison. */
import { type Instant, instant, millisOf } from "@preau/kernel";
import type { MomentForm } from "./lifecycle-schema.ts";

/** Undefined for none: 0, NULL, an empty text, and what is no moment. A day ends with its last instant, in UTC. */
export function momentOf(cell: unknown, form: MomentForm): Instant | undefined {
  if (cell === null || cell === undefined || cell === "") return undefined;
  const millis = millisFrom(cell, form);
  if (!Number.isFinite(millis) || millis <= 0 || millis > LATEST) return undefined;
  return instant(new Date(millis).toISOString());
}

/** 9999-12-31: later values are « never » in some application's words. */
const LATEST = 253_402_300_799_999;

function millisFrom(cell: unknown, form: MomentForm): number {
  if (form === "unixSeconds") return Number(cell) * 1000;
  if (form === "unixMillis") return Number(cell);
  if (cell instanceof Date) return cell.getTime();
  const text = typeof cell === "string" ? cell.trim() : "";
  if (form === "day")
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T23:59:59.999Z`) : Number.NaN;
  if (form === "database") return Date.parse(`${text.slice(0, 19).replace(" ", "T")}Z`);
  return Date.parse(text);
}

/** An instant as a column of that form writes it. */
export function asColumn(at: Instant, form: MomentForm): string | number {
  switch (form) {
    case "unixSeconds":
      return Math.floor(millisOf(at) / 1000);
    case "unixMillis":
      return millisOf(at);
    case "day":
      return at.slice(0, 10);
    case "database":
      return at.slice(0, 19).replace("T", " ");
    case "isoText":
      return at;
  }
}
