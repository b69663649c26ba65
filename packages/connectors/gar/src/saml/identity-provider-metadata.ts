/** The metadata of one identity provider (SAML metadata §2.4.3): whom we ask, and whose signatures we believe. */
import { X509Certificate } from "node:crypto";
import { type Instant, millisOf } from "@preau/kernel";
import { fault } from "../errors.ts";
import { isSafeAddress } from "../safe-address.ts";
import { parseStrictXml, StrictXmlError, type XmlElement } from "../xml/parse-strict-xml.ts";
import { saml } from "./saml-names.ts";

export interface IdentityProvider {
  readonly entityId: string;
  /** HTTP-Redirect. */
  readonly signOnUrl: string;
  /** Where it takes logout messages; none when it takes no part in single logout. */
  readonly logout: LogoutEndpoints;
  /** PEM, in the order of the document: two while the provider changes keys. */
  readonly certificates: readonly string[];
  /** The metadata are not to be used from then on. */
  readonly validUntil: Instant | undefined;
  /** When the last certificate ends. Metadata pin keys, so this is for a warning, not for a refusal. */
  readonly certificatesEnd: Instant;
}

/** An address for requests, and the one for answers: the same unless the metadata name another (metadata §2.2.2). */
interface LogoutEndpoint {
  readonly requests: string;
  readonly answers: string;
}

/** The first of each binding through a browser. Messages of ours never go by SOAP: it would need the provider's TLS checked. */
export interface LogoutEndpoints {
  readonly post: LogoutEndpoint | undefined;
  readonly redirect: LogoutEndpoint | undefined;
}

export interface MetadataOptions {
  /** Where the text came from: for the error. */
  readonly place: string;
  readonly now: Instant;
  /** Which entity, when the document holds several. */
  readonly entityId?: string | undefined;
}

/** The federation's own aggregate is some megabytes; one provider's metadata is some kilobytes. */
const caps = {
  characters: 1_048_576,
  elements: 20_000,
  depth: 24,
  attributes: 60_000,
  attributesOfElement: 64,
  namespaces: 256,
};

/**
 * Reads metadata of one identity provider, alone or among others of an EntitiesDescriptor.
 * @throws GAR_METADATA_UNREADABLE
 */
export function parseIdentityProvider(text: string, options: MetadataOptions): IdentityProvider {
  const refuse = (why: string, cause?: unknown): never => {
    throw fault("GAR_METADATA_UNREADABLE", { place: `${options.place}: ${why}`, cause });
  };
  let root: XmlElement;
  try {
    root = parseStrictXml(withoutComments(text), caps);
  } catch (cause) {
    return refuse(cause instanceof StrictXmlError ? cause.message : "not XML", cause);
  }
  const candidates = entities(root).filter(
    (entity) =>
      roleOf(entity) !== undefined &&
      (options.entityId === undefined || entity.attributes.get("entityID") === options.entityId),
  );
  const [entity, ...others] = candidates;
  if (entity === undefined) return refuse("no identity provider in it");
  if (others.length > 0) return refuse("several identity providers: name one by `idpEntityId`");
  const role = roleOf(entity);
  const entityId = entity.attributes.get("entityID");
  const signOnUrl = role?.children
    .find((each) => each.name === "SingleSignOnService" && each.attributes.get("Binding") === saml.redirect)
    ?.attributes.get("Location");
  if (role === undefined || !entityId) return refuse("no entityID");
  if (signOnUrl === undefined || !isSafeAddress(signOnUrl))
    return refuse("no https address for HTTP-Redirect");

  const ends = [root, entity, role].flatMap((each) => each.attributes.get("validUntil") ?? []).sort();
  const validUntil = ends[0] === undefined ? undefined : readInstant(ends[0]);
  if (ends[0] !== undefined && validUntil === undefined) return refuse("validUntil is no instant");
  if (validUntil !== undefined && validUntil <= options.now) return refuse("validUntil has passed");
  const certificates = signingCertificates(role);
  if (certificates === undefined)
    return refuse("a certificate that cannot be read, or is not RSA of 2048 bits");
  if (certificates.length === 0) return refuse("no certificate that signs");
  const last = Math.max(...certificates.map((each) => each.validToDate.getTime()));
  return {
    entityId,
    signOnUrl,
    logout: { post: logoutEndpoint(role, saml.post), redirect: logoutEndpoint(role, saml.redirect) },
    certificates: certificates.map((each) => each.toString()),
    validUntil,
    certificatesEnd: new Date(last).toISOString() as Instant,
  };
}

/** One whose addresses are not https is none: a message to it, and the name in it, would be anybody's to read. */
function logoutEndpoint(role: XmlElement, binding: string): LogoutEndpoint | undefined {
  const endpoint = role.children.find(
    (each) => each.name === "SingleLogoutService" && each.attributes.get("Binding") === binding,
  );
  const requests = endpoint?.attributes.get("Location");
  const answers = endpoint?.attributes.get("ResponseLocation") ?? requests;
  if (requests === undefined || answers === undefined) return undefined;
  return isSafeAddress(requests) && isSafeAddress(answers) ? { requests, answers } : undefined;
}

/** Metadata are published files: comments are usual there, and nothing in them is read. */
function withoutComments(text: string): string {
  return text.length > caps.characters ? text : text.replaceAll(/<!--(?:[^-]|-(?!-))*-->/g, "");
}

function entities(element: XmlElement): readonly XmlElement[] {
  if (element.namespace !== saml.metadata) return [];
  if (element.name === "EntityDescriptor") return [element];
  return element.name === "EntitiesDescriptor" ? element.children.flatMap(entities) : [];
}

function roleOf(entity: XmlElement): XmlElement | undefined {
  return entity.children.find(
    (each) =>
      each.namespace === saml.metadata &&
      each.name === "IDPSSODescriptor" &&
      each.attributes.get("protocolSupportEnumeration")?.split(/\s+/).includes(saml.protocol) === true,
  );
}

function signingCertificates(role: XmlElement): readonly X509Certificate[] | undefined {
  const keys = role.children.filter(
    (each) => each.name === "KeyDescriptor" && each.attributes.get("use") !== "encryption",
  );
  try {
    const read = keys
      .flatMap((key) => descendants(key, "X509Certificate"))
      .map((each) => new X509Certificate(Buffer.from(each.text, "base64")));
    return read.every(isStrong) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isStrong({ publicKey }: X509Certificate): boolean {
  return (
    publicKey.asymmetricKeyType === "rsa" && (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
  );
}

function descendants(element: XmlElement, name: string): readonly XmlElement[] {
  if (element.namespace === saml.signature && element.name === name) return [element];
  return element.children.flatMap((child) => descendants(child, name));
}

function readInstant(text: string): Instant | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) || millisOf(date.toISOString() as Instant) < 0
    ? undefined
    : (date.toISOString() as Instant);
}
