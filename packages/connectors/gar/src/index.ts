export { garPlugin } from "./plugin.ts";
export { type GarOptions, garOptions } from "./options.ts";
export { type GarRouter, type GarRouterOptions, garRouter } from "./http/router.ts";
export { GarStrategy, type GarStrategyOptions, type GarUser } from "./http/gar-strategy.ts";
export type { GarPorts, SignedIn } from "./door.ts";
export { type SamlService, samlService } from "./saml/gar-saml-service.ts";
export { casService } from "./cas/gar-cas-service.ts";
export type { CasService } from "./cas/cas-service.ts";
export { GarCasStrategy, type GarCasStrategyOptions } from "./http/gar-cas-strategy.ts";
export { type OidcService, oidcService } from "./oidc/gar-oidc-service.ts";
export { GarOidcStrategy } from "./http/gar-oidc-strategy.ts";
export { firstDoor } from "./configured-providers.ts";
export type { SignInProvider } from "./provider.ts";
export { type GarIdentity, sessionOf } from "./sign-in.ts";
export {
  type CodedLabel,
  type GarAttributes,
  type GroupDivision,
  type Ido,
  type Mefstat4,
  parseGarAttributes,
  type ReceivedAttributes,
  type Uai,
} from "./attributes.ts";
export {
  type AmbiguousClass,
  type ClassKey,
  type ClassKeys,
  classKeys,
  type KeyedClass,
} from "./class-keys.ts";
export { type DroppedAttribute, type KeptAttributes, keepAttributes } from "./keep-attributes.ts";
export { signOutPathOf } from "./http/sign-out.ts";
export { type SessionAnswer, sessionAnswer } from "./http/session-answer.ts";
export { defaultRoles, roleOf } from "./profile.ts";
export { type IdentityProvider, parseIdentityProvider } from "./saml/identity-provider-metadata.ts";
export type { RefusalReason } from "./refusal.ts";
export { garMigrations } from "./migrations/index.ts";
export {
  type CertifiedReceipt,
  certifyDestructions,
  type DestructionCertificate,
} from "./accounts/destruction-certificate.ts";
export {
  type CertificateForm,
  certificateFile,
  certificateForms,
} from "./accounts/certificate-files.ts";
export {
  certificateReport,
  type CertificateReport,
  type ReportedCertificate,
} from "./saml/certificate-report.ts";
export { garDoctor, type GarDoctorOptions, type GarDoctorPorts } from "./doctor/gar-doctor.ts";
export type { GarFinding } from "./doctor/finding.ts";
export { type SigningKey, type SigningKeyOptions, signingKey } from "./saml/signing-key.ts";
export { type CertificateOptions, selfSignedCertificate } from "./saml/self-signed-certificate.ts";
export { errors } from "./errors.ts";
