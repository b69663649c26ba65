/** Names of SAML 2.0 and XML Signature. */
export const saml = {
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
  redirect: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
  post: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
  soap: "urn:oasis:names:tc:SAML:2.0:bindings:SOAP",
  deflate: "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE",
  envelope: "http://schemas.xmlsoap.org/soap/envelope/",
  encryption: "http://www.w3.org/2001/04/xmlenc#",
  encryption11: "http://www.w3.org/2009/xmlenc11#",
  bearer: "urn:oasis:names:tc:SAML:2.0:cm:bearer",
  entity: "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
  transient: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
  success: "urn:oasis:names:tc:SAML:2.0:status:Success",
  logoutByUser: "urn:oasis:names:tc:SAML:2.0:logout:user",
} as const;

const XML_SIGNATURE = "http://www.w3.org/2001/04/xmldsig-more#";
const XML_ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";

/** Algorithms that may verify an assertion: those of RSA with SHA-2 that the library has. Never SHA-1, never HMAC. */
export const algorithms = {
  canonicalization: "http://www.w3.org/2001/10/xml-exc-c14n#",
  enveloped: "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  rsaSha256: `${XML_SIGNATURE}rsa-sha256`,
  rsaSha512: `${XML_SIGNATURE}rsa-sha512`,
  signatures: new Set([`${XML_SIGNATURE}rsa-sha256`, `${XML_SIGNATURE}rsa-sha512`]),
  digests: new Set([`${XML_ENCRYPTION}sha256`, `${XML_ENCRYPTION}sha512`]),
} as const;
