/** What the mail service can do wrong, one switch each; of those that take a number of requests, each request takes one off. */
import type { Faults } from "../faults.ts";

const REQUESTS = { upTo: 1_000 };

export const brevoSettings = {
  unlimited: { says: "no rate limits", fr: "aucune limite de débit" },
  "contacts-from-mail": {
    says: "whoever gets a mail becomes a contact, as an account may be set up",
    fr: "tout destinataire devient un contact, comme un compte peut le prévoir",
  },
  "no-previews": {
    says: "the log keeps no preview of what was sent",
    fr: "le journal ne garde pas d'aperçu des courriels",
  },
  slow: {
    says: "waits that many seconds before it answers",
    fr: "attend autant de secondes avant de répondre",
    takes: { upTo: 120 },
  },
} as const;

export const requestDefects = {
  "rate-limited": {
    says: "the next requests are answered 429, without Retry-After",
    fr: "les prochaines requêtes reçoivent 429, sans Retry-After",
    takes: REQUESTS,
  },
  "server-error": {
    says: "the next requests are answered 500 and do nothing",
    fr: "les prochaines requêtes reçoivent 500 et ne font rien",
    takes: REQUESTS,
  },
  "no-answer": {
    says: "the next requests are never answered and do nothing",
    fr: "les prochaines requêtes restent sans réponse et ne font rien",
    takes: REQUESTS,
  },
  "answer-lost": {
    says: "the next mails are taken, but the connection breaks before the answer",
    fr: "les prochains courriels sont pris, mais la connexion se rompt avant la réponse",
    takes: REQUESTS,
  },
  "answer-late": {
    says: "the next mails are taken, but the answer never comes",
    fr: "les prochains courriels sont pris, mais la réponse n'arrive jamais",
    takes: REQUESTS,
  },
  "taken-but-500": {
    says: "the next mails are taken, but answered 500",
    fr: "les prochains courriels sont pris, mais la réponse est 500",
    takes: REQUESTS,
  },
  "html-answer": {
    says: "the next requests are answered by a proxy's page, 502",
    fr: "les prochaines requêtes reçoivent la page d'un mandataire, 502",
    takes: REQUESTS,
  },
  "key-refused": { says: "no key counts: 401", fr: "aucune clé n'est acceptée : 401" },
  "address-unknown": {
    says: "the caller's address is not among those authorised: 401",
    fr: "l'adresse de l'appelant n'est pas autorisée : 401",
  },
  "no-credits": { says: "the account has no credits: 402", fr: "le compte n'a plus de crédits : 402" },
  "under-validation": {
    says: "the account is under validation: 403",
    fr: "le compte est en cours de validation : 403",
  },
  "sender-unknown": {
    says: "mails are taken, then fail: their sender is not valid",
    fr: "les courriels sont pris, puis échouent : l'expéditeur n'est pas valide",
  },
  "key-ignored": {
    says: "idempotency keys do nothing",
    fr: "les clés d'idempotence restent sans effet",
  },
  "duplicate-parameter": {
    says: "a repeated idempotency key is refused as duplicate_parameter, as the guide has it",
    fr: "une clé d'idempotence répétée est refusée par duplicate_parameter, comme le dit le guide",
  },
} as const;

export const logDefects = {
  "log-kept": { says: "logs are never deleted", fr: "les journaux ne sont jamais supprimés" },
  "log-deleted-at-once": {
    says: "logs are deleted when asked, not a day later",
    fr: "les journaux sont supprimés dès la demande, non un jour plus tard",
  },
} as const;

export const hookDefects = {
  "hooks-twice": { says: "every call is made twice", fr: "chaque appel est fait deux fois" },
  "hooks-reordered": {
    says: "the first event of a mail comes after the second",
    fr: "le premier évènement d'un courriel arrive après le deuxième",
  },
  "hooks-dropped": {
    says: "one event in that many is never told; 1 for all",
    fr: "un évènement sur autant n'est jamais signalé ; 1 pour tous",
    takes: { upTo: 100 },
  },
  "hooks-delayed": {
    says: "every call waits that many seconds",
    fr: "chaque appel attend autant de secondes",
    takes: { upTo: 200_000 },
  },
  "hooks-wrong-token": {
    says: "calls carry another token, as a stranger's would",
    fr: "les appels portent un autre jeton, comme ceux d'un inconnu",
  },
  "hooks-without-token": { says: "calls carry no token", fr: "les appels ne portent aucun jeton" },
  "hooks-bare-message-id": {
    says: "message-id without angle brackets, as the documentation's examples have it",
    fr: "message-id sans chevrons, comme dans les exemples de la documentation",
  },
  "hooks-say-spam": {
    says: "a complaint is called spam instead of complaint",
    fr: "une plainte s'appelle spam et non complaint",
  },
  "hooks-unknown-event": {
    says: "every event has a name that is not documented",
    fr: "chaque évènement porte un nom qui n'est pas documenté",
  },
  "hooks-without-tags": {
    says: "payloads without tag, tags and X-Mailin-custom",
    fr: "charges utiles sans tag, tags ni X-Mailin-custom",
  },
  "hooks-account-time": {
    says: "ts and ts_event are shifted by the account's time zone, as observed",
    fr: "ts et ts_event sont décalés du fuseau du compte, comme observé",
  },
} as const;

export const brevoDefects = {
  ...brevoSettings,
  ...requestDefects,
  ...logDefects,
  ...hookDefects,
} as const;

export type BrevoFaults = Faults<typeof brevoDefects>;

/** Takes one request off a switch that counts them; whether it was one of those. */
export function takeOne(defects: BrevoFaults, name: keyof typeof brevoDefects): boolean {
  const left = defects.get(name);
  if (left === 0) return false;
  defects.set(name, left === 1 ? "off" : String(left - 1));
  return true;
}
