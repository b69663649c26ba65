/** The second look over Moodle's file store: every content, read as text, for all traces at once. */
import { createReadStream } from "node:fs";
import type { TraceMatcher } from "@preau/data-map";
import type { FileStore } from "./file-store.ts";

export interface FilesReport {
  readonly files: number;
  /** Contents in which a trace was found. */
  readonly hits: number;
  /** Contents whose text is packed (documents, archives, images) and cannot be read this way. */
  readonly packed: number;
}

/** Longest trace that may be cut by the border of two chunks, in characters. */
const OVERLAP = 512;
const PACKED = [
  "PK\u0003\u0004",
  "%PDF",
  "\u001f\u008b",
  "\u0089PNG",
  "\u00ff\u00d8\u00ff",
  "GIF8",
  "\u00d0\u00cf\u0011\u00e0",
  "7z\u00bc\u00af",
  "Rar!",
];

export async function lookAgainAtFiles(
  store: FileStore,
  matcher: TraceMatcher,
  signal?: AbortSignal,
): Promise<FilesReport> {
  let [files, hits, packed] = [0, 0, 0];
  for await (const path of store.contents()) {
    signal?.throwIfAborted();
    files += 1;
    let tail = "";
    let [found, first] = [false, true];
    const stream = createReadStream(path, { highWaterMark: 1 << 18 });
    const decoder = new TextDecoder("utf-8");
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (first && PACKED.some((magic) => chunk.subarray(0, magic.length).toString("latin1") === magic))
        packed += 1;
      first = false;
      const text = tail + decoder.decode(chunk, { stream: true });
      if (matcher.count(text) > 0) {
        found = true;
        break;
      }
      tail = text.slice(-OVERLAP);
    }
    if (found) hits += 1;
  }
  return { files, hits, packed };
}
