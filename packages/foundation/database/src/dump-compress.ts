/** zstd over a dump: one frame that the stock `zstd -d` reads, with a checksum of what is in it. */
import { pipeline } from "node:stream/promises";
import * as zlib from "node:zlib";
import type { Dump } from "@preau/kernel";
import { fault } from "./errors.ts";

/** What `zstd` itself takes when nothing is said. */
const LEVEL = 3;
/** Bytes given to the compressor at once: each piece costs a change of threads. */
const PIECE = 1 << 19;

/**
 * The compressed dump. A dump that fails leaves a frame without an end, which no tool takes for a whole one; whoever stops
 * reading ends the dump.
 * @throws DATABASE_WRONG_NODE, and what the dump's bytes throw
 * @clause S8
 */
export async function* compressDump(
  dump: Pick<Dump, "bytes">,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (typeof zlib.createZstdCompress !== "function")
    throw fault("DATABASE_WRONG_NODE", { log: { node: process.versions.node } });
  const { ZSTD_c_compressionLevel: level, ZSTD_c_checksumFlag: checksum } = zlib.constants;
  const compressor = zlib.createZstdCompress({ params: { [level]: LEVEL, [checksum]: 1 }, chunkSize: PIECE });
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const fed = pipeline(inPieces(dump.bytes(either)), compressor);
  fed.catch(() => undefined);
  try {
    for await (const piece of compressor as AsyncIterable<Buffer>) yield piece;
    await fed;
  } finally {
    stop.abort();
    compressor.destroy();
    await fed.catch(() => undefined);
  }
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
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
