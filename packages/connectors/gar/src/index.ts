export { type SigningKey, type SigningKeyOptions, signingKey } from "./signing-key.ts";
export { type CertificateOptions, selfSignedCertificate } from "./self-signed-certificate.ts";
export { errors } from "./errors.ts";
