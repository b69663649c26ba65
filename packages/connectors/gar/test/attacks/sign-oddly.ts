/** Signatures that verify for whoever takes their algorithms as they come: the provider's key, or its certificate as secret. */
import { createHash, createHmac } from "node:crypto";
import { SignedXml } from "xml-crypto";
import { idpKey, type Key } from "../identity-provider.ts";

export const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
export const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
export const RSA_SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
export const RSA_PSS = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";
export const HMAC_SHA1 = "http://www.w3.org/2000/09/xmldsig#hmac-sha1";
export const HMAC_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
export const NONE = "http://www.w3.org/2001/04/xmldsig-more#none";
export const SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";
export const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
export const MD5 = "http://www.w3.org/2001/04/xmldsig-more#md5";
export const INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

export interface OddSigning {
  readonly key?: Key;
  readonly signature?: string;
  readonly digest?: string;
  readonly canonicalization?: string;
  readonly transforms?: readonly string[];
  /** Local names of the elements that are signed, one Reference each. */
  readonly elements?: readonly string[];
  /** Local name of the element whose Issuer the Signature follows. */
  readonly inside?: string;
  /** One Reference to the whole document. */
  readonly wholeDocument?: boolean;
  readonly inclusivePrefixes?: string[];
  readonly prefix?: string;
}

export function signOddly(xml: string, odd: OddSigning): string {
  const { key = idpKey, elements = ["Assertion"], signature = RSA_SHA256 } = odd;
  const signed = new SignedXml({
    privateKey: [HMAC_SHA1, HMAC_SHA256].includes(signature) ? key.certificate : key.privateKey,
    publicCert: key.certificate,
    signatureAlgorithm: signature,
    canonicalizationAlgorithm: odd.canonicalization ?? EXCLUSIVE,
  });
  teachOddAlgorithms(signed);
  const transforms = odd.transforms ?? [ENVELOPED, EXCLUSIVE];
  for (const name of elements) {
    signed.addReference({
      xpath: odd.wholeDocument === true ? "/*" : `//*[local-name(.)='${name}']`,
      transforms,
      digestAlgorithm: odd.digest ?? SHA256,
      isEmptyUri: odd.wholeDocument ?? false,
      inclusiveNamespacesPrefixList: odd.inclusivePrefixes ?? [],
    });
  }
  const inside = odd.inside ?? elements[0] ?? "";
  signed.computeSignature(xml, {
    ...(odd.prefix === undefined ? {} : { prefix: odd.prefix }),
    location: { reference: `//*[local-name(.)='${inside}']/*[local-name(.)='Issuer']`, action: "after" },
  });
  return signed.getSignedXml();
}

/** Algorithms that xml-crypto does not have, and transforms that it does not have as ones that change nothing. */
function teachOddAlgorithms(signed: SignedXml): void {
  const signature = (name: string, sign: (text: string, key: string) => string) =>
    class {
      getSignature = (text: unknown, key: unknown) => sign(String(text), String(key));
      verifySignature = () => false;
      getAlgorithmName = () => name;
    };
  const hmac = (hash: string) => (text: string, key: string) =>
    createHmac(hash, key).update(text).digest("base64");
  Object.assign(signed.SignatureAlgorithms, {
    [HMAC_SHA1]: signature(HMAC_SHA1, hmac("sha1")),
    [HMAC_SHA256]: signature(HMAC_SHA256, hmac("sha256")),
    [NONE]: signature(NONE, () => ""),
  });
  class Md5 {
    getHash = (xml: string) => createHash("md5").update(xml).digest("base64");
    getAlgorithmName = () => MD5;
  }
  Object.assign(signed.HashAlgorithms, { [MD5]: Md5 });
  for (const name of oddTransforms) {
    class Unchanged {
      process = (node: Node) => node;
      getAlgorithmName = () => name;
    }
    Object.assign(signed.CanonicalizationAlgorithms, { [name]: Unchanged });
  }
}

export const oddTransforms = [
  "http://www.w3.org/TR/1999/REC-xslt-19991116",
  "http://www.w3.org/TR/1999/REC-xpath-19991116",
  "http://www.w3.org/2002/06/xmldsig-filter2",
  "http://www.w3.org/2000/09/xmldsig#base64",
  "http://www.w3.org/2002/07/decrypt#XML",
  "http://www.w3.org/TR/2001/REC-xptr-20010108",
];
