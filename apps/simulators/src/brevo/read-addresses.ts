import type { MailAddress } from "./account-state.ts";
import { ApiError } from "./api-error.ts";

const MOST_NAME = 70; // characters
const EMAIL = /^[^\s@<>(),;:"[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?\.[a-z]{2,63}$/i;

export function isEmail(text: unknown): text is string {
  return typeof text === "string" && EMAIL.test(text) && !text.includes("..");
}

/** @throws ApiError */
export function readAddress(value: unknown, field: string, within = ""): MailAddress {
  const place = `${field}${within}`;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ApiError("invalid_parameter", `${place} is not valid`);
  const { email, name } = value as { email?: unknown; name?: unknown };
  if (email === undefined || email === "")
    throw new ApiError("missing_parameter", `email is missing in ${place}`);
  if (!isEmail(email)) throw new ApiError("invalid_parameter", `email is not valid in ${place}`);
  if (name === undefined) return { email };
  if (typeof name !== "string" || name === "" || name.length > MOST_NAME)
    throw new ApiError("invalid_parameter", `name is not valid in ${place}`);
  return { email, name };
}

/** @throws ApiError */
export function readAddresses(value: unknown, field: string, within: string): readonly MailAddress[] {
  if (!Array.isArray(value)) throw new ApiError("invalid_parameter", `${field} is not valid${within}`);
  return value.map((each: unknown) => readAddress(each, field, within));
}

/** @throws ApiError */
export function refuseTooMany(recipients: number, most: number, place: string): void {
  if (recipients > most) throw new ApiError("invalid_parameter", `more than ${most} recipients in ${place}`);
}
