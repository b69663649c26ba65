/** The menu: the hub's own pages, then the plugins'. */
import type { Page } from "@preau/kernel";
import { controllersMenu } from "./contract-routes.tsx";
import { dueRoles } from "./dues.ts";
import type { Hub } from "./hub.ts";

export function menuOf(hub: Hub): readonly Page[] {
  return [
    { path: "/", title: { fr: "Accueil", en: "Home" }, who: "anyone" },
    { path: "/me", title: { fr: "Ma connexion", en: "My sign-in" }, who: ["dataSubject"] },
    { path: "/dues", title: { fr: "Échéances", en: "What is due" }, who: dueRoles },
    { path: "/agreement", title: { fr: "L’accord", en: "The agreement" }, who: "anyone" },
    controllersMenu,
    { path: "/journal", title: { fr: "Journal", en: "Journal" }, who: "anyone" },
    ...hub.plugins.flatMap(({ plugin }) => plugin.pages),
  ];
}
