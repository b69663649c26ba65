/**
 * A self-signed X.509 certificate (RFC 5280) for a SAML signing key. SAML metadata carries keys as certificates, and
 * whoever reads it trusts the key because of where the metadata came from, never because of the certificate: so the
 * smallest valid one does. Given names, it also serves TLS between two programs of which one is told to trust the
 * other's certificate. Node can read certificates but not make them; this is the DER (X.690) that it takes.
 *
 *   Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }
 */
import { createPublicKey, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import { domainToASCII } from "node:url";
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
const DNS_NAME = 0x82; // GeneralName, RFC 5280 §4.2.1.6
const IP_ADDRESS = 0x87;

const sha256WithRsa = Buffer.from("06092a864886f70d01010b", "hex"); // 1.2.840.113549.1.1.11
const commonName = Buffer.from("0603550403", "hex"); // 2.5.4.3
const basicConstraints = Buffer.from("0603551d13", "hex"); // 2.5.29.19
const subjectAltName = Buffer.from("0603551d11", "hex"); // 2.5.29.17

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

/** DNS names in their ASCII form, addresses as 4 or 16 bytes. @throws TypeError when it is neither */
function generalName(name: string): Buffer {
  if (isIPv4(name)) return der(IP_ADDRESS, Buffer.from(name.split(".").map(Number)));
  if (isIPv6(name)) return der(IP_ADDRESS, ipv6(name));
  const ascii = domainToASCII(name);
  if (ascii === "") throw new TypeError("neither a DNS name nor an IP address");
  return der(DNS_NAME, Buffer.from(ascii));
}

/** The URL parser writes an address in one way: hexadecimal groups, the longest run of zeros as `::`. */
function ipv6(address: string): Buffer {
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = plain.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  const groups = [...head, ...zeros, ...tail].map((group) => group.padStart(4, "0"));
  return Buffer.from(groups.join(""), "hex");
}

function extensions(names: readonly string[]): Buffer {
  const notAuthority = der(SEQUENCE, basicConstraints, BOOLEAN_TRUE, der(OCTET_STRING, der(SEQUENCE)));
  if (names.length === 0) return der(SEQUENCE, notAuthority);
  const named = der(SEQUENCE, ...names.map(generalName));
  return der(SEQUENCE, notAuthority, der(SEQUENCE, subjectAltName, der(OCTET_STRING, named)));
}

export interface CertificateOptions {
  /** Common name of issuer and subject. */
  readonly name: string;
  /** DNS names and IP addresses of a TLS server, as its subjectAltName; a signing key needs none. */
  readonly names?: readonly string[];
  readonly from: Instant;
  /** Validity in days. */
  readonly days: number;
}

/** The certificate of an RSA key by itself, as PEM. Not a certificate authority. @throws TypeError on a name that is none */
export function selfSignedCertificate(privateKey: KeyObject, options: CertificateOptions): string {
  const algorithm = der(SEQUENCE, sha256WithRsa, NULL);
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, commonName, der(UTF8_STRING, Buffer.from(options.name)))),
  );
  const from = millisOf(options.from);
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // positive, and no leading zero
  const toBeSigned = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))), // version 3
    der(INTEGER, serial),
    algorithm,
    name,
    der(SEQUENCE, time(from), time(from + options.days * 86_400_000)),
    name,
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
    der(0xa3, extensions(options.names ?? [])),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = der(SEQUENCE, toBeSigned, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
