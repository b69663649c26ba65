import { X509Certificate } from "node:crypto";

/**
 * The configured certificates to verify a message with: the first whose key its KeyInfo names, so that the library tries
 * one alone; all of them when it names none; none when it names other keys. A named certificate chooses among the
 * configured ones, which may hold the same key under another certificate; it is never trusted itself.
 */
export function chooseCertificates(
  configured: readonly string[],
  named: readonly string[],
): readonly string[] {
  if (named.length === 0) return configured;
  const bodies = new Set(named.map(bodyOf));
  const same = configured.find((pem) => bodies.has(bodyOf(pem))); // nearly always: reading certificates costs more
  if (same !== undefined) return [same];
  const keys = new Set(named.flatMap((base64) => keyOf(Buffer.from(base64, "base64"))));
  const sameKey = configured.find((pem) => keyOf(pem).some((key) => keys.has(key)));
  return sameKey === undefined ? [] : [sameKey];
}

/** Base64 alone, of PEM or of what KeyInfo holds. */
function bodyOf(certificate: string): string {
  return certificate.replaceAll(/-----[^-]+-----|\s/g, "");
}

/** Its public key (SPKI); none when it is no certificate. */
function keyOf(certificate: Buffer | string): readonly string[] {
  try {
    const { publicKey } = new X509Certificate(certificate);
    return [publicKey.export({ type: "spki", format: "der" }).toString("base64")];
  } catch {
    return [];
  }
}
