/**
 * What is kept of addresses, codes and identities: keyed hashes under the publisher's own key, so that a copy of the
 * database cannot be tried against a list of addresses. And the sealing of what names a person, under the actor's key:
 * the one that the journal seals this actor's slots with. Destroyed together.
 */
import type { ActorId, ControllerId } from "@preau/kernel";
import type { KeyOf, KeyScope, KeyStore } from "@preau/keys";
import { type Account, type AccountPerson, PUBLISHER } from "./account.ts";

export interface AccountSecrets {
  /** Of an address in its one spelling. */
  emailHash(spelled: string): Promise<string>;
  /** What attempts are counted by. */
  attemptKey(kind: "email" | "network" | "factor", value: string): Promise<string>;
  recoveryCodeHashes(account: ActorId, spelled: readonly string[]): Promise<readonly string[]>;
  identityHash(issuer: string, subject: string): Promise<string>;
  /** The secret of argon2id. */
  pepper(): Promise<Uint8Array>;
  sealPerson(account: Pick<Account, "controller" | "id">, person: AccountPerson): Promise<string>;
  /** Undefined when the key is destroyed. */
  openPersons(accounts: readonly Account[]): Promise<ReadonlyMap<ActorId, AccountPerson>>;
  sealFactor(account: Pick<Account, "controller" | "id">, secret: string): Promise<string>;
  openFactor(account: Pick<Account, "controller" | "id">, sealed: string): Promise<string | undefined>;
}

const OWN: KeyScope = { controller: PUBLISHER, kind: "controller", id: PUBLISHER };
const PADDED = 64;

export function actorScope(controller: ControllerId, id: ActorId): KeyScope {
  return { controller, kind: "actor", id };
}

export function makeAccountSecrets(vault: KeyStore): AccountSecrets {
  const hashed = async (label: string, parts: readonly string[]) =>
    (await vault.mac(OWN, label, JSON.stringify(parts))).toString("hex");
  const personOf = (keyOf: KeyOf, { controller, id, sealed }: Account): AccountPerson | undefined => {
    const opened = keyOf(actorScope(controller, id))?.open(
      Buffer.from(sealed, "base64"),
      contextOf(id, "person"),
    );
    return opened === undefined ? undefined : (JSON.parse(opened.toString("utf8")) as AccountPerson);
  };
  const sealed = async (account: Pick<Account, "controller" | "id">, what: string, text: string) => {
    const scope = actorScope(account.controller, account.id);
    return (await vault.seal(scope, padded(text), contextOf(account.id, what))).toString("base64");
  };
  return {
    emailHash: (spelled) => hashed("web.account.email", [spelled]),
    attemptKey: (kind, value) => hashed("web.account.attempt", [kind, value]),
    recoveryCodeHashes: (account, codes) =>
      Promise.all(codes.map((code) => hashed("web.account.recoveryCode", [account, code]))),
    identityHash: (issuer, subject) => hashed("web.account.identity", [issuer, subject]),
    pepper: () => vault.derive(OWN, "web.account.password", 32),
    sealPerson: (account, { name, email }) => sealed(account, "person", JSON.stringify({ name, email })),
    openPersons: (accounts) =>
      vault.withKeys(
        accounts.map(({ controller, id }) => actorScope(controller, id)),
        (keyOf) =>
          new Map(
            accounts.flatMap((account) => {
              const person = personOf(keyOf, account);
              return person === undefined ? [] : [[account.id, person] as const];
            }),
          ),
        { create: false },
      ),
    sealFactor: (account, secret) => sealed(account, "factor", JSON.stringify(secret)),
    openFactor: async ({ controller, id }, kept) => {
      const bytes = Buffer.from(kept, "base64");
      const opened = await vault.open(actorScope(controller, id), bytes, contextOf(id, "factor"));
      return opened === undefined ? undefined : (JSON.parse(opened.toString("utf8")) as string);
    },
  };
}

/** To steps of 64 bytes: the length of a name tells little. */
function padded(text: string): Buffer {
  const bytes = Buffer.from(text);
  const whole = Buffer.alloc(Math.ceil(bytes.length / PADDED) * PADDED, " ");
  bytes.copy(whole);
  return whole;
}

function contextOf(id: ActorId, what: string): string {
  return `web_account ${id} ${what}`;
}
