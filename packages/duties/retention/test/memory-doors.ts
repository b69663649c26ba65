/** Doors in memory, and the policy that settles how long they may stay closed. No pages: programs use it too. */
import { readdirSync, readFileSync } from "node:fs";
import { readAgreementFolder, samplesFolder } from "@preau/agreement";
import { type AccessWindow, type ControllerId, instant } from "@preau/kernel";
import { SCHOOL } from "./house.ts";

export const NOW = instant("2026-11-26T08:00:00.000Z");
export const DPO = { role: "controllerDpo" } as const;

export const samplesPolicy = readAgreementFolder(
  new Map(
    readdirSync(samplesFolder)
      .filter((name) => /\.(?:yaml|md)$/.test(name))
      .map((name) => [name, readFileSync(new URL(name, samplesFolder), "utf8")]),
  ),
);

/** Doors in memory; `fail` makes them refuse. */
export function memoryDoors(controller: ControllerId = SCHOOL) {
  const state = { doors: "open" as "open" | "administratorsOnly", refuses: false, calls: [] as string[] };
  const refused = () => (state.refuses ? [{ what: "doors", why: "the application refused" }] : []);
  const set = (doors: typeof state.doors, name: string) => async (whose: ControllerId) => {
    state.calls.push(name);
    if (whose !== controller || state.refuses) return { changed: 0, refused: refused() };
    const changed = state.doors === doors ? 0 : 1;
    state.doors = doors;
    return { changed, refused: [] };
  };
  const access: AccessWindow = {
    mechanism: { fr: "mode de maintenance", en: "maintenance mode" },
    doors: async () => state.doors,
    closeToOthers: set("administratorsOnly", "close"),
    reopen: set("open", "reopen"),
  };
  return { state, access };
}
