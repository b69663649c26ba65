/**
 * How a provider's LogoutRequest finds a session without its browser (SAML core §3.7.3.1): by the person's NameID alone, or by
 * NameID and SessionIndex together. An index beside another's NameID is not about this session. Keys are the provider's that is
 * configured, not of the name that its metadata give it: another's could give the same one.
 */
import type { SessionKey } from "@preau/web";

/** What providers send whose sessions do not remember the person: the index alone counts then. */
const NOT_USED = "@NOT_USED@";

export interface ProviderName {
  /** As it is configured: `gar.saml`. */
  readonly id: string;
  readonly entityId: string;
}

/** The keys of a session that starts. */
export function keysOfSession(
  provider: ProviderName,
  nameId: string | undefined,
  sessionIndex: string | undefined,
): readonly SessionKey[] {
  const issuer = issuerOf(provider);
  return [
    ...(nameId === undefined ? [] : [{ kind: "saml.nameId", issuer, value: nameId }]),
    ...(sessionIndex === undefined
      ? []
      : [
          { kind: "saml.sessionIndex", issuer, value: sessionIndex },
          { kind: "saml.session", issuer, value: together(nameId, sessionIndex) },
        ]),
  ];
}

/** The keys that a request names. */
export function sessionKeysOf(
  provider: ProviderName,
  nameId: string,
  sessionIndexes: readonly string[],
): readonly SessionKey[] {
  const issuer = issuerOf(provider);
  if (sessionIndexes.length === 0) return [{ kind: "saml.nameId", issuer, value: nameId }];
  return sessionIndexes.flatMap((index) =>
    nameId === NOT_USED
      ? [{ kind: "saml.sessionIndex", issuer, value: index }]
      : [
          { kind: "saml.session", issuer, value: together(nameId, index) },
          { kind: "saml.session", issuer, value: together(undefined, index) }, // its assertion named nobody
        ],
  );
}

function together(nameId: string | undefined, sessionIndex: string): string {
  return JSON.stringify([nameId ?? null, sessionIndex]);
}

function issuerOf({ id, entityId }: ProviderName): string {
  return `${id} ${entityId}`;
}
