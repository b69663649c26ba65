/** zstd over a dump: one frame that the stock `zstd -d` reads, with a checksum of what is in it. */
import type { Writable } from "node:stream";
import * as zlib from "node:zlib";
import type { Dump } from "@preau/kernel";
import type { LendingDump } from "./dump-database.ts";
import { fault } from "./errors.ts";

/** What `zstd` itself takes when nothing is said. */
const LEVEL = 3;
/** Bytes given to the compressor at once: each piece costs a change of threads. */
const PIECE = 1 << 18;

/**
 * The compressed dump. A dump that fails leaves a frame without an end, which no tool takes for a whole one; whoever stops
 * reading ends the dump.
 * @throws DATABASE_WRONG_NODE, and what the dump's bytes throw
 * @clause S8
 */
export async function* compressDump(
  dump: Pick<Dump, "bytes"> | LendingDump,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (typeof zlib.createZstdCompress !== "function")
    throw fault("DATABASE_WRONG_NODE", { log: { node: process.versions.node } });
  const { ZSTD_c_compressionLevel: level, ZSTD_c_checksumFlag: checksum } = zlib.constants;
  const compressor = zlib.createZstdCompress({ params: { [level]: LEVEL, [checksum]: 1 }, chunkSize: PIECE });
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const fed = feed("lend" in dump ? dump.lend(either) : dump.bytes(either), compressor);
  fed.catch((error: unknown) => compressor.destroy(error instanceof Error ? error : new Error("not fed")));
  try {
    yield* gathered(compressor as AsyncIterable<Buffer>);
    await fed;
  } finally {
    stop.abort();
    compressor.destroy();
    await fed.catch(() => undefined);
  }
}

/**
 * Fills one piece while the other is compressed. Two pieces serve for the whole dump: a gigabyte of new ones would keep the
 * collector of garbage busy for as long as the compressor.
 */
async function feed(bytes: AsyncIterable<Uint8Array>, compressor: Writable): Promise<void> {
  let [filling, other] = [Buffer.allocUnsafeSlow(PIECE), Buffer.allocUnsafeSlow(PIECE)];
  let size = 0;
  let writing = Promise.resolve();
  const write = async () => {
    await writing;
    const piece = filling.subarray(0, size);
    writing = new Promise((resolve, reject) => {
      compressor.write(piece, (error) => (error ? reject(error) : resolve()));
    });
    writing.catch(() => undefined); // awaited before the next, or below
    [filling, other, size] = [other, filling, 0];
  };
  for await (const chunk of bytes) {
    // Copied before the next is asked for: it may be lent.
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + PIECE - size);
      filling.set(part, size);
      size += part.length;
      from += part.length;
      if (size === PIECE) await write();
    }
  }
  await write();
  await writing;
  compressor.end();
}

/** In pieces worth a write to a disk. */
async function* gathered(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < PIECE) continue;
    yield Buffer.concat(waiting, size);
    [waiting, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(waiting, size);
}
