import type { Log } from "@preau/kernel";
import { fault } from "./errors.ts";

/** Questions to one provider that a process waits for together: a school's morning, and a slow provider holds no more. */
const MOST_AT_ONCE = 200;

export interface AmongFewOptions {
  readonly log: Log;
  /** Id of the provider. */
  readonly provider: string;
  readonly most?: number;
}

/**
 * Does the work, unless too many wait for the provider already: who comes then hears it at once, before a code or a ticket is used.
 * @throws GAR_PROVIDER_SILENT
 */
export function amongFew({ log, provider, most = MOST_AT_ONCE }: AmongFewOptions) {
  let asking = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (asking >= most) {
      log.warn("gar.providerBusy", { provider });
      throw fault("GAR_PROVIDER_SILENT");
    }
    asking += 1;
    try {
      return await work();
    } finally {
      asking -= 1;
    }
  };
}
