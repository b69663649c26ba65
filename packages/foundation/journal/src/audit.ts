import { readCheckpoint } from "./checkpoint.ts";
import { type EntryHeader, writeHeader } from "./entry.ts";
import { growingTree } from "./growing-tree.ts";
import { leafHash } from "./merkle-tree.ts";
import { isSignedBy, readVkey } from "./signed-note.ts";

export interface AuditReport {
  /** True when the entries are those that the checkpoint was signed over: none changed, added, lost or moved. */
  readonly holds: boolean;
  readonly size: number;
  /** The first number without an entry, when one is missing. */
  readonly missing?: number;
}

export interface AuditedLog {
  readonly checkpoint: string | undefined;
  readonly vkey: string;
  /** Headers numbered from `from` to before `to`, in order. */
  headers(
    from: number,
    to: number,
  ): Promise<readonly { readonly index: number; readonly header: EntryHeader }[]>;
}

/** Entries read at a time. */
const PAGE = 5_000;

/** Computes a log's root again from all its entries, with memory for one page, and holds it against the checkpoint. */
export async function auditLog(log: AuditedLog): Promise<AuditReport> {
  if (log.checkpoint === undefined) return { holds: true, size: 0 };
  const checkpoint = readCheckpoint(log.checkpoint);
  const key = readVkey(log.vkey);
  const size = checkpoint?.size ?? 0;
  const tree = growingTree(0, () => undefined);
  if (checkpoint === undefined || key === undefined || tree === undefined) return { holds: false, size };
  for (let from = 0; from < size; from += PAGE) {
    for (const { index, header } of await log.headers(from, Math.min(size, from + PAGE))) {
      if (index !== tree.size) return { holds: false, size, missing: tree.size };
      tree.add(leafHash(writeHeader(header)));
    }
  }
  if (tree.size !== size) return { holds: false, size, missing: tree.size };
  return { holds: isSignedBy(checkpoint.note, key) && tree.root().equals(checkpoint.root), size };
}
