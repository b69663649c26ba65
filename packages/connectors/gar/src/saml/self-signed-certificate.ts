/**
 * A self-signed X.509 certificate (RFC 5280) for a SAML signing key. SAML metadata carries keys as certificates, and
 * whoever reads it trusts the key because of where the metadata came from, never because of the certificate: so the
 * smallest valid one does. Node can read certificates but not make them; this is the DER (X.690) that it takes.
 *
 *   Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }
 */
import { createPublicKey, type KeyObject, randomBytes, sign } from "node:crypto";
import { type Instant, millisOf } from "@preau/kernel";

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const BOOLEAN_TRUE = Buffer.from([0x01, 0x01, 0xff]);
const NULL = Buffer.from([0x05, 0x00]);
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

const sha256WithRsa = Buffer.from("06092a864886f70d01010b", "hex"); // 1.2.840.113549.1.1.11
const commonName = Buffer.from("0603550403", "hex"); // 2.5.4.3
const basicConstraints = Buffer.from("0603551d13", "hex"); // 2.5.29.19

/** Tag, length (short or long form) and value. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const length: number[] = [];
  for (let rest = value.length; rest > 0; rest >>= 8) length.unshift(rest & 0xff);
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length, ...length]), value]);
}

/** RFC 5280 §4.1.2.5: two-digit years until 2049, four-digit ones after, whole seconds. */
function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-T:]/g, "");
  return Number(digits.slice(0, 4)) < 2050
    ? der(UTC_TIME, Buffer.from(`${digits.slice(2)}Z`))
    : der(GENERALIZED_TIME, Buffer.from(`${digits}Z`));
}

export interface CertificateOptions {
  /** Common name of issuer and subject. */
  readonly name: string;
  readonly from: Instant;
  /** Validity in days. */
  readonly days: number;
}

/** The certificate of an RSA key by itself, as PEM. Not a certificate authority. */
export function selfSignedCertificate(privateKey: KeyObject, options: CertificateOptions): string {
  const algorithm = der(SEQUENCE, sha256WithRsa, NULL);
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, commonName, der(UTF8_STRING, Buffer.from(options.name)))),
  );
  const from = millisOf(options.from);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // positive, and no leading zero
  const notAuthority = der(SEQUENCE, basicConstraints, BOOLEAN_TRUE, der(OCTET_STRING, der(SEQUENCE)));
  const toBeSigned = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))), // version 3
    der(INTEGER, serial),
    algorithm,
    name,
    der(SEQUENCE, time(from), time(from + options.days * 86_400_000)),
    name,
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
    der(0xa3, der(SEQUENCE, notAuthority)),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = der(SEQUENCE, toBeSigned, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
