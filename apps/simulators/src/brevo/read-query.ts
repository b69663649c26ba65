/** Parameters of addresses: pages, dates, sorting. */
import { ApiError } from "./api-error.ts";

export type Query = Readonly<Record<string, unknown>>;

export interface PageBounds {
  readonly usual: number;
  readonly most: number;
}

/** @throws ApiError */
export function pageOf<T>(
  query: Query,
  oldestFirst: readonly T[],
  { usual, most }: PageBounds,
): readonly T[] {
  const limit = countOf(query, "limit") ?? usual;
  const offset = countOf(query, "offset") ?? 0;
  if (limit > most) throw new ApiError("out_of_range", "limit exceeds the allowed value");
  const { sort } = query;
  if (sort !== undefined && sort !== "asc" && sort !== "desc")
    throw new ApiError("invalid_parameter", "sort is not valid");
  const sorted = sort === "asc" ? oldestFirst : oldestFirst.toReversed();
  return sorted.slice(offset, offset + limit);
}

export interface DayNames {
  readonly from: string;
  readonly until: string;
}

const DAY = 86_400_000;

/** From the first day's beginning to the last one's end; nothing where no day is given. @throws ApiError */
export function daysOf(
  query: Query,
  { from, until }: DayNames = { from: "startDate", until: "endDate" },
): { readonly from?: number; readonly until?: number } {
  const [first, last] = [dayOf(query, from), dayOf(query, until)];
  if (first === undefined && last === undefined) return {};
  if (first === undefined) throw new ApiError("missing_parameter", `${from} is missing`);
  if (last === undefined) throw new ApiError("missing_parameter", `${until} is missing`);
  if (first > last) throw new ApiError("invalid_parameter", `${from} is after ${until}`);
  return { from: first, until: last + DAY - 1 };
}

function dayOf(query: Query, name: string): number | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new ApiError("invalid_parameter", `${name} is not valid`);
  return at;
}

export function countOf(query: Query, name: string): number | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new ApiError("invalid_parameter", `${name} is not valid`);
  return Number(text);
}

export function textOf(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === "") return undefined;
  if (typeof value !== "string") throw new ApiError("invalid_parameter", `${name} is not valid`);
  return value;
}
