/** What the verbs of accounts are given: the ports, the options, and what is made of both once a process. */
import type { Ports } from "@preau/kernel";
import { type AccountOptions } from "./account-options.ts";
import { type AccountSecrets, makeAccountSecrets } from "./account-secrets.ts";
import { type AttemptCounter, countAttempts } from "./count-attempts.ts";
import { makePasswordHasher, type PasswordHasher } from "./password-hash.ts";
import { makePasswordRules, type PasswordRules } from "./password-rules.ts";

export type AccountPorts = Pick<
  Ports,
  "clock" | "ids" | "log" | "unitOfWork" | "journal" | "jobs" | "vault" | "sessions"
> & {
  /** The process's own, which whoever ends it settles; one of these means alone when absent. */
  readonly attempts?: AttemptCounter;
};

export interface AccountMeans extends Omit<AccountPorts, "attempts"> {
  readonly options: AccountOptions;
  readonly hasher: PasswordHasher;
  readonly rules: PasswordRules;
  readonly secrets: AccountSecrets;
  /** Journals attempts that failed, in bulk. */
  readonly attempts: AttemptCounter;
}

export function makeAccountMeans(ports: AccountPorts, options: AccountOptions): AccountMeans {
  const secrets = makeAccountSecrets(ports.vault);
  const hasher = makePasswordHasher({
    cost: { memoryKiB: options.hashMemoryKiB, passes: options.hashPasses },
    atOnce: options.hashesAtOnce,
    waiting: options.hashesWaiting,
    secret: () => secrets.pepper(),
  });
  const { clock, ids, log, unitOfWork, journal, jobs, vault, sessions } = ports;
  return {
    ...{ clock, ids, log, unitOfWork, journal, jobs, vault, sessions },
    options,
    hasher,
    rules: makePasswordRules(options),
    secrets,
    attempts: ports.attempts ?? countAttempts({ clock, log, unitOfWork, journal }),
  };
}
