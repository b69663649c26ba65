/** What `preau api-token --help` says, and what it adds to its answers. */
import type { Language } from "@preau/kernel";

const en = {
  apiToken: "tokens with which a client's machines call this service",
  create: "make a token, and print it: once, and never again",
  list: "a client's tokens: ids, rights, ends",
  revoke: "end a token at once",
  controller: "whose machine it is",
  scope: "what it opens; several may be named: {scopes}",
  use: "what uses it: {uses} (other when absent)",
  days: "days until its end, 366 at most (180 when absent)",
  once: "Copy it into the machine's configuration by a safe way: it is not shown again. It ends at",
};
export type ApiTokenCommandTexts = Readonly<Record<keyof typeof en, string>>;

const fr: ApiTokenCommandTexts = {
  apiToken: "jetons avec lesquels les machines d’un client appellent ce service",
  create: "créer un jeton et l’afficher, une seule fois",
  list: "jetons d’un client\u202f: identifiants, droits, fins",
  revoke: "mettre fin à un jeton, tout de suite",
  controller: "client dont c’est la machine",
  scope: "ce qu’il ouvre\u202f; on peut en citer plusieurs\u202f: {scopes}",
  use: "ce qui s’en sert\u202f: {uses} (other par défaut)",
  days: "jours jusqu’à sa fin, 366 au plus (180 par défaut)",
  once: "Copiez-le dans la configuration de la machine par un moyen sûr\u202f: il ne sera plus montré. Il prend fin le",
};

export const apiTokenCommandTexts: Readonly<Record<Language, ApiTokenCommandTexts>> = { en, fr };
