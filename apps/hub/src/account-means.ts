/** What the verbs of accounts need, of an open hub. */
import { type AccountMeans, type AccountOptions, accountsPlugin, makeAccountMeans } from "@preau/web";
import type { Hub } from "./hub.ts";

export function accountMeans(hub: Hub): AccountMeans {
  const own = hub.plugins.find(({ plugin }) => plugin.id === accountsPlugin.id);
  return makeAccountMeans(hub.ports, own?.options as AccountOptions);
}
