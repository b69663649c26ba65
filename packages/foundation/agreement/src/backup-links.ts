/** How long a copy lives in the technical backups: by generation, by what depends on it, and by who holds them. */
import type { Duration } from "@preau/calendar";
import type { Bilingual } from "@preau/kernel";
import type { Agreement, BackupGeneration } from "./agreement.ts";
import { type ChainStep, type OpenLink, stepsThrough } from "./deadline-chains.ts";
import type { Path } from "./lint.ts";

const NAMES: Readonly<Record<BackupGeneration["id"] | "backups", Bilingual>> = {
  daily: { en: "daily backups", fr: "les sauvegardes quotidiennes" },
  weekly: { en: "weekly backups", fr: "les sauvegardes hebdomadaires" },
  monthly: { en: "monthly backups", fr: "les sauvegardes mensuelles" },
  backups: { en: "the backups", fr: "les sauvegardes" },
};

/** One link a generation, a second one for a base that differential backups need, each by every holder of the backups. */
export function backupLinks(agreement: Agreement, anchor: string | undefined): readonly OpenLink[] {
  const before = liveFirst(agreement, anchor);
  const { backups } = agreement;
  if (backups === undefined) {
    const promise = agreement.retention.findIndex(({ store }) => store === "backups");
    const at: Path = promise < 0 ? [] : ["retention", promise];
    return [
      {
        holder: "backups",
        name: NAMES.backups,
        at,
        steps: [...before, { because: "kept", delay: "unknown" }],
      },
    ];
  }
  const links = backups.generations.flatMap((generation) => generationLinks(agreement, generation));
  return throughHolders(agreement, links).map((link) => ({ ...link, steps: [...before, ...link.steps] }));
}

/** How long a generation's copies are kept; undefined when no rule says so. */
export function keptFor(
  agreement: Agreement,
  generation: BackupGeneration["id"],
): { readonly duration: Duration; readonly at: Path; readonly clause: string } | undefined {
  const of = (wanted: string | undefined) =>
    agreement.retention.findIndex(
      (rule) => rule.store === "backups" && rule.anchor === "backupMade" && rule.generation === wanted,
    );
  const own = of(generation);
  const index = own < 0 ? of(undefined) : own;
  const rule = agreement.retention[index];
  const period = agreement.periods.find(({ id }) => id === rule?.period);
  return rule && period && { duration: period.duration, at: ["retention", index], clause: rule.clause };
}

function generationLinks(agreement: Agreement, generation: BackupGeneration): readonly OpenLink[] {
  const { id, every } = generation;
  const generations = agreement.backups?.generations ?? [];
  const kept = keptFor(agreement, id);
  const at: Path = kept?.at ?? ["backups", "generations", generations.indexOf(generation)];
  const dependants = generations.filter(({ kind, base }) => kind === "differential" && base === id);
  return [
    { holder: id, name: NAMES[id], at, steps: [{ because: "kept", delay: kept?.duration ?? "unknown" }] },
    ...dependants.map((dependant) => ({
      holder: id,
      name: NAMES[id],
      at,
      steps: [
        { because: "neededByDifferential", delay: every } as const,
        {
          because: "neededByDifferential",
          delay: keptFor(agreement, dependant.id)?.duration ?? "unknown",
        } as const,
      ],
    })),
  ];
}

function throughHolders(agreement: Agreement, links: readonly OpenLink[]): readonly OpenLink[] {
  const holders = agreement.backups?.heldBy ?? [];
  if (holders.length === 0) return links;
  return holders.flatMap((holder) => {
    const subprocessor = agreement.annexC.find(({ recipient }) => recipient === holder);
    const wait: readonly ChainStep[] =
      subprocessor === undefined
        ? [{ because: "documentedDelay", delay: "unknown" }]
        : stepsThrough(subprocessor);
    return links.map((link) => ({ ...link, steps: [...link.steps, ...wait] }));
  });
}

/** A promise that does not count from the live data's deletion has the live data's own period to wait for first. */
function liveFirst({ retention, periods }: Agreement, anchor: string | undefined): readonly ChainStep[] {
  if (anchor === "liveDataDeleted" || anchor === undefined) return [];
  const live = retention.find((rule) => rule.store === "live" && rule.anchor === anchor);
  const period = periods.find(({ id }) => id === live?.period);
  return [{ because: "liveErasure", delay: period?.duration ?? "unknown" }];
}
