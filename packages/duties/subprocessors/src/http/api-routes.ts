/** The public list for machines: annex C as it stands, and what was announced to everybody. */
import type { Subprocessor } from "@preau/agreement";
import { formatDuration } from "@preau/calendar";
import type { JsonObject } from "@preau/kernel";
import { type WebHandler, type WebRoute, webRoutes } from "@preau/web";
import type { SubprocessorPorts } from "../ports.ts";
import { readRegistry } from "../registry.ts";
import { listChanges } from "../store/changes.ts";

export function apiRoutes(ports: SubprocessorPorts): readonly WebRoute[] {
  const list: WebHandler = async (_request, response) => {
    const answer = await ports.unitOfWork.transaction(async (unit): Promise<JsonObject> => {
      const registry = await readRegistry(unit, ports);
      const changes = await listChanges(unit, ["announced", "withdrawn"]);
      const told = changes.filter(({ audience }) => audience === "all");
      return {
        schema: "preau.subprocessors/1",
        subprocessors: registry
          .filter(({ from }) => from === "annexC")
          .map(({ entry, facts }) => ({
            ...jsonOfEntry(entry),
            places: facts.places === undefined ? null : { ...facts.places },
          })),
        changes: told.map(({ id, kind, entry, state, announcedAt, startsOn, withdrawnAt }) => ({
          ...{ id, kind, state, startsOn, entry: jsonOfEntry(entry) },
          ...{ announcedAt: announcedAt ?? null, withdrawnAt: withdrawnAt ?? null },
        })),
      };
    });
    response.json(answer);
  };
  return webRoutes([
    {
      ...{ method: "get", path: "/api/v1/subprocessors", who: "anyone", clause: "DC" },
      ...{ forMachines: true, handler: list },
    },
  ]);
}

function jsonOfEntry(entry: Subprocessor): JsonObject {
  const { deletionDelay, transfers, purposes, categories } = entry;
  return {
    recipient: entry.recipient,
    name: entry.name,
    siret: entry.siret ?? null,
    register: entry.register ?? null,
    activity: { fr: entry.fr, en: entry.en },
    origins: entry.origins,
    operations: entry.operations,
    purposes: purposes ?? null,
    categories: categories ?? null,
    transfers: transfers === "none" ? null : { ...transfers },
    deletionDelay: typeof deletionDelay === "string" ? deletionDelay : formatDuration(deletionDelay),
  };
}
