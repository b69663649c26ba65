/**
 * A ZIP file as a stream (PKWARE APPNOTE 6.3.10): names in UTF-8 and flagged so, ZIP64 where a file passes 4 GiB or there
 * are more than 65,535, memory that does not grow with the files. A passphrase encrypts as WinZip's AE-2, AES-256.
 */

import { type Instant, millisOf } from "@preau/kernel";
import { configure, Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js";

export interface ZipFile {
  readonly path: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Compressed already: stored as it is. */
  readonly packed?: boolean;
}

export interface ZipOptions {
  readonly passphrase?: string;
  /** Date of every file. */
  readonly at: Instant;
  readonly signal?: AbortSignal | undefined;
}

const REGULAR_FILE = 0o100644;
const SMALL_BYTES = 64 * 1024;

/** The bytes of the archive; an error of a file ends it with that error. */
export async function* zipOf(files: AsyncIterable<ZipFile>, options: ZipOptions): AsyncGenerator<Uint8Array> {
  configure({ useWebWorkers: false });
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const writing = write(files, pipe.writable, options).catch(async (error: unknown) => {
    await pipe.writable.abort(error).catch(() => undefined);
    throw error;
  });
  // Its error reaches the reader through the pipe, and once more below.
  writing.catch(() => undefined);
  try {
    yield* pipe.readable;
    await writing;
  } finally {
    // A reader that stops early goes on once the file under way has ended: a program that dumps must not outlive it.
    await writing.catch(() => undefined);
  }
}

async function write(
  files: AsyncIterable<ZipFile>,
  writable: WritableStream<Uint8Array>,
  { passphrase, at, signal }: ZipOptions,
): Promise<void> {
  const zip = new ZipWriter(writable, {
    useWebWorkers: false,
    lastModDate: new Date(millisOf(at)),
    ...(signal === undefined ? {} : { signal }),
    ...(passphrase === undefined ? {} : { password: passphrase, encryptionStrength: 3 as const }),
  });
  for await (const { path, bytes, packed } of files) {
    signal?.throwIfAborted();
    const source = bytes[Symbol.asyncIterator]();
    try {
      await zip.add(path, await readerOf(source), { level: packed === true ? 0 : 6, unixMode: REGULAR_FILE });
    } finally {
      await source.return?.();
    }
  }
  await zip.close();
}

/** A small file as a whole, which costs half of what a stream does; a larger one as it comes. */
async function readerOf(source: AsyncIterator<Uint8Array>): Promise<Uint8ArrayReader | ReadableStream> {
  const first: Uint8Array[] = [];
  for (let size = 0; size <= SMALL_BYTES; ) {
    const next = await source.next();
    if (next.done === true) return new Uint8ArrayReader(Buffer.concat(first));
    first.push(next.value);
    size += next.value.length;
  }
  return streamOf(first, source);
}

/** Read when it is asked for, and told to end when nobody reads on. */
function streamOf(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  const waiting = [...first];
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const known = waiting.shift();
        if (known !== undefined) {
          controller.enqueue(known);
          return;
        }
        const next = await rest.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => {
        await rest.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
