/** The providers that the options name, each with what its protocol needs. */
import { isLoopback } from "@preau/web";
import type { CasOptions, GarOptions, OidcOptions, OtherProvider, SamlOptions } from "./options.ts";
import type { SignInProvider } from "./provider.ts";

export type ConfiguredProvider =
  | { readonly provider: SignInProvider & { readonly protocol: "saml" }; readonly saml: SamlOptions }
  | { readonly provider: SignInProvider & { readonly protocol: "oidc" }; readonly oidc: OidcOptions }
  | { readonly provider: SignInProvider & { readonly protocol: "cas" }; readonly cas: CasOptions };

/** The GAR's doors first, those that are configured; then the others. */
export function configuredProviders(options: GarOptions): readonly ConfiguredProvider[] {
  const { oidc, cas } = options;
  const overSaml = garOverSaml(options);
  return [
    ...(overSaml === undefined ? [] : [overSaml]),
    ...(oidc === undefined ? [] : [{ provider: garProvider(options, "oidc"), oidc }]),
    ...(cas === undefined ? [] : [{ provider: garProvider(options, "cas"), cas }]),
    ...options.providers.map((other) => otherProvider(options, other)),
  ];
}

/** Where somebody begins who comes to us first: the first door that is open, the GAR's before others; undefined when none is. */
export function firstDoor(options: GarOptions): string | undefined {
  const [first] = configuredProviders(options);
  return first === undefined ? undefined : `${first.provider.basePath}/login`;
}

/** The GAR over SAML 2.0; undefined where nobody said whose word it goes by. */
export function garOverSaml(options: GarOptions) {
  const idpMetadata = options.idpMetadata ?? simulatedMetadata(options);
  if (idpMetadata === undefined) return undefined;
  const { idpEntityId, entityId, keyFile, certificateFile, resourceUrl, maxAgeSeconds } = options;
  const { encryptionKeyFile, nextKeyFile, wantEncrypted, allowCbc } = options;
  const keys = { keyFile, certificateFile, encryptionKeyFile, nextKeyFile };
  const saml = {
    idpMetadata,
    idpEntityId,
    entityId,
    ...keys,
    resourceUrl,
    maxAgeSeconds,
    wantEncrypted,
    allowCbc,
  };
  return { provider: garProvider(options, "saml"), saml };
}

/**
 * Whoever holds the simulator's port can sign anybody in: it is believed without being named where only this machine
 * reaches us.
 */
function simulatedMetadata({ publicUrl }: GarOptions): string | undefined {
  return isLoopback(new URL(publicUrl).hostname) ? "http://localhost:8701/idp/metadata" : undefined;
}

function garProvider<P extends SignInProvider["protocol"]>(options: GarOptions, protocol: P) {
  const { controller, product, roles } = options;
  return {
    ...common(options),
    id: `gar.${protocol}`,
    protocol,
    origin: "gar",
    basePath: `/gar/${protocol}`,
    controller,
    controllersBySchool: new Map(Object.entries(options.controllersBySchool)),
    product,
    roles,
    identifierKind: "gar.ido",
    attributeNames: new Map(),
    declared: new Set(options.declared),
  } satisfies SignInProvider & { protocol: P };
}

function otherProvider(options: GarOptions, other: OtherProvider): ConfiguredProvider {
  const { id, controller, product, roles, attributes, declared } = other;
  const provider = {
    ...common(options),
    id,
    origin: "outsideGar",
    basePath: `/sso/${id}`,
    controller,
    controllersBySchool: new Map(),
    product,
    roles,
    identifierKind: `sso.${id}`,
    attributeNames: new Map(Object.entries(attributes)),
    declared: new Set(declared),
  } satisfies Omit<SignInProvider, "protocol">;
  if (other.protocol === "saml")
    return { provider: { ...provider, protocol: other.protocol }, saml: other.saml };
  if (other.protocol === "oidc")
    return { provider: { ...provider, protocol: other.protocol }, oidc: other.oidc };
  return { provider: { ...provider, protocol: other.protocol }, cas: other.cas };
}

function common({ publicUrl, landingPath, requestMinutes, sessionHours, clockSkewSeconds }: GarOptions) {
  return { publicUrl, landingPath, requestMinutes, sessionHours, clockSkewSeconds };
}
