/** Every route of the hub and its plugins in one table, and the question whom a path of it is open to. */
import type { Route } from "@preau/kernel";
import { mayEnter, type Session } from "@preau/web";
import { contractEndFileRoutes } from "./contract-end-routes.ts";
import { contractRoutes } from "./contract-routes.tsx";
import { documentRoutes } from "./document-routes.ts";
import type { Hub } from "./hub.ts";
import { hubRoutes } from "./hub-routes.tsx";

/** Does a path of ours show something to this reader's role? A page for anybody signed in shows persons their own: not counted. */
export type Opens = (path: string, session: Session | undefined) => boolean;

export function routeTable(hub: Hub): readonly Route[] {
  const table: Route[] = [];
  const opens: Opens = (path, session) => {
    const route = table.find(({ method, path: pattern }) => method === "get" && matches(pattern, path));
    return route !== undefined && route.who !== "signedIn" && mayEnter(route.who, session);
  };
  // Documents first: a clause of the agreement could be named like one.
  table.push(
    ...documentRoutes(hub),
    ...hubRoutes(hub, opens),
    ...contractRoutes(hub),
    ...contractEndFileRoutes(hub),
  );
  for (const { plugin, options } of hub.plugins) table.push(...plugin.routes(hub.ports, options));
  return table;
}

/** `/erasures/:id` matches `/erasures/era_1`: the patterns of our tables have names alone. */
function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split("/"), path.split(/[?#]/, 1).join("").split("/")];
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(":") ? given[index] !== "" : part === given[index]))
  );
}
