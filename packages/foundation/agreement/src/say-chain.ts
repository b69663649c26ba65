/** A deadline chain in words: who decides, why, and what can be done. */
import type { Bilingual, Language } from "@preau/kernel";
import type { Chain, ChainLink, ChainStep } from "./deadline-chains.ts";
import { sayDuration } from "./say-duration.ts";

const BECAUSE: Readonly<Record<ChainStep["because"], Bilingual>> = {
  batch: { en: "orders wait to be gathered", fr: "les demandes attendent d’être groupées" },
  documentedDelay: { en: "documented delay", fr: "délai documenté" },
  kept: { en: "kept", fr: "conservation" },
  neededByDifferential: {
    en: "needed by a differential backup",
    fr: "nécessaire à une sauvegarde différentielle",
  },
  liveErasure: { en: "live data erased first", fr: "effacement préalable des données du service" },
};

const DELAYS: Readonly<Record<"none" | "unknown" | "never", Bilingual>> = {
  none: { en: "no copy", fr: "aucune copie" },
  unknown: { en: "not documented", fr: "non documenté" },
  never: { en: "no order to erase reaches it", fr: "aucun ordre d’effacement ne l’atteint" },
};

/** `mailer: documented delay 48 hours`. */
export function sayLink({ holder, steps }: ChainLink): Bilingual {
  const say = (language: Language) => {
    const parts = steps.map(({ because, delay }) => {
      const long = typeof delay === "string" ? DELAYS[delay] : sayDuration(delay);
      return `${BECAUSE[because][language]} ${long[language]}`;
    });
    return `${holder}${language === "fr" ? "\u00a0:" : ":"} ${parts.join(" + ")}`;
  };
  return { en: say("en"), fr: say("fr") };
}

/**
 * A chain on two lines, or more when there is something to do: verdict, clause, figure and rule; the link that decides;
 * one remedy a line.
 */
export function formatChain(chain: Chain, language: Language): string {
  const { verdict, clause, rule, binding } = chain;
  const figure = sayDuration(binding.limit.duration)[language];
  const under = binding.limit.clause === clause ? "" : ` (${binding.limit.clause})`;
  const remedies = verdict === "PASS" ? [] : remediesOf(chain, binding);
  return [
    `${verdict} ${clause} ${figure}${under} · ${rule}\n`,
    `  ${sayLink(binding)[language]}\n`,
    ...remedies.map((remedy) => `  → ${remedy[language]}\n`),
  ].join("");
}

/** What can be done about a link that does not pass, the least first. */
export function remediesOf(chain: Chain, link: ChainLink): readonly Bilingual[] {
  if (link.verdict === "PASS") return [];
  const { holder, steps } = link;
  if (link.verdict === "UNKNOWN") return unknownRemedies(chain, link);
  const batched = steps.some(({ because }) => because === "batch");
  const based = steps.some(({ because }) => because === "neededByDifferential");
  return [
    ...(batched ? [startAtOnce(holder)] : []),
    ...(based ? [shorterBase(holder)] : []),
    ...(chain.copies === "live" ? [doNotStore(holder), exception(chain, holder)] : [keepShorter(holder)]),
    ...(chain.copies === "live" ? [negotiate(holder)] : [amend(chain)]),
  ];
}

function unknownRemedies(chain: Chain, { holder }: ChainLink): readonly Bilingual[] {
  return chain.copies === "live"
    ? [
        {
          en: `Ask ${holder} in writing within what time it erases, and write that into \`deletionDelay\` (\`none\` if it keeps no copy).`,
          fr: `Demandez par écrit à ${holder} en combien de temps l’effacement y a lieu, et portez-le dans \`deletionDelay\` (\`none\` si aucune copie n’y reste).`,
        },
        doNotStore(holder),
      ]
    : [
        {
          en: `State in \`backups\` and \`retention\` which generations there are and how long ${holder} is kept.`,
          fr: `Indiquez dans \`backups\` et \`retention\` quelles générations existent et combien de temps ${holder} est gardé.`,
        },
      ];
}

const startAtOnce = (holder: string): Bilingual => ({
  en: `Pass each order on to ${holder} at once, without gathering them.`,
  fr: `Transmettez chaque demande à ${holder} aussitôt, sans les grouper.`,
});
const doNotStore = (holder: string): Bilingual => ({
  en: `Do not send ${holder} what would have to be erased there.`,
  fr: `N’envoyez pas à ${holder} ce qu’il faudrait y effacer.`,
});
const exception = ({ clause }: Chain, holder: string): Bilingual => ({
  en: `Amend ${clause}: grant ${holder} an exception with a period of its own.`,
  fr: `Modifiez ${clause} : accordez à ${holder} une exception, avec sa propre durée.`,
});
const negotiate = (holder: string): Bilingual => ({
  en: `Negotiate a shorter delay with ${holder}, in writing.`,
  fr: `Négociez par écrit un délai plus court avec ${holder}.`,
});
const keepShorter = (holder: string): Bilingual => ({
  en: `Keep the copies of ${holder} for a shorter time.`,
  fr: `Gardez moins longtemps les copies de ${holder}.`,
});
const shorterBase = (holder: string): Bilingual => ({
  en: `Make ${holder} more often, or keep its differential backups for a shorter time.`,
  fr: `Produisez ${holder} plus souvent, ou gardez moins longtemps ses différentielles.`,
});
const amend = ({ clause }: Chain): Bilingual => ({
  en: `Amend ${clause} to the time that the backups really take.`,
  fr: `Portez ${clause} à la durée réelle des sauvegardes.`,
});
