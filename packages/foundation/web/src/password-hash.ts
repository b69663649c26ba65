/**
 * Passwords at rest: argon2id (RFC 9106) under a random salt of 16 bytes and a secret that stands in the key store, not
 * beside the hashes, so that a copy of the database alone can be tried on nothing. Kept as a PHC string:
 *
 *   $argon2id$v=19$m=65536,t=3,p=1$<salt>$<hash>      base64 without padding, hash of 32 bytes
 *
 */
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { makeHashQueue } from "./hash-queue.ts";

interface HashCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

export interface PasswordHasher {
  /** The PHC string of a password. @throws WEB_BUSY */
  hash(password: string): Promise<string>;
  /**
   * Is it this password? Against `null` (no such account, no password) the same work is done on a hash of nothing, and
   * the answer is no. @throws WEB_BUSY
   */
  verify(password: string, phc: string | null): Promise<boolean>;
  /** True for what was hashed at another cost than today's: hash again once the password is known. */
  isOutdated(phc: string): boolean;
}

export interface PasswordHasherOptions {
  readonly cost: HashCost;
  /** Computed at once, and more that may wait. */
  readonly atOnce: number;
  readonly waiting: number;
  /** The secret (RFC 9106 §3.1, K). */
  readonly secret: () => Promise<Uint8Array>;
  /** `argon2` of node:crypto. */
  readonly compute?: typeof argon2;
}

const LENGTH = 32;
const SALT = 16;
const LANES = 1;
const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43})$/;

/** The hasher of a process: so many at once, the others in turn. @clause DD.4 */
export function makePasswordHasher(options: PasswordHasherOptions): PasswordHasher {
  const { cost, compute = argon2 } = options;
  const queue = makeHashQueue(options.atOnce, options.waiting);
  const nobody = randomBytes(SALT);

  const derive = (password: string, salt: Buffer, lanes: number, { memoryKiB, passes }: HashCost) =>
    queue.run(async () => {
      const secret = await options.secret();
      return new Promise<Buffer>((resolve, reject) => {
        const parameters = {
          message: password,
          nonce: salt,
          secret,
          parallelism: lanes,
          tagLength: LENGTH,
          memory: memoryKiB,
          passes,
        };
        compute("argon2id", parameters, (error, tag) => (error ? reject(error) : resolve(Buffer.from(tag))));
      });
    });

  return {
    hash: async (password) => {
      const salt = randomBytes(SALT);
      const tag = await derive(password, salt, LANES, cost);
      const { memoryKiB, passes } = cost;
      return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${LANES}$${base64(salt)}$${base64(tag)}`;
    },

    verify: async (password, phc) => {
      const kept = phc === null ? undefined : readPhc(phc);
      if (kept === undefined) {
        await derive(password, nobody, LANES, cost);
        return false;
      }
      return timingSafeEqual(await derive(password, kept.salt, kept.lanes, kept.cost), kept.tag);
    },

    isOutdated: (phc) => {
      const kept = readPhc(phc);
      if (kept === undefined) return true;
      return (
        kept.cost.memoryKiB !== cost.memoryKiB || kept.cost.passes !== cost.passes || kept.lanes !== LANES
      );
    },
  };
}

function readPhc(phc: string) {
  const parts = PHC.exec(phc);
  if (parts === null) return undefined;
  const [, memory = "", passes = "", lanes = "", salt = "", tag = ""] = parts;
  return {
    cost: { memoryKiB: Number(memory), passes: Number(passes) },
    lanes: Number(lanes),
    salt: Buffer.from(salt, "base64"),
    tag: Buffer.from(tag, "base64"),
  };
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
