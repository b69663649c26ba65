/**
 * Who we are to the service: a certificate that the GAR signed for one platform, and its key. The key was made on this
 * machine and never leaves it; whoever reads it can end every subscription in our name.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { type Instant, instant, isFault } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { SubscriptionOptions } from "./subscription-options.ts";

export interface ClientCertificate {
  /** PEM, the chain too where the file holds it. */
  readonly certificate: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** PEM of the authorities believed for the service; the public ones when undefined. */
  readonly authorities: string | undefined;
  readonly endsAt: Instant;
}

type Files = Pick<SubscriptionOptions, "certificateFile" | "keyFile" | "keyPassphraseFile" | "caFile">;

/**
 * Reads and checks the files: the key closed to others, the certificate its own and in force.
 * @throws GAR_SUBSCRIPTION_NOT_CONFIGURED, GAR_SUBSCRIPTION_KEY_UNREADABLE
 */
export async function clientCertificate(files: Files, now: Instant): Promise<ClientCertificate> {
  const { certificateFile, keyFile, keyPassphraseFile, caFile } = files;
  if (certificateFile === undefined)
    throw fault("GAR_SUBSCRIPTION_NOT_CONFIGURED", { place: "certificateFile" });
  if (keyFile === undefined) throw fault("GAR_SUBSCRIPTION_NOT_CONFIGURED", { place: "keyFile" });
  const certificate = await read(certificateFile, (text) => ({ text, x509: new X509Certificate(text) }));
  const passphrase =
    keyPassphraseFile === undefined ? {} : { passphrase: await firstLine(keyPassphraseFile) };
  await assertClosed(keyFile);
  const privateKey = await read(keyFile, (key) => createPrivateKey({ key, ...passphrase }));
  const authorities =
    caFile === undefined ? undefined : await read(caFile, (text) => (new X509Certificate(text), text));
  if (!certificate.x509.checkPrivateKey(privateKey))
    throw unusable(certificateFile, "the certificate of another key");
  const endsAt = instant(certificate.x509.validToDate);
  if (endsAt <= now) throw unusable(certificateFile, `ended at ${endsAt}`);
  return {
    certificate: certificate.text,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    authorities,
    endsAt,
  };
}

async function firstLine(file: string): Promise<string> {
  await assertClosed(file);
  return read(file, (text) => text.split(/\r?\n/, 1)[0] ?? "");
}

async function assertClosed(file: string): Promise<void> {
  const mode = await stat(file).then(
    (found) => found.mode,
    (cause: unknown) => {
      throw unusable(file, "cannot be read", cause);
    },
  );
  if (process.platform !== "win32" && (mode & 0o077) !== 0)
    throw unusable(file, `mode ${(mode & 0o777).toString(8)}, open to others (chmod 600)`);
}

async function read<T>(file: string, meaning: (text: string) => T): Promise<T> {
  try {
    return meaning(await readFile(file, "utf8"));
  } catch (cause) {
    throw isFault(cause) ? cause : unusable(file, "cannot be read", cause);
  }
}

function unusable(file: string, why: string, cause?: unknown) {
  return fault("GAR_SUBSCRIPTION_KEY_UNREADABLE", { place: `${file}: ${why}`, cause });
}
