/** Files for somebody else: exports and samples, in the age format (age-encryption.org/v1), streamed in 64 KiB chunks. */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { fault } from "./errors.ts";

/** For whom: public keys `age1…`, or one passphrase of at least 12 characters. */
export type AgeRecipients = { readonly recipients: readonly string[] } | { readonly passphrase: string };
/** With what: secret keys `AGE-SECRET-KEY-1…`, or the passphrase. */
export type AgeIdentities = { readonly identities: readonly string[] } | { readonly passphrase: string };

/** A new key pair. The identity is secret. */
export async function makeAgeIdentity(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/**
 * The age file of a stream of bytes, with bounded memory.
 * @throws KEYS_AGE_RECIPIENT before the first byte is read
 */
export async function sealFile(
  plaintext: AsyncIterable<Uint8Array>,
  recipients: AgeRecipients,
): Promise<AsyncIterable<Uint8Array>> {
  const encrypter = new Encrypter();
  try {
    if ("passphrase" in recipients) {
      if (recipients.passphrase.length < 12) throw fault("KEYS_AGE_RECIPIENT");
      encrypter.setPassphrase(recipients.passphrase);
    } else {
      if (recipients.recipients.length === 0) throw fault("KEYS_AGE_RECIPIENT");
      for (const recipient of recipients.recipients) encrypter.addRecipient(recipient);
    }
  } catch {
    throw fault("KEYS_AGE_RECIPIENT"); // the library's error repeats what it was given
  }
  return encrypter.encrypt(ReadableStream.from(plaintext));
}

/**
 * The plaintext of an age file. Each chunk is authenticated before it comes out, but a cut file is noticed only at its
 * end: when the iteration throws, discard what came before.
 * @throws KEYS_AGE_UNOPENED
 */
export async function* openFile(
  file: AsyncIterable<Uint8Array>,
  identities: AgeIdentities,
): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  try {
    if ("passphrase" in identities) decrypter.addPassphrase(identities.passphrase);
    else for (const identity of identities.identities) decrypter.addIdentity(identity);
    yield* await decrypter.decrypt(ReadableStream.from(file));
  } catch {
    throw fault("KEYS_AGE_UNOPENED");
  }
}
