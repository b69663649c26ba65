/**
 * The bytes of a package, streamed: entries as they come, then `manifest.json` and `SHA256SUMS`, in a ZIP, encrypted.
 *
 *   age    a ZIP (ZIP64) in an age file, for public keys or a passphrase: NAME.zip.age
 *   zip    for who has no age: an AES-256 ZIP with one file, the ZIP itself. The names of files are data too, and a ZIP
 *          shows its names to everybody: so they stand in the inner one.
 *   none   a plain ZIP, for a command line that asks for it in so many words
 *
 * @clause DD.2, S8, D10.1a
 */
import { createHash } from "node:crypto";
import { canonicalJson, type Instant } from "@preau/kernel";
import { sealFile } from "@preau/keys";
import { pathCheck } from "./container-paths.ts";
import { type ZipFile, zipOf } from "./container-zip.ts";
import type { ManifestLine, PackageContent, PackageEntry, PackageProgress } from "./package-content.ts";
import type { Spool } from "./spool.ts";

export type Protection =
  /** Public keys `age1…`. */
  | { readonly kind: "age"; readonly recipients: readonly string[] }
  | { readonly kind: "age" | "zip"; readonly passphrase: string }
  | { readonly kind: "none" };

export interface PackageOptions {
  readonly protection: Protection;
  /** When it is made: in the manifest, and the date of every file. */
  readonly at: Instant;
  readonly signal?: AbortSignal | undefined;
  /** Called after each entry, and every few MiB of a large one. */
  readonly onProgress?: ((progress: PackageProgress) => void) | undefined;
  /** Keeps finished entries for another run, so that they are not made again. */
  readonly spool?: Spool | undefined;
}

const PROGRESS_BYTES = 8 * 1024 * 1024;
const [MANIFEST, SUMS] = ["manifest.json", "SHA256SUMS"];

/** `.zip.age` or `.zip`. */
export function packageEnding({ kind }: Pick<Protection, "kind">): string {
  return kind === "age" ? ".zip.age" : ".zip";
}

/** @throws EXPORT_BAD_PATH, KEYS_AGE_RECIPIENT, the faults of the entries, and the signal's reason */
export async function packageBytes(
  content: PackageContent,
  options: PackageOptions,
): Promise<AsyncIterable<Uint8Array>> {
  const { protection, at, signal } = options;
  const plain = () => zipOf(filesOf(content, options), { at, signal });
  if (protection.kind === "none") return plain();
  if (protection.kind === "age") return sealFile(plain(), protection);
  const inner: ZipFile = { path: "contents.zip", bytes: plain(), packed: true };
  return zipOf(one(inner), { at, signal, passphrase: protection.passphrase });
}

async function* filesOf(
  content: PackageContent,
  { at, signal, spool, onProgress }: PackageOptions,
): AsyncGenerator<ZipFile> {
  const check = pathCheck();
  for (const own of [MANIFEST, SUMS]) check(own);
  const lines: ManifestLine[] = [];
  let total = 0;
  const tell = (stage: PackageProgress["stage"]) =>
    onProgress?.({ stage, entries: lines.length, bytes: total });

  async function* measured(path: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const hash = createHash("sha256");
    let [size, told] = [0, 0];
    for await (const chunk of bytes) {
      hash.update(chunk);
      size += chunk.length;
      total += chunk.length;
      if (size - told >= PROGRESS_BYTES) {
        told = size;
        tell("writing");
      }
      yield chunk;
    }
    lines.push({ path, bytes: size, sha256: hash.digest("hex") });
    tell("writing");
  }
  const bytesOf = (entry: PackageEntry) =>
    spool === undefined ? entry.bytes(signal) : spool.through(entry, signal);

  tell("collecting");
  // Whoever reads this reads each file to its end before it asks for the next.
  for await (const entry of content.entries(signal)) {
    signal?.throwIfAborted();
    const { path, packed } = entry;
    check(path);
    yield { path, ...(packed === undefined ? {} : { packed }), bytes: measured(path, bytesOf(entry)) };
  }
  tell("sealing");
  yield { path: MANIFEST, bytes: measured(MANIFEST, manifestOf(content, at, [...lines])) };
  yield { path: SUMS, bytes: measured(SUMS, sumsOf(lines)) };
}

/** Line by line: a package of a hundred thousand files has a manifest of many megabytes. */
async function* manifestOf(
  content: PackageContent,
  at: Instant,
  lines: readonly ManifestLine[],
): AsyncGenerator<Uint8Array> {
  const { kind } = content;
  const head = canonicalJson({ schema: "preau.package/1", kind, madeAt: at, facts: content.facts() });
  yield* inPieces(
    (function* () {
      yield `${head.slice(0, -1)},"files":[`;
      for (const [index, { path, bytes, sha256 }] of lines.entries())
        yield `${index === 0 ? "" : ","}\n${canonicalJson({ path, bytes, sha256 })}`;
      yield "\n]}\n";
    })(),
  );
}

/** As `sha256sum -c SHA256SUMS` reads them: no path holds what would need an escape. */
async function* sumsOf(lines: readonly ManifestLine[]): AsyncGenerator<Uint8Array> {
  yield* inPieces(lines.map(({ path, sha256 }) => `${sha256}  ${path}\n`));
}

async function* inPieces(texts: Iterable<string>): AsyncGenerator<Uint8Array> {
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length < 65_536) continue;
    yield Buffer.from(piece);
    piece = "";
  }
  yield Buffer.from(piece);
}

// biome-ignore lint/suspicious/useAwait: a stream of one
async function* one<T>(value: T): AsyncGenerator<T> {
  yield value;
}
