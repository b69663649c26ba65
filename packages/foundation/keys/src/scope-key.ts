/**
 * The key of one scope while it is held in memory. Nothing uses the 32-byte data key itself: each purpose has a subkey
 * by HKDF-SHA-256 (RFC 5869), with an empty salt and the info `preau.keys/1 <purpose> <label>`.
 *
 * Sealed bytes: version 0x01 || 8 bytes that name the key || box, with version, name and context bound to it.
 */
import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { boxOverhead, closeBox, openBox } from "./box.ts";
import { fault } from "./errors.ts";

/** What may be done with a held key. All calls are synchronous; the key is gone when the work that was given it ends. */
export interface ScopeKey {
  /** `key_…`: names the key as long as it lives. What is sealed may bear it to be found again; nothing links it after. */
  readonly id: string;
  /** Seals bytes; `context` says what they are (a table and a row id) and must be given again to open them. */
  seal(plaintext: Uint8Array, context: string): Buffer;
  /** @throws KEYS_SEAL_BROKEN */
  open(sealed: Uint8Array, context: string): Buffer;
  /** HMAC-SHA-256, 32 bytes, under the label's own subkey. Labels are constants of the code. */
  mac(label: string, data: Uint8Array | string): Buffer;
  /** Key material of a length of 1 to 8,160 bytes, the same at each call. */
  derive(label: string, length: number): Buffer;
}

const VERSION = 1;
const NAME = 8;
/** What sealing adds, in bytes: 37. */
export const sealOverhead = 1 + NAME + boxOverhead;

export interface HeldKey extends ScopeKey {
  readonly dropped: boolean;
  /** Lets go of the key material; any later use throws. */
  drop(): void;
}

/**
 * Takes the data key over: its bytes are overwritten at once. What stays are key objects, whose memory Node clears when
 * it is freed, and which are several times faster to use than bytes.
 */
export function holdKey(id: string, dataKey: Buffer): HeldKey {
  const subkeys = new Map<string, KeyObject>();
  let root: KeyObject | undefined = createSecretKey(dataKey);
  dataKey.fill(0);
  const expand = (info: string, length: number) => {
    if (root === undefined) throw fault("KEYS_STORE_BROKEN", { place: "a key used after its work" });
    return Buffer.from(hkdfSync("sha256", root, "", `preau.keys/1 ${info}`, length));
  };
  const subkey = (info: string) => {
    let key = subkeys.get(info);
    if (key === undefined) {
      const bytes = expand(info, 32);
      key = createSecretKey(bytes);
      bytes.fill(0);
      subkeys.set(info, key);
    }
    return key;
  };
  const head = Buffer.concat([Buffer.of(VERSION), expand("name ", NAME)]);

  return {
    id,
    seal: (plaintext, context) =>
      Buffer.concat([head, closeBox(subkey("seal "), plaintext, bind(head, context))]),
    open: (sealed, context) => {
      const key = subkey("seal ");
      const mine = sealed.length >= sealOverhead && head.equals(sealed.subarray(0, head.length));
      const plaintext = mine ? openBox(key, sealed.subarray(head.length), bind(head, context)) : undefined;
      if (plaintext === undefined) throw fault("KEYS_SEAL_BROKEN", { place: context });
      return plaintext;
    },
    mac: (label, data) =>
      createHmac("sha256", subkey(`mac ${label}`))
        .update(data)
        .digest(),
    derive: (label, length) => expand(`derive ${label}`, length),
    get dropped() {
      return root === undefined;
    },
    drop: () => {
      root = undefined;
      subkeys.clear();
    },
  };
}

function bind(head: Buffer, context: string): Buffer {
  return Buffer.concat([head, Buffer.from(context)]);
}
