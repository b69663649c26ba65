/** Values for `{{params.x}}` in subject and text. */
import { ApiError } from "./api-error.ts";

export type Params = Readonly<Record<string, unknown>>;

/** @throws ApiError */
export function readParams(value: unknown, mostBytes: number): Params {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ApiError("invalid_parameter", "params is not valid");
  if (Buffer.byteLength(JSON.stringify(value)) > mostBytes)
    throw new ApiError("invalid_parameter", "params exceed 100 KB");
  return value as Params;
}

/** The text with the values in their places; what has no value is nothing. */
export function filled(text: string, params: Params): string {
  return text.replaceAll(/\{\{\s*params\.([\w.]+)\s*\}\}/g, (_whole, path: string) => {
    let value: unknown = params;
    for (const name of path.split(".")) {
      value = typeof value === "object" && value !== null ? (value as Params)[name] : undefined;
    }
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  });
}
