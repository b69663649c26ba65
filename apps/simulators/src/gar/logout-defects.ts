/** What the identity provider can get wrong in its logout messages: requests first, then its answers. */
export const logoutDefects = {
  "logout-unsigned": {
    says: "logout messages have no signature",
    fr: "messages de déconnexion sans signature",
  },
  "logout-wrong-key": {
    says: "logout messages are signed by a key that is not in the metadata",
    fr: "messages de déconnexion signés par une clé absente des métadonnées",
  },
  "logout-sha1": {
    says: "logout messages are signed with SHA-1",
    fr: "messages de déconnexion signés en SHA-1",
  },
  "logout-tampered": {
    says: "the name of the person is changed after signing",
    fr: "le nom de la personne est changé après la signature",
  },
  "logout-wrapped": {
    says: "a forged LogoutRequest stands around the signed one, which is in its Extensions (not by Redirect)",
    fr: "une LogoutRequest forgée entoure la vraie, placée dans ses Extensions (sauf par Redirect)",
  },
  "logout-stale": {
    says: "logout messages are an hour old, and expired",
    fr: "messages de déconnexion vieux d'une heure, et périmés",
  },
  "logout-for-another": {
    says: "the LogoutRequest is about somebody else: another NameID, the same SessionIndex",
    fr: "la LogoutRequest parle de quelqu'un d'autre : autre NameID, même SessionIndex",
  },
  "logout-other-session": {
    says: "the LogoutRequest names a session that does not exist",
    fr: "la LogoutRequest nomme une session qui n'existe pas",
  },
  "logout-no-session-index": {
    says: "the LogoutRequest names no session: all of the person's are meant",
    fr: "la LogoutRequest ne nomme aucune session : toutes celles de la personne",
  },
  "logout-wrong-issuer": {
    says: "the issuer of logout messages is another identity provider",
    fr: "émetteur des messages de déconnexion : un autre fournisseur d'identité",
  },
  "logout-wrong-destination": {
    says: "Destination of logout messages is another address",
    fr: "Destination des messages de déconnexion : une autre adresse",
  },
  "logout-wrong-version": {
    says: "Version of logout messages is 1.1",
    fr: "Version des messages de déconnexion : 1.1",
  },
  "logout-replayed": {
    says: "the last LogoutRequest to this service provider is sent again (not by Redirect)",
    fr: "la dernière LogoutRequest à ce service est renvoyée (sauf par Redirect)",
  },
  "logout-doctype": {
    says: "logout messages have a document type",
    fr: "messages de déconnexion avec un type de document",
  },
  "logout-answer-failed": {
    says: "the LogoutResponse says that the logout failed",
    fr: "la LogoutResponse dit que la déconnexion a échoué",
  },
  "logout-answer-other-request": {
    says: "InResponseTo of the LogoutResponse names a request that nobody sent",
    fr: "InResponseTo de la LogoutResponse nomme une demande que personne n'a faite",
  },
} as const;
