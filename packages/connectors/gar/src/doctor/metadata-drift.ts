/**
 * What changed since the last look: at the provider, whose keys and addresses we trust; and on our side, whose entity id and
 * addresses the ministry has on file. What was seen is kept in a small file; a change is said until somebody accepts it.
 */
import { readFile, writeFile } from "node:fs/promises";
import type { GarFinding } from "./finding.ts";

/** Facts of one side by name: an entity id, an address, fingerprints. No secret, nobody's data. */
export type Facts = Readonly<Record<string, string>>;
export type Snapshot = Readonly<Record<string, Facts>>;

/** What was accepted last; undefined when nothing was yet, or the file is not ours. */
export async function readSnapshot(file: string): Promise<Snapshot | undefined> {
  try {
    const read: unknown = JSON.parse(await readFile(file, "utf8"));
    return typeof read === "object" && read !== null ? (read as Snapshot) : undefined;
  } catch {
    return undefined;
  }
}

export async function writeSnapshot(file: string, snapshot: Snapshot): Promise<void> {
  await writeFile(file, `${JSON.stringify(snapshot, undefined, 2)}\n`, { mode: 0o600 });
}

/** Facts of ours that the ministry has on file: a change of one of them refuses everybody there. */
const DECLARED = new Set(["entityId", "consumer"]);

/** One finding a side: the same, new, or what is different. */
export function driftFindings(before: Snapshot | undefined, now: Snapshot): readonly GarFinding[] {
  return Object.entries(now).map(([about, facts]): GarFinding => {
    const known = before?.[about];
    const check = about.endsWith(" (ours)") ? "declaration" : "metadata";
    if (known === undefined) {
      return {
        check,
        about,
        result: "PASS",
        evidence: { en: "noted, to be compared from now on", fr: "noté, pour comparer désormais" },
      };
    }
    const names = [...new Set([...Object.keys(known), ...Object.keys(facts)])];
    // Keys of ours are made at the first sign-in: before that there is nothing to have changed.
    const isNew = (name: string) => check === "declaration" && name === "keys" && known[name] === undefined;
    const changed = names.filter((name) => known[name] !== facts[name] && !isNew(name));
    if (changed.length === 0)
      return { check, about, result: "PASS", evidence: { en: "as it was accepted", fr: "tel qu’accepté" } };
    const breaks = check === "declaration" && changed.some((name) => DECLARED.has(name));
    return {
      check,
      about,
      result: breaks ? "FAIL" : "WARN",
      evidence: { en: `changed: ${changed.join(", ")}`, fr: `changé : ${changed.join(", ")}` },
      remedy:
        check === "metadata"
          ? {
              en: "Compare with the provider’s announcement, then run `preau gar doctor --accept`.",
              fr: "Comparez avec l’annonce du fournisseur, puis lancez `preau gar doctor --accept`.",
            }
          : {
              en: "Send our metadata to the GAR again, or put the old value back; then `preau gar doctor --accept`.",
              fr: "Renvoyez nos métadonnées au GAR, ou remettez l’ancienne valeur ; puis `preau gar doctor --accept`.",
            },
    };
  });
}
