import { X509Certificate } from "node:crypto";
import { escapeMarkup } from "../html.ts";
import { saml } from "./saml.ts";
import type { Channel } from "./sessions.ts";

export interface IdentityProviderNames {
  /** Like the GAR's own `…/cas/idp`: a name that is no address of metadata. */
  readonly entityId: string;
  readonly signOnUrl: string;
  readonly logoutUrls: Readonly<Record<Channel, string>>;
}

export function namesAt(url: string): IdentityProviderNames {
  const profile = `${url}/idp/profile/SAML2`;
  return {
    entityId: `${url}/cas/idp`,
    signOnUrl: `${profile}/Redirect/SSO`,
    logoutUrls: {
      soap: `${profile}/SOAP/SLO`,
      post: `${profile}/POST/SLO`,
      redirect: `${profile}/Redirect/SLO`,
    },
  };
}

/** The metadata of the identity provider (SAML metadata §2.4.3), with one signing certificate a key. */
export function identityProviderMetadata(
  names: IdentityProviderNames,
  certificates: readonly string[],
): string {
  const keys = certificates.map(
    (pem) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${saml.signature}"><ds:X509Data><ds:X509Certificate>` +
      new X509Certificate(pem).raw.toString("base64") +
      `</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  );
  const service = (name: string, binding: string, location: string) =>
    `<md:${name} Binding="${binding}" Location="${escapeMarkup(location)}"/>`;
  const logouts = (["soap", "post", "redirect"] as const).map((channel) =>
    service("SingleLogoutService", saml[channel], names.logoutUrls[channel]),
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<md:EntityDescriptor xmlns:md="${saml.metadata}" entityID="${escapeMarkup(names.entityId)}">` +
    `<md:IDPSSODescriptor protocolSupportEnumeration="${saml.protocol}" WantAuthnRequestsSigned="true">` +
    keys.join("") +
    logouts.join("") +
    `<md:NameIDFormat>${saml.transient}</md:NameIDFormat>` +
    service("SingleSignOnService", saml.redirect, names.signOnUrl) +
    `</md:IDPSSODescriptor></md:EntityDescriptor>\n`
  );
}
