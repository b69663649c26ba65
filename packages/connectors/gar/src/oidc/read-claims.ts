/**
 * The claims of a person as attributes: of userinfo, and of the ID token what userinfo lacks. A value is a text or a list of texts; null
 * is no value. Anything else under a declared name refuses the sign-in; under another name it is dropped, as that is.
 */
import type { ReceivedAttributes } from "../attributes.ts";
import type { SignInProvider } from "../provider.ts";
import { refuse } from "../refusal.ts";

type Claims = Readonly<Record<string, unknown>>;

/** About the token, not about the person (RFC 7519, OpenID Connect Core 1.0 §2); `client_id` and `service` are the GAR's. */
const PROTOCOL = new Set(
  "iss sub aud exp nbf iat jti nonce auth_time acr amr azp at_hash c_hash s_hash sid client_id service".split(
    " ",
  ),
);
const MOST_CLAIMS = 100;
const MOST_VALUES = 500;
const MOST_CHARACTERS = 1_024;
/** Stands for a value that is no text; it goes no further than its attribute's name in the journal. */
const NO_TEXT = "(no text)";

/** @throws GAR_SIGN_IN_REFUSED */
export function readClaims(
  userinfo: Claims,
  idToken: Claims,
  { attributeNames, declared }: Pick<SignInProvider, "attributeNames" | "declared">,
): ReceivedAttributes {
  const theirs = new Set([...declared].map((name) => attributeNames.get(name) ?? name));
  for (const their of attributeNames.values()) theirs.add(their);
  const claims = new Map([...Object.entries(idToken), ...Object.entries(userinfo)]);
  const received = new Map<string, readonly string[]>();
  for (const [name, value] of claims) {
    if (PROTOCOL.has(name) && !theirs.has(name)) continue;
    const values = textsOf(value) ?? (theirs.has(name) ? refuse("malformedClaim") : [NO_TEXT]);
    if (values.length > 0) received.set(name, values);
  }
  return received.size > MOST_CLAIMS ? refuse("malformedClaim") : received;
}

/** The texts of a claim; undefined when it is anything else, or too much. */
function textsOf(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((each) => each !== null);
  const fine = texts.every(isText) && texts.length <= MOST_VALUES;
  return fine ? texts : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MOST_CHARACTERS;
}
