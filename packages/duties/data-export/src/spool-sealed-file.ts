/**
 * Files at rest in the export folder: nothing lies in clear on the disk, and destroying the key destroys every copy of them.
 *
 *   magic "PXP1" | salt (16) | frames
 *   frame = AES-256-GCM ciphertext of 256 KiB (the last one less) | tag (16)
 *   key   = HKDF-SHA-256(key, salt, "preau export part\0" | SHA-256 of the context, hexadecimal)
 *   nonce = number of the frame (11, big endian) | 1 on the last frame, 0 on the others
 *
 * (STREAM, Hoang et al. 2015). A file gets its name when it is whole.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { fault } from "./errors.ts";
import { onDisk } from "./write-package-file.ts";

export interface SealedFile {
  readonly file: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** What it is: another one's bytes under its name are noticed. */
  readonly context: string;
}

const MAGIC = Buffer.from("PXP1");
const SALT = 16;
const TAG = 16;
const HEAD = MAGIC.length + SALT;
const FRAME = 256 * 1024;
/** Ending of a file that is not whole yet. */
export const MAKING = ".making";

/**
 * Gives the bytes on and keeps them. A consumer that leaves early leaves no file.
 * @throws EXPORT_DISK_FULL, EXPORT_FILE_UNWRITABLE
 */
export async function* sealing(
  { file, key, context }: SealedFile,
  bytes: AsyncIterable<Uint8Array>,
  { durable = false }: { readonly durable?: boolean } = {},
): AsyncGenerator<Uint8Array> {
  // A name of its own: a run that was given up may still write.
  const making = `${file}.${randomBytes(4).toString("hex")}${MAKING}`;
  const salt = randomBytes(SALT);
  const partKey = keyOf(key, salt, context);
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
  const handle = await onDisk(() => open(making, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600));
  let whole = false;
  try {
    await append(handle, Buffer.concat([MAGIC, salt]));
    let number = 0;
    let rest: Uint8Array[] = [];
    let length = 0;
    const seal = (last: boolean, frame: Uint8Array) =>
      append(handle, sealFrame(partKey, number++, last, frame));
    for await (const chunk of bytes) {
      rest.push(chunk);
      length += chunk.length;
      if (length > FRAME) {
        const all = Buffer.concat(rest, length);
        let at = 0;
        for (; all.length - at > FRAME; at += FRAME) await seal(false, all.subarray(at, at + FRAME));
        rest = [Buffer.from(all.subarray(at))];
        length = all.length - at;
      }
      yield chunk;
    }
    await seal(true, Buffer.concat(rest, length));
    if (durable) await onDisk(() => handle.sync());
    whole = true;
  } finally {
    await handle.close();
    if (whole) await onDisk(() => rename(making, file));
    else await rm(making, { force: true });
  }
}

export interface OpenSealed {
  readonly handle: FileHandle;
  readonly key: Uint8Array;
  readonly frames: number;
  readonly lastLength: number;
}

/** Undefined when there is none, or one that a crash of the machine has cut: it is made again. */
export async function openSealed({ file, key, context }: SealedFile): Promise<OpenSealed | undefined> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  if (handle === undefined) return undefined;
  const head = Buffer.alloc(HEAD);
  const { size } = await handle.stat();
  await handle.read(head, 0, HEAD, 0);
  const body = size - HEAD;
  const frames = Math.max(1, Math.ceil(body / (FRAME + TAG)));
  const lastLength = body - (frames - 1) * (FRAME + TAG);
  const part = { handle, key: keyOf(key, head.subarray(MAGIC.length), context), frames, lastLength };
  const isWhole = head.subarray(0, MAGIC.length).equals(MAGIC) && lastLength >= TAG;
  if (isWhole && (await readFrame(part, frames - 1).catch(() => undefined)) !== undefined) return part;
  await handle.close();
  await rm(file, { force: true });
  return undefined;
}

/** @throws EXPORT_PART_BROKEN */
export async function* readSealed(part: OpenSealed): AsyncGenerator<Uint8Array> {
  for (let number = 0; number < part.frames; number += 1) yield await readFrame(part, number);
}

/** @throws EXPORT_PART_BROKEN */
async function readFrame({ handle, key, frames, lastLength }: OpenSealed, number: number): Promise<Buffer> {
  const last = number === frames - 1;
  const frame = Buffer.alloc(last ? lastLength : FRAME + TAG);
  const { bytesRead } = await handle.read(frame, 0, frame.length, HEAD + number * (FRAME + TAG));
  try {
    if (bytesRead !== frame.length) throw new RangeError("cut");
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number, last), { authTagLength: TAG });
    decipher.setAuthTag(frame.subarray(-TAG));
    return Buffer.concat([decipher.update(frame.subarray(0, -TAG)), decipher.final()]);
  } catch {
    throw fault("EXPORT_PART_BROKEN");
  }
}

function sealFrame(key: Uint8Array, number: number, last: boolean, frame: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number, last));
  return Buffer.concat([cipher.update(frame), cipher.final(), cipher.getAuthTag()]);
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function keyOf(key: Uint8Array, salt: Uint8Array, context: string): Buffer {
  const about = createHash("sha256").update(context).digest("hex");
  return Buffer.from(hkdfSync("sha256", key, salt, `preau export part\0${about}`, 32));
}

async function append(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const from = at;
    at += (await onDisk(() => handle.write(bytes, from))).bytesWritten;
  }
}
