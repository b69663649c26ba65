/** Packages of invented files, for the tests of containers and exports. */
import { randomBytes } from "node:crypto";
import type { JsonObject } from "@preau/kernel";
import type { PackageContent, PackageEntry } from "../src/package-content.ts";

export interface TestFile {
  readonly path: string;
  readonly bytes: string | (() => AsyncIterable<Uint8Array>);
  readonly packed?: boolean;
  /** Stands on its own; true when absent. */
  readonly apart?: boolean;
}

export function contentOf(files: Iterable<TestFile>, facts: JsonObject = { rows: 3 }): PackageContent {
  return {
    kind: "project",
    facts: () => facts,
    // biome-ignore lint/suspicious/useAwait: the port is a stream
    async *entries(): AsyncGenerator<PackageEntry> {
      for (const { path, bytes, packed, apart = true } of files)
        yield {
          path,
          ...(packed === undefined ? {} : { packed }),
          bytes: typeof bytes === "string" ? () => text(bytes) : bytes,
          ...(apart ? { skip: () => undefined } : {}),
        };
    },
  };
}

// biome-ignore lint/suspicious/useAwait: the port is a stream
export async function* text(value: string): AsyncGenerator<Uint8Array> {
  if (value !== "") yield Buffer.from(value);
}

/** So many bytes that nothing can compress, made as they are asked for. */
export async function* noise(bytes: number): AsyncGenerator<Uint8Array> {
  const block = randomBytes(64 * 1024);
  for (let left = bytes; left > 0; left -= block.length) {
    block.writeUInt32LE(left % 2 ** 32, 0);
    yield Buffer.from(block.subarray(0, Math.min(left, block.length)));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
