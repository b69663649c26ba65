import type { Ring } from "./ring.ts";
import { forgetRing } from "./ring.ts";
import type { HeldKey } from "./scope-key.ts";

/** Unwrapped keys of one epoch. */
export interface KeyCache {
  epoch: number;
  ring: Ring;
  get(text: string): HeldKey | undefined;
  put(text: string, key: HeldKey): void;
  /** Drops the oldest unused beyond the limit. */
  trim(): void;
  drop(texts: Iterable<string>): void;
  dropAll(): void;
}

export function makeKeyCache(limit: number): KeyCache {
  const keys = new Map<string, HeldKey>();
  const cache: KeyCache = {
    epoch: -1,
    ring: new Map(),
    get: (text) => {
      const key = keys.get(text);
      if (key === undefined) return undefined;
      keys.delete(text);
      keys.set(text, key);
      return key;
    },
    put: (text, key) => {
      keys.get(text)?.drop();
      keys.set(text, key);
    },
    trim: () => {
      for (const oldest of keys.keys()) {
        if (keys.size <= limit) break;
        cache.drop([oldest]);
      }
    },
    drop: (texts) => {
      for (const text of texts) {
        keys.get(text)?.drop();
        keys.delete(text);
      }
    },
    dropAll: () => {
      cache.drop([...keys.keys()]);
      forgetRing(cache.ring);
      cache.ring = new Map();
      cache.epoch = -1;
    },
  };
  return cache;
}
