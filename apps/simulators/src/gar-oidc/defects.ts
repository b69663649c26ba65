/** What the OpenID provider can get wrong, one switch each. A strict relying party refuses every one of them. */
import type { Faults } from "../faults.ts";

export const oidcDefects = {
  "oidc-wrong-discovery": {
    says: "the discovery document is of another issuer",
    fr: "le document de découverte est d'un autre émetteur",
  },
  "oidc-state-dropped": {
    says: "the answer to the sign-in request has no state",
    fr: "la réponse à la demande de connexion est sans state",
  },
  "oidc-wrong-state": {
    says: "the answer to the sign-in request has another state",
    fr: "la réponse à la demande de connexion a un autre state",
  },
  "oidc-no-iss-parameter": {
    says: "the answer has no iss parameter, which discovery promises (RFC 9207)",
    fr: "la réponse est sans paramètre iss, pourtant promis par la découverte (RFC 9207)",
  },
  "oidc-wrong-iss-parameter": {
    says: "the iss parameter is another issuer (RFC 9207)",
    fr: "le paramètre iss est d'un autre émetteur (RFC 9207)",
  },
  "oidc-any-resource": {
    says: "idRessource is not looked at, neither at sign-in nor for the claims",
    fr: "idRessource n'est pas regardé, ni à la connexion ni pour les attributs",
  },
  "oidc-code-reusable": {
    says: "a code is exchanged as often as it comes",
    fr: "un code est échangé autant de fois qu'il vient",
  },
  "oidc-no-id-token": {
    says: "the token response has no ID token",
    fr: "la réponse est sans jeton d'identité",
  },
  "oidc-wrong-issuer": {
    says: "ID token: the issuer is another",
    fr: "jeton d'identité : un autre émetteur",
  },
  "oidc-wrong-audience": {
    says: "ID token: the audience is another client",
    fr: "jeton d'identité : pour un autre client",
  },
  "oidc-wrong-azp": {
    says: "ID token: two audiences, and the authorized party is the other one",
    fr: "jeton d'identité : deux destinataires, et azp est l'autre",
  },
  "oidc-wrong-nonce": { says: "ID token: another nonce", fr: "jeton d'identité : un autre nonce" },
  "oidc-no-nonce": { says: "ID token: no nonce", fr: "jeton d'identité : sans nonce" },
  "oidc-expired": { says: "ID token: expired a minute ago", fr: "jeton d'identité : échu depuis une minute" },
  "oidc-issued-in-future": {
    says: "ID token: issued an hour from now",
    fr: "jeton d'identité : émis dans une heure",
  },
  "oidc-alg-none": {
    says: "ID token: not signed, algorithm none",
    fr: "jeton d'identité : non signé, algorithme none",
  },
  "oidc-hs256": {
    says: "ID token: HS256, 1 with the client's secret, 2 with the text of the public key",
    fr: "jeton d'identité : HS256, 1 avec le secret du client, 2 avec le texte de la clé publique",
    takes: { upTo: 2 },
  },
  "oidc-stranger-key": {
    says: "ID token: signed by a key that is not published, under the published kid",
    fr: "jeton d'identité : signé d'une clé qui n'est pas publiée, sous le kid publié",
  },
  "oidc-unknown-kid": {
    says: "ID token: signed by a key that is not published, under its own kid",
    fr: "jeton d'identité : signé d'une clé qui n'est pas publiée, sous son propre kid",
  },
  "oidc-tampered": {
    says: "ID token: the subject is changed after signing",
    fr: "jeton d'identité : la personne est changée après la signature",
  },
  "oidc-wrong-at-hash": {
    says: "ID token: at_hash is of another access token",
    fr: "jeton d'identité : at_hash est d'un autre jeton d'accès",
  },
  "oidc-no-sid": { says: "ID token: no sid", fr: "jeton d'identité : sans sid" },
  "oidc-rotated": {
    says: "signs by a new key: 1 published beside the old one, 2 the old one is gone",
    fr: "signe d'une nouvelle clé : 1 publiée à côté de l'ancienne, 2 l'ancienne a disparu",
    takes: { upTo: 2 },
  },
  "oidc-other-subject": {
    says: "the claims have another sub than the ID token",
    fr: "les attributs ont un autre sub que le jeton d'identité",
  },
  "oidc-other-person": {
    says: "the claims are those of another person, sub too",
    fr: "les attributs sont ceux d'une autre personne, sub compris",
  },
  "oidc-no-subject": { says: "the claims have no sub", fr: "les attributs sont sans sub" },
  "oidc-profile-refused": {
    says: "the claims are refused: 1 by 401, 2 by 403",
    fr: "les attributs sont refusés : 1 par 401, 2 par 403",
    takes: { upTo: 2 },
  },
  "oidc-profile-html": {
    says: "a page of HTML comes in place of the claims",
    fr: "une page HTML vient à la place des attributs",
  },
  "oidc-profile-huge": {
    says: "the claims are that many megabytes",
    fr: "les attributs font autant de mégaoctets",
    takes: { upTo: 64 },
  },
  "oidc-logout-no-events": { says: "logout token: no events", fr: "jeton de déconnexion : sans events" },
  "oidc-logout-other-event": {
    says: "logout token: another event",
    fr: "jeton de déconnexion : un autre événement",
  },
  "oidc-logout-with-nonce": {
    says: "logout token: a nonce, which makes an ID token of it",
    fr: "jeton de déconnexion : avec un nonce, comme un jeton d'identité",
  },
  "oidc-logout-wrong-issuer": {
    says: "logout token: another issuer",
    fr: "jeton de déconnexion : un autre émetteur",
  },
  "oidc-logout-wrong-audience": {
    says: "logout token: another client",
    fr: "jeton de déconnexion : pour un autre client",
  },
  "oidc-logout-stale": {
    says: "logout token: issued an hour ago, and expired",
    fr: "jeton de déconnexion : émis il y a une heure, et échu",
  },
  "oidc-logout-no-jti": { says: "logout token: no jti", fr: "jeton de déconnexion : sans jti" },
  "oidc-logout-same-jti": {
    says: "logout token: the jti of the last one to this client",
    fr: "jeton de déconnexion : le jti du dernier envoyé à ce client",
  },
  "oidc-logout-nobody": {
    says: "logout token: neither sid nor sub",
    fr: "jeton de déconnexion : ni sid ni sub",
  },
  "oidc-logout-other-sid": {
    says: "logout token: a session that is not",
    fr: "jeton de déconnexion : une session qui n'existe pas",
  },
  "oidc-logout-alg-none": {
    says: "logout token: not signed, algorithm none",
    fr: "jeton de déconnexion : non signé, algorithme none",
  },
  "oidc-logout-stranger-key": {
    says: "logout token: signed by a key that is not published",
    fr: "jeton de déconnexion : signé d'une clé qui n'est pas publiée",
  },
  "oidc-logout-id-token": {
    says: "logout token: an ID token in its place",
    fr: "jeton de déconnexion : un jeton d'identité à sa place",
  },
} as const;

export type OidcDefects = Faults<typeof oidcDefects>;
