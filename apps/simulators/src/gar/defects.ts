/**
 * What the identity provider can get wrong in a sign-in, one switch each. A strict service provider refuses every one
 * of them, but for those that choose how an honest message looks (`encrypted`, `next-key`…).
 */
import { randomBytes } from "node:crypto";
import type { Faults } from "../faults.ts";
import { logoutDefects } from "./logout-defects.ts";
import type { ResponseFields } from "./response.ts";
import { saml } from "./saml.ts";

/** How an honest identity provider may be set up. */
export const samlSettings = {
  encrypted: {
    says: "assertions are encrypted: AES-256-GCM, RSA-OAEP, for the key of the service provider's metadata",
    fr: "assertions chiffrées (AES-256-GCM, RSA-OAEP) pour la clé des métadonnées du service",
  },
  "response-signed": {
    says: "the Response is signed: 1 as well as the assertion, 2 instead of it",
    fr: "la Response est signée : 1 en plus de l'assertion, 2 à sa place",
    takes: { upTo: 2 },
  },
  "next-key": {
    says: "the metadata publish the next signing certificate beside the current one",
    fr: "les métadonnées publient aussi le prochain certificat de signature",
  },
  "signs-with-next": {
    says: "messages are signed by the next key; the metadata publish it too",
    fr: "les messages sont signés par la prochaine clé, que les métadonnées publient aussi",
  },
  slow: {
    says: "waits that many seconds before it answers",
    fr: "attend autant de secondes avant de répondre",
    takes: { upTo: 60 },
  },
} as const;

export const signInDefects = {
  unsigned: { says: "the assertion has no signature", fr: "l'assertion n'est pas signée" },
  "wrong-key": {
    says: "the assertion is signed by a key that is not in the metadata",
    fr: "signée par une clé absente des métadonnées",
  },
  sha1: { says: "signature and digest are SHA-1", fr: "signature et empreinte en SHA-1" },
  tampered: {
    says: "the identifier is changed after signing",
    fr: "l'identifiant est changé après la signature",
  },
  wrapped: {
    says: "signature wrapping: 1 a forged assertion before the signed one, 2 around it, 3 in its place with the signed one in Extensions",
    fr: "enveloppement de signature : 1 assertion forgée devant la vraie, 2 autour, 3 à sa place, la vraie dans Extensions",
    takes: { upTo: 3 },
  },
  "two-assertions": {
    says: "two signed assertions in one response",
    fr: "deux assertions signées dans une réponse",
  },
  replayed: {
    says: "the last response to this service provider is sent again",
    fr: "la dernière réponse à ce service est renvoyée",
  },
  expired: {
    says: "the assertion expired a minute ago",
    fr: "l'assertion est périmée depuis une minute",
  },
  "not-yet-valid": {
    says: "NotBefore is in an hour",
    fr: "NotBefore est dans une heure",
  },
  "session-ended": {
    says: "SessionNotOnOrAfter has passed",
    fr: "SessionNotOnOrAfter est passé",
  },
  "clock-ahead": {
    says: "the clock is that many seconds ahead",
    fr: "l'horloge avance d'autant de secondes",
    takes: { upTo: 86_400 },
  },
  "wrong-audience": {
    says: "the audience is another service provider",
    fr: "l'audience est un autre service",
  },
  "two-audiences": {
    says: "two AudienceRestrictions: the service provider and another one",
    fr: "deux AudienceRestriction : le service et un autre",
  },
  "wrong-destination": { says: "Destination is another address", fr: "Destination est une autre adresse" },
  "no-destination": { says: "there is no Destination", fr: "sans Destination" },
  "wrong-recipient": { says: "Recipient is another address", fr: "Recipient est une autre adresse" },
  "no-recipient": { says: "there is no Recipient", fr: "sans Recipient" },
  "wrong-issuer": {
    says: "the issuer is another identity provider",
    fr: "l'émetteur est un autre fournisseur d'identité",
  },
  "no-issuer": {
    says: "no Issuer: 1 of the Response, 2 of the assertion",
    fr: "sans Issuer : 1 de la Response, 2 de l'assertion",
    takes: { upTo: 2 },
  },
  "wrong-version": {
    says: "Version is 1.1: 1 of the Response, 2 of the assertion",
    fr: "Version vaut 1.1 : 1 de la Response, 2 de l'assertion",
    takes: { upTo: 2 },
  },
  "failed-status": {
    says: "the status says that the sign-in failed, beside a signed assertion",
    fr: "le statut dit que la connexion a échoué, à côté d'une assertion signée",
  },
  "sender-vouches": {
    says: "the subject is confirmed by sender-vouches instead of bearer",
    fr: "sujet confirmé par sender-vouches au lieu de bearer",
  },
  "no-authn-statement": { says: "there is no AuthnStatement", fr: "sans AuthnStatement" },
  "duplicate-attribute": {
    says: "IDO comes twice, with two values",
    fr: "IDO vient deux fois, avec deux valeurs",
  },
  "bad-attribute-types": {
    says: "the value of IDO: 1 has the type xs:integer, 2 stands in an element of its own, 3 is nil and has a text",
    fr: "la valeur d'IDO : 1 a le type xs:integer, 2 est dans un élément à elle, 3 est nil avec un texte",
    takes: { upTo: 3 },
  },
  unsolicited: { says: "the response answers no request", fr: "la réponse ne répond à aucune demande" },
  "other-request": {
    says: "InResponseTo names a request that nobody sent",
    fr: "InResponseTo nomme une demande que personne n'a faite",
  },
  "duplicate-id": {
    says: "Response and assertion have the same ID",
    fr: "Response et assertion ont le même ID",
  },
  "comment-in-identifier": {
    says: "a comment splits the identifier",
    fr: "un commentaire coupe l'identifiant",
  },
  "cdata-in-identifier": {
    says: "part of the identifier is CDATA",
    fr: "une partie de l'identifiant est en CDATA",
  },
  doctype: { says: "the document has a document type", fr: "le document a un type de document" },
  "processing-instruction": {
    says: "a processing instruction stands before the Response",
    fr: "une instruction de traitement précède la Response",
  },
  "relative-namespace": {
    says: "the Response declares a relative namespace",
    fr: "la Response déclare un espace de noms relatif",
  },
  oversized: {
    says: "the document has that many hundred kilobytes of white space",
    fr: "le document contient autant de centaines de ko d'espaces",
    takes: { upTo: 50 },
  },
} as const;

export const encryptionDefects = {
  "encrypted-cbc": {
    says: "encrypted with AES-256-CBC, which padding oracles read",
    fr: "chiffré en AES-256-CBC, que lisent les oracles de bourrage",
  },
  "encrypted-rsa15": {
    says: "the key is carried by RSA with PKCS #1 v1.5",
    fr: "clé transportée par RSA PKCS #1 v1.5",
  },
  "encrypted-damaged": {
    says: "one byte of the ciphertext is another",
    fr: "un octet du chiffré est changé",
  },
  "encrypted-for-another": {
    says: "encrypted for somebody else's key",
    fr: "chiffré pour la clé de quelqu'un d'autre",
  },
} as const;

export const samlDefects = {
  ...samlSettings,
  ...signInDefects,
  ...encryptionDefects,
  ...logoutDefects,
} as const;

export type Defects = Faults<typeof samlDefects>;

/** Somebody whom no signed message names; who becomes this person has been let in by a forgery. */
export const nobody = "f".repeat(128);

const ELSEWHERE = "https://elsewhere.example/saml/acs";
const ANOTHER = "https://elsewhere.example/saml";
const HOUR_MS = 3_600_000;

export function freshId(): string {
  return `_${randomBytes(20).toString("hex")}`;
}

/** The fields of an honest response, with those wrong that the switches say. */
export function spoiltFields(fields: ResponseFields, on: Defects): ResponseFields {
  const spoils: readonly ((now: ResponseFields) => Partial<ResponseFields>)[] = [
    ({ issuedAt, expiresAt }) => ({
      issuedAt: issuedAt + on.get("clock-ahead") * 1_000,
      notBefore: issuedAt + on.get("clock-ahead") * 1_000,
      expiresAt: expiresAt + on.get("clock-ahead") * 1_000,
    }),
    ...Object.entries(fieldSpoils)
      .filter(([name]) => on.get(name as keyof typeof fieldSpoils) > 0)
      .map(([, spoil]) => spoil),
    (now) => forOneOf(on.get("no-issuer"), { issuer: undefined }, { assertionIssuer: undefined }, now),
    (now) => forOneOf(on.get("wrong-version"), { version: "1.1" }, { assertionVersion: "1.1" }, now),
  ];
  return spoils.reduce<ResponseFields>((now, spoil) => ({ ...now, ...spoil(now) }), fields);
}

function forOneOf(
  which: number,
  response: Partial<ResponseFields>,
  assertion: Partial<ResponseFields>,
  now: ResponseFields,
): Partial<ResponseFields> {
  return [now, response, assertion][which] ?? now;
}

type Spoil = (now: ResponseFields) => Partial<ResponseFields>;

const fieldSpoils = {
  expired: ({ issuedAt }) => ({
    issuedAt: issuedAt - 600_000,
    notBefore: issuedAt - 600_000,
    expiresAt: issuedAt - 60_000,
  }),
  "not-yet-valid": ({ issuedAt }) => ({
    notBefore: issuedAt + HOUR_MS,
    expiresAt: issuedAt + 2 * HOUR_MS,
  }),
  "session-ended": ({ issuedAt }) => ({ sessionEndsAt: issuedAt - 600_000 }),
  "wrong-audience": () => ({ audiences: [ANOTHER] }),
  "two-audiences": ({ audiences }) => ({ audiences: [...audiences, ANOTHER] }),
  "wrong-destination": () => ({ destination: ELSEWHERE }),
  "no-destination": () => ({ destination: undefined }),
  "wrong-recipient": () => ({ recipient: ELSEWHERE }),
  "no-recipient": () => ({ recipient: undefined }),
  "wrong-issuer": () => ({
    issuer: "https://elsewhere.example/idp",
    assertionIssuer: "https://elsewhere.example/idp",
  }),
  "failed-status": () => ({ status: saml.responder }),
  "sender-vouches": () => ({ confirmation: saml.senderVouches }),
  "no-authn-statement": () => ({ withAuthnStatement: false }),
  unsolicited: () => ({ inResponseTo: undefined }),
  "other-request": () => ({ inResponseTo: freshId() }),
  "duplicate-id": ({ assertionId }) => ({ responseId: assertionId }),
  "duplicate-attribute": ({ attributes }) => ({ attributes: [...attributes, ["IDO", [nobody]]] }),
} satisfies Record<string, Spoil>;
