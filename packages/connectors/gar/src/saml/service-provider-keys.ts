/**
 * Our keys: one signs, all decrypt, and metadata publish what the provider may need. A change of key is two steps: the next
 * one is published and decrypts while the present one still signs; once every provider has read our metadata again, the two
 * files change places, and the old one goes on decrypting until it is taken out. @clause DD.9
 */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { Instant } from "@preau/kernel";
import type { SamlOptions } from "../options.ts";
import { type SigningKey, signingKey } from "./signing-key.ts";

export interface ServiceProviderKeys {
  readonly signing: SigningKey;
  /** PEM, the one that signs first. */
  readonly signingCertificates: readonly string[];
  /** PEM, the one to encrypt for first. */
  readonly encryptionCertificates: readonly string[];
  readonly decryption: readonly KeyObject[];
  /** When the first certificate of those in use ends; the next key's is not. */
  readonly endsAt: Instant;
}

type KeyFiles = Pick<SamlOptions, "keyFile" | "certificateFile" | "encryptionKeyFile" | "nextKeyFile">;

/** Reads the key files, or makes those that are not there. @throws GAR_KEY_UNREADABLE */
export async function serviceProviderKeys(files: KeyFiles, now: Instant): Promise<ServiceProviderKeys> {
  const { keyFile, certificateFile, encryptionKeyFile, nextKeyFile } = files;
  const read = async (file: string | undefined) =>
    file === undefined ? [] : [await signingKey({ keyFile: file, name: "Préau", now })];
  const signing = await signingKey({ keyFile, certificateFile, name: "Préau", now });
  const [encryption, next] = [await read(encryptionKeyFile), await read(nextKeyFile)];
  const signs = [signing, ...next];
  const inUse = [signing, ...encryption].map(
    ({ certificate }) => new X509Certificate(certificate).validToDate,
  );
  const decrypts = encryption.length === 0 ? signs : encryption;
  return {
    signing,
    signingCertificates: signs.map(({ certificate }) => certificate),
    encryptionCertificates: decrypts.map(({ certificate }) => certificate),
    decryption: [...new Set([...decrypts, ...signs])].map(({ privateKey }) => createPrivateKey(privateKey)),
    endsAt: new Date(Math.min(...inUse.map((end) => end.getTime()))).toISOString() as Instant,
  };
}
