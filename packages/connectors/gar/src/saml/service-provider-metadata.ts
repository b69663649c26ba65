/**
 * Our metadata (SAML metadata §2.4.4): signed requests, signed assertions wanted by POST, logout on three bindings, the keys
 * that sign and those to encrypt for, and the attributes that were declared. No `validUntil`: they are handed in once, and
 * sign-ins must not end on the day that somebody forgot.
 */
import { addressOf, type SignInProvider } from "../provider.ts";
import { attributesXml, escapeXml } from "./escape-xml.ts";
import { offeredAlgorithms } from "./read-encrypted.ts";
import { saml } from "./saml-names.ts";
import type { ServiceProviderKeys } from "./service-provider-keys.ts";

export interface MetadataContent {
  readonly provider: SignInProvider;
  readonly entityId: string;
  readonly keys: Pick<ServiceProviderKeys, "signingCertificates" | "encryptionCertificates">;
  readonly allowCbc: boolean;
}

const NAME_FORMAT = "urn:oasis:names:tc:SAML:2.0:attrname-format:";

/** The document. The first key of each use is the one that signs, and the one to encrypt for. */
export function serviceProviderMetadata({ provider, entityId, keys, allowCbc }: MetadataContent): string {
  const logout = addressOf(provider, "logout");
  const consumer = addressOf(provider, "acs");
  const methods = encryptionMethods(allowCbc);
  const descriptor = [
    ...keys.signingCertificates.map((each) => keyDescriptor("signing", each, "")),
    ...keys.encryptionCertificates.map((each) => keyDescriptor("encryption", each, methods)),
    ...[saml.post, saml.redirect, saml.soap].map(
      (binding) => `<md:SingleLogoutService${attributesXml({ Binding: binding, Location: logout })}/>`,
    ),
    `<md:AssertionConsumerService${attributesXml({ Binding: saml.post, Location: consumer, index: "0", isDefault: "true" })}/>`,
    attributeConsumer(provider),
  ];
  const supported = {
    AuthnRequestsSigned: "true",
    WantAssertionsSigned: "true",
    protocolSupportEnumeration: saml.protocol,
  };
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<md:EntityDescriptor xmlns:md="${saml.metadata}"${attributesXml({ entityID: entityId })}>\n` +
    `<md:SPSSODescriptor${attributesXml(supported)}>\n${descriptor.join("\n")}\n</md:SPSSODescriptor>\n</md:EntityDescriptor>\n`
  );
}

function keyDescriptor(use: "signing" | "encryption", certificate: string, methods: string): string {
  const body = certificate.replaceAll(/-----[^-]+-----|\s/g, "");
  return (
    `<md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="${saml.signature}"><ds:X509Data><ds:X509Certificate>${body}` +
    `</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}</md:KeyDescriptor>`
  );
}

function encryptionMethods(allowCbc: boolean): string {
  const { authenticated, unauthenticated, keyTransport } = offeredAlgorithms;
  const contents = [...authenticated, ...(allowCbc ? unauthenticated : [])].map(
    (algorithm) => `<md:EncryptionMethod Algorithm="${algorithm}"/>`,
  );
  const digest = `<ds:DigestMethod xmlns:ds="${saml.signature}" Algorithm="${keyTransport.digest}"/>`;
  const transport = `<md:EncryptionMethod Algorithm="${keyTransport.algorithm}">${digest}</md:EncryptionMethod>`;
  return contents.join("") + transport;
}

/** The declared attributes under the provider's names. Without an identifier nobody can be signed in. */
function attributeConsumer({ declared, attributeNames, product }: SignInProvider): string {
  const requested = [...declared].map((our) => {
    const Name = attributeNames.get(our) ?? our;
    const format = Name.startsWith("urn:") ? "uri" : "basic";
    const isRequired = our === "IDO" ? "true" : undefined;
    const attributes = { FriendlyName: our, Name, NameFormat: `${NAME_FORMAT}${format}`, isRequired };
    return `<md:RequestedAttribute${attributesXml(attributes)}/>`;
  });
  return requested.length === 0
    ? ""
    : `<md:AttributeConsumingService index="0" isDefault="true"><md:ServiceName xml:lang="fr">${escapeXml(product)}</md:ServiceName>${requested.join("")}</md:AttributeConsumingService>`;
}
