import { getVerifiedXml, parseDomFromString } from "@node-saml/node-saml/lib/xml.js";
import { refuse } from "../refusal.ts";
import { saml } from "./saml-names.ts";
import { type SignedElement, verifySignedElement } from "./verify-signed-element.ts";

/**
 * A message that the library's strategy does not handle (a logout message, a Response around a ciphertext), verified as a
 * sign-in is: on the tree that the gate read, then by the library, which must find the same bytes signed. So the tree is what
 * was verified, and may be read.
 * @throws GAR_SIGN_IN_REFUSED
 */
export async function verifyMessage(
  xml: string,
  signed: SignedElement,
  certificates: readonly string[],
): Promise<void> {
  const { canonical: text } = verifySignedElement(signed, certificates);
  const found = await coveredBytes(xml, signed.element.name, certificates);
  if (found !== text) refuse("badSignature");
}

/** The canonical bytes that the library finds signed, of the one message of this name. */
async function coveredBytes(
  xml: string,
  name: string,
  certificates: readonly string[],
): Promise<string | null> {
  try {
    const document = await parseDomFromString(xml);
    const found = document.getElementsByTagNameNS(saml.protocol, name);
    const element = found.length === 1 ? found.item(0) : null;
    return element === null ? null : getVerifiedXml(xml, element, [...certificates]);
  } catch (cause) {
    return refuse("badSignature", cause);
  }
}
