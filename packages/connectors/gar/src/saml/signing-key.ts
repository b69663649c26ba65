/**
 * The RSA key that signs our SAML messages, with its certificate: one PEM file of both, made at the first start with
 * mode 0600. The certificate alone goes into metadata; the key never leaves the machine.
 */
import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes, X509Certificate } from "node:crypto";
import { link, mkdir, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { type Instant, isFault } from "@preau/kernel";
import { fault } from "../errors.ts";
import { selfSignedCertificate } from "./self-signed-certificate.ts";

/** PFPART and PFPROD suppliers use 2048 to 4096; ANSSI asks for 3072 beyond 2030. */
const MODULUS_BITS = 3072;
const VALID_DAYS = 3650;

export interface SigningKey {
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** X.509, PEM. */
  readonly certificate: string;
}

export interface SigningKeyOptions {
  /** Holds the private key, and the certificate unless `certificateFile` does. Made when it does not exist. */
  readonly keyFile: string;
  readonly certificateFile?: string | undefined;
  /** Common name of a new certificate. */
  readonly name: string;
  readonly now: Instant;
}

/**
 * Reads the key, or makes it. Two processes that start at once on one folder end with the same key.
 * @throws GAR_KEY_UNREADABLE
 */
export async function signingKey(options: SigningKeyOptions): Promise<SigningKey> {
  const { keyFile, certificateFile } = options;
  try {
    const pem = (await readText(keyFile)) ?? (await makeKeyFile(options));
    await checkMode(keyFile);
    const certificate = certificateFile === undefined ? pem : await readFile(certificateFile, "utf8");
    return checkedPair(pem, certificate);
  } catch (cause) {
    throw isFault(cause) ? cause : fault("GAR_KEY_UNREADABLE", { place: certificateFile ?? keyFile, cause });
  }
}

/** Whoever reads the key signs as us. */
async function checkMode(keyFile: string): Promise<void> {
  const { mode } = await stat(keyFile);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    const octal = (mode & 0o777).toString(8);
    throw fault("GAR_KEY_UNREADABLE", { place: `${keyFile}: mode ${octal}, open to others (chmod 600)` });
  }
}

function checkedPair(keyText: string, certificateText: string): SigningKey {
  const key = createPrivateKey(keyText);
  const certificate = new X509Certificate(certificateText);
  if (key.asymmetricKeyType !== "rsa" || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
    throw new TypeError("the key is not RSA of 2048 bits or more");
  }
  if (!certificate.checkPrivateKey(key)) throw new TypeError("the certificate is of another key");
  return {
    privateKey: key.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: certificate.toString(),
  };
}

async function makeKeyFile(options: SigningKeyOptions): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: MODULUS_BITS });
  const pem = pemOfBoth(privateKey, options);
  await mkdir(dirname(options.keyFile), { recursive: true, mode: 0o700 });
  // Written whole under another name, then linked: nobody reads half a key, and the first of two processes wins.
  const draft = `${options.keyFile}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, pem, { mode: 0o600, flag: "wx", flush: true });
  try {
    await link(draft, options.keyFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await unlink(draft);
  }
  return readFile(options.keyFile, "utf8");
}

function pemOfBoth(privateKey: KeyObject, options: SigningKeyOptions): string {
  const certificate = selfSignedCertificate(privateKey, {
    name: options.name,
    from: options.now,
    days: VALID_DAYS,
  });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString() + certificate;
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
