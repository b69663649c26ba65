import { SAML } from "@node-saml/node-saml";
import type { SigningKey } from "./signing-key.ts";

/** The address and names that metadata tell. */
export interface ServiceProviderNames {
  readonly entityId: string;
  readonly consumer: string;
}

/** Our metadata: signed requests, signed assertions wanted by POST, and no key to encrypt for, so that none is. */
export function serviceProviderMetadata(names: ServiceProviderNames, key: SigningKey): string {
  const saml = new SAML({
    issuer: names.entityId,
    callbackUrl: names.consumer,
    idpCert: key.certificate, // demanded by the library, used in no metadata
    privateKey: key.privateKey,
    signatureAlgorithm: "sha256",
    identifierFormat: null,
    wantAssertionsSigned: true,
  });
  return saml.generateServiceProviderMetadata(null, key.certificate);
}
