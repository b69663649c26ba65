/** A cell of a foreign database as JSON has it: bytes in base64, moments as ISO 8601, whole numbers without loss. */
import type { Json } from "@preau/kernel";

export function jsonCell(cell: unknown): Json {
  if (cell === null || typeof cell === "string" || typeof cell === "number" || typeof cell === "boolean")
    return cell;
  if (typeof cell === "bigint") return String(cell);
  if (Buffer.isBuffer(cell)) return cell.toString("base64");
  if (cell instanceof Date) return cell.toISOString();
  return null;
}
