/**
 * What a browser hands to the desk with the widget: who it is, for us alone. Opaque to the desk and of one length: AES-256-GCM
 * under a key of the publisher's, bound to what it is. Never a name; it ends by itself. @clause DC
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { PUBLISHER } from "@preau/contracts";
import {
  addMillis,
  type Clock,
  type ControllerId,
  canonicalJson,
  type Instant,
  instant,
  isFault,
  type Origin,
  type SubjectId,
} from "@preau/kernel";
import type { KeyScope, KeyStore } from "@preau/keys";
import type { SupportPerson } from "./wall.ts";

export interface SupportTokens {
  /** For the widget of one who was found to be let to the desk, for twelve hours. */
  make(person: SupportPerson): Promise<string>;
  /** Who it says; undefined for what is none of ours, changed, or over at that instant. Never throws. */
  read(token: string, at?: Instant): Promise<SupportPerson | undefined>;
}

const scope: KeyScope = { controller: PUBLISHER, kind: "controller", id: PUBLISHER };
const LIFETIME_MS = 12 * 3_600_000;
const SIZE = 320;
const NONCE = 12;
const TAG = 16;
const SHAPE = /^p1\.[A-Za-z0-9_-]{464}$/;
const CONTEXT = Buffer.from("preau support token/1");

export function makeSupportTokens({
  clock,
  vault,
}: {
  readonly clock: Clock;
  readonly vault: KeyStore;
}): SupportTokens {
  const key = () => vault.derive(scope, "support-bridge.token", 32);

  return {
    make: async ({ controller, product, origin, role, subject }) => {
      const until = addMillis(clock.now(), LIFETIME_MS);
      const text = Buffer.alloc(SIZE, " ");
      const said = Buffer.from(canonicalJson([controller, product, origin, role, subject, until]));
      if (said.length > SIZE) throw new TypeError("what a token says has grown");
      said.copy(text);
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv("aes-256-gcm", await key(), nonce).setAAD(CONTEXT);
      const sealed = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
      return `p1.${sealed.toString("base64url")}`;
    },
    read: async (token, at = clock.now()) => {
      if (!SHAPE.test(token)) return undefined;
      const bytes = Buffer.from(token.slice(3), "base64url");
      const said = open(await key(), bytes);
      return said && personIn(said, at);
    },
  };
}

function open(key: Buffer, bytes: Buffer): readonly unknown[] | undefined {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(CONTEXT).setAuthTag(bytes.subarray(-TAG));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
    return JSON.parse(text.toString()) as readonly unknown[];
  } catch {
    return undefined;
  }
}

function personIn(said: readonly unknown[], at: Instant): SupportPerson | undefined {
  const [controller, product, origin, role, subject, until] = said.map(String);
  try {
    if (instant(until ?? "") < at) return undefined;
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
  return {
    controller: controller as ControllerId,
    product: product ?? "",
    origin: origin as Origin,
    role: role ?? "",
    subject: subject as SubjectId,
  };
}
