/** What the form of an order offers, and what it sends. */
import type { ControllerId, InstructionId, Language, Project, RequestId } from "@preau/kernel";
import type { WebRequest } from "@preau/web";
import { fault } from "../errors.ts";
import type { OrderedProtection } from "../export-order.ts";
import type { ExportPorts } from "../export-ports.ts";
import type { NewWhat, OrderedFor } from "../pages/new-export-page.tsx";

/** Stores out of which more than one person's rows can be handed, of that controller. */
function exporting({ sources }: Pick<ExportPorts, "sources">, controller: ControllerId) {
  return [...sources].flatMap(([id, { source, exports }]) => {
    const { controller: only, title } = source.describe();
    return exports === undefined || (only !== undefined && only !== controller)
      ? []
      : [{ id, title, exports }];
  });
}

export function storesOf(ports: Pick<ExportPorts, "sources">, controller: ControllerId, language: Language) {
  return exporting(ports, controller).map(({ id, title }) => ({ id, title: title[language] }));
}

export async function projectsOf(
  ports: Pick<ExportPorts, "sources">,
  controller: ControllerId,
): Promise<readonly (Project & { readonly store: string })[]> {
  const found: (Project & { readonly store: string })[] = [];
  for (const { id: store, exports } of exporting(ports, controller))
    for (const kind of exports.projectKinds)
      for (const project of await exports.projects(controller, kind)) found.push({ ...project, store });
  return found;
}

export function whatIn(value: unknown): NewWhat {
  return value === "project" || value === "database" ? value : "person";
}

/** What the address says at first, and the form from then on. What is no id of ours is left out. */
export function orderedForIn({ query, form }: Pick<WebRequest, "form" | "query">): OrderedFor {
  const idIn = (name: string, prefix: string) => {
    const value = form.get(name) ?? query[name];
    return typeof value === "string" && new RegExp(`^${prefix}_[0-9a-z]{26}$`).test(value)
      ? value
      : undefined;
  };
  const kind = query["kind"];
  return {
    instruction: idIn("instruction", "ins") as InstructionId | undefined,
    about: idIn("about", "rqs") as RequestId | undefined,
    // What was typed never comes back: only an address names somebody, by an opaque id.
    person: form.has("person") ? undefined : idIn("person", "sub"),
    kind: kind === "access" || kind === "portability" ? kind : undefined,
  };
}

/** @throws EXPORT_BAD_ORDER */
export function protectionIn({ form }: WebRequest): OrderedProtection {
  const chosen = form.get("protection");
  if (chosen === "zip" || chosen === "age") return { kind: chosen, passphrase: "made" };
  if (chosen !== "recipients") throw fault("EXPORT_BAD_ORDER", { place: "protection" });
  const lines = (form.get("recipients") ?? "").split(/\s+/).filter((line) => line !== "");
  return { kind: "age", recipients: [...new Set(lines)] };
}
