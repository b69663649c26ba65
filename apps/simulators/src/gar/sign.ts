import { SignedXml } from "xml-crypto";
import { algorithms } from "./saml.ts";

export interface Signer {
  /** PEM. */
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
}

export type HashName = "sha256" | "sha1";

/** Signs an element where it stands alone: enveloped, exclusive C14N, the Signature right after the Issuer. */
export function signElement(element: string, signer: Signer, hash: HashName = "sha256"): string {
  const signed = new SignedXml({
    privateKey: signer.privateKey,
    publicCert: signer.certificate,
    signatureAlgorithm: hash === "sha1" ? algorithms.rsaSha1 : algorithms.rsaSha256,
    canonicalizationAlgorithm: algorithms.exclusive,
  });
  signed.addReference({
    xpath: "/*",
    transforms: [algorithms.enveloped, algorithms.exclusive],
    digestAlgorithm: hash === "sha1" ? algorithms.sha1 : algorithms.sha256,
  });
  const location = /^<[^>]+><saml2:Issuer/.test(element)
    ? ({ reference: "/*/*[local-name(.)='Issuer']", action: "after" } as const)
    : ({ reference: "/*", action: "prepend" } as const);
  signed.computeSignature(element, { prefix: "ds", location });
  return signed.getSignedXml();
}
