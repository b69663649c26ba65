/** `accounts.purge`: erases a revoked account once its period is over. */
import type { ActorId, JobDefinition } from "@preau/kernel";
import type { AccountMeans } from "../account-means.ts";
import { purgeAccount } from "../erase-account.ts";

export function purgeJob(means: AccountMeans): JobDefinition {
  return {
    name: "accounts.purge",
    handler: async ({ controller, payload }) => {
      const { account } = payload;
      if (typeof account === "string") await purgeAccount(means, { controller, id: account as ActorId });
    },
  };
}
