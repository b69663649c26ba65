/** The provider's RS256 keys: its own, the one after it, and a stranger's for forgeries. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { exportJWK, type JWK } from "jose";
import type { OidcDefects } from "./defects.ts";

interface SigningKeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly kid: string;
}

export interface OidcKeys {
  /** The key that signs now. */
  current(): Promise<SigningKeyPair>;
  /** Those that are published now. */
  published(): Promise<readonly SigningKeyPair[]>;
  /** Never published. */
  stranger(): Promise<SigningKeyPair>;
}

const generate = promisify(generateKeyPair);

/** @param own PEM; the other two are made when a switch asks for them, and forgotten with the process */
export function oidcKeys(own: string, defects: OidcDefects): OidcKeys {
  const first = pairOf(createPrivateKey(own));
  const made = new Map<string, Promise<SigningKeyPair>>();
  const make = (name: string) => {
    const pair =
      made.get(name) ?? generate("rsa", { modulusLength: 2048 }).then(({ privateKey }) => pairOf(privateKey));
    made.set(name, pair);
    return pair;
  };
  return {
    stranger: () => make("stranger"),
    current: async () => (defects.get("oidc-rotated") > 0 ? make("next") : first),
    published: async () => {
      const rotated = defects.get("oidc-rotated");
      return [...(rotated === 2 ? [] : [first]), ...(rotated > 0 ? [await make("next")] : [])];
    },
  };
}

function pairOf(privateKey: KeyObject): SigningKeyPair {
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: "spki", format: "der" });
  return { privateKey, publicKey, kid: createHash("sha256").update(der).digest("base64url").slice(0, 16) };
}

/** `jwks_uri` (RFC 7517 §5). */
export async function jwksOf(keys: OidcKeys): Promise<{ keys: JWK[] }> {
  const published = await keys.published();
  return {
    keys: await Promise.all(
      published.map(async ({ publicKey, kid }) => ({
        ...(await exportJWK(publicKey)),
        kid,
        use: "sig",
        alg: "RS256",
      })),
    ),
  };
}
