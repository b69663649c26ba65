/** Lints over the technical backups: what a restore needs, and what hides in them. */
import { keptFor } from "./backup-links.ts";
import type { Finding, LintScope } from "./lint.ts";
import { sayDuration } from "./say-duration.ts";
import { endsWithin } from "./worst-case.ts";

/** A differential backup restores nothing without the full one under it. @figure DD.1 */
export function differentialWithoutBase({ agreement: { backups } }: LintScope): readonly Finding[] {
  if (backups === undefined) return [];
  return backups.generations.flatMap(({ id, kind, base }, index): Finding[] => {
    if (kind === "full" || backups.generations.some((each) => each.id === base && each.kind === "full")) {
      return [];
    }
    return [
      {
        at: ["backups", "generations", index],
        clause: backups.clause,
        says: {
          en: `The ${id} backup is differential, and no full backup is named that it stands on.`,
          fr: `La sauvegarde ${id} est différentielle, et aucune complète n’est nommée sur laquelle elle repose.`,
        },
        remedy: {
          en: "Name a full generation under `base`.",
          fr: "Nommez sous `base` une génération complète.",
        },
      },
    ];
  });
}

/** A base may go only after the last differential that stands on it. @figure DD.1 */
export function baseGoneBeforeDependants({ agreement }: LintScope): readonly Finding[] {
  const generations = agreement.backups?.generations ?? [];
  return generations.flatMap((dependant): Finding[] => {
    const base = generations.find(({ id, kind }) => id === dependant.base && kind === "full");
    const own = keptFor(agreement, dependant.id);
    const under = base && keptFor(agreement, base.id);
    if (base === undefined || own === undefined || under === undefined) return [];
    if (dependant.kind === "full" || endsWithin([base.every, own.duration], under.duration)) return [];
    const [every, kept, gone] = [base.every, own.duration, under.duration].map(sayDuration);
    return [
      {
        at: under.at,
        clause: under.clause,
        says: {
          en: `A ${base.id} backup goes after ${gone?.en}; ${dependant.id} ones stand on it up to ${every?.en} + ${kept?.en}.`,
          fr: `Une sauvegarde ${base.id} disparaît après ${gone?.fr} ; des ${dependant.id} reposent sur elle jusqu’à ${every?.fr} + ${kept?.fr}.`,
        },
        remedy: {
          en: "Keep the base longer, make it more often, or keep what stands on it for a shorter time.",
          fr: "Gardez la base plus longtemps, produisez-la plus souvent, ou gardez moins longtemps ce qui repose sur elle.",
        },
      },
    ];
  });
}

const HIDDEN = {
  activityLog: {
    en: "Backups hold the activity log: its end comes only with that of the last backup.",
    fr: "Les sauvegardes contiennent le journal d’activité : il ne finit qu’avec la dernière sauvegarde.",
  },
  keyStore: {
    en: "Backups hold the key store: an erasure that destroys a key is final only when the last backup is gone (NIST SP 800-88r2, 3.2.2).",
    fr: "Les sauvegardes contiennent le magasin de clés : un effacement par destruction de clé n’est définitif qu’avec la fin de la dernière sauvegarde (NIST SP 800-88r2, 3.2.2).",
  },
} as const;

/** Logs and keys live on in the backups of the data. @figure DD.1, DD.8 */
export function backupsHoldLogsOrKeys({ agreement: { backups } }: LintScope): readonly Finding[] {
  if (backups === undefined) return [];
  return backups.hold.flatMap((held, index): Finding[] =>
    held === "live"
      ? []
      : [
          {
            at: ["backups", "hold", index],
            clause: backups.clause,
            says: HIDDEN[held],
            remedy: {
              en: "Back it up apart, on a schedule of its own, and take it out of `hold`.",
              fr: "Sauvegardez-le à part, selon son propre calendrier, et retirez-le de `hold`.",
            },
          },
        ],
  );
}
