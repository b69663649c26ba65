/** A deadline chain in words: who decides, why, and what can be done. */
import type { Bilingual, Language } from "@preau/kernel";
import type { Chain, ChainLink, ChainStep } from "./deadline-chains.ts";
import { sayDuration } from "./say-duration.ts";

const BECAUSE: Readonly<Record<ChainStep["because"], Bilingual>> = {
  batch: { en: "orders wait to be gathered", fr: "les demandes attendent d’être groupées" },
  documentedDelay: { en: "delay", fr: "délai" },
  kept: { en: "kept", fr: "garde" },
  neededByDifferential: {
    en: "needed by a differential backup",
    fr: "nécessaire à une sauvegarde différentielle",
  },
  liveErasure: { en: "live data erased first", fr: "effacement préalable des données du service" },
};

const DELAYS: Readonly<Record<"none" | "unknown" | "never", Bilingual>> = {
  none: { en: "none", fr: "aucun" },
  unknown: { en: "not documented", fr: "non documenté" },
  never: { en: "no order to erase reaches it", fr: "aucun ordre d’effacement ne l’atteint" },
};

/** `Crisp: delay 48 hours`. */
export function sayLink({ name, steps }: ChainLink): Bilingual {
  const say = (language: Language) => {
    const parts = steps.map(({ because, delay }) => {
      const long = typeof delay === "string" ? DELAYS[delay] : sayDuration(delay);
      return `${BECAUSE[because][language]} ${long[language]}`;
    });
    return `${name[language]}${language === "fr" ? "\u00a0:" : ":"} ${parts.join(" + ")}`;
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
  const { name, steps } = link;
  if (link.verdict === "UNKNOWN") return unknownRemedies(chain, link);
  const batched = steps.some(({ because }) => because === "batch");
  const based = steps.some(({ because }) => because === "neededByDifferential");
  return [
    ...(batched ? [startAtOnce(name)] : []),
    ...(based ? [shorterBase(name)] : []),
    ...(chain.copies === "live" ? [doNotStore(name), exception(chain, name)] : [keepShorter(name)]),
    ...(chain.copies === "live" ? [negotiate(name)] : [amend(chain)]),
  ];
}

function unknownRemedies(chain: Chain, { name }: ChainLink): readonly Bilingual[] {
  return chain.copies === "live"
    ? [
        {
          en: `Ask ${name.en} in writing within what time it erases, and write that into \`deletionDelay\` (\`none\` if it keeps no copy).`,
          fr: `Demandez par écrit à ${name.fr} en combien de temps l’effacement a lieu, et portez-le dans \`deletionDelay\` (\`none\` si aucune copie n’y reste).`,
        },
        doNotStore(name),
      ]
    : [
        {
          en: `State in \`backups\` and \`retention\` which generations there are and how long ${name.en} are kept.`,
          fr: `Indiquez dans \`backups\` et \`retention\` quelles générations existent et combien de temps sont gardées ${name.fr}.`,
        },
      ];
}

const startAtOnce = (name: Bilingual): Bilingual => ({
  en: `Pass each order on to ${name.en} at once, without gathering them.`,
  fr: `Transmettez chaque demande à ${name.fr} aussitôt, sans les grouper.`,
});
const doNotStore = (name: Bilingual): Bilingual => ({
  en: `Do not send ${name.en} what would have to be erased there.`,
  fr: `N’envoyez pas à ${name.fr} ce qu’il faudrait y effacer.`,
});
const exception = ({ clause }: Chain, name: Bilingual): Bilingual => ({
  en: `Amend ${clause}: grant ${name.en} an exception with a period of its own.`,
  fr: `Modifiez ${clause} : accordez à ${name.fr} une exception, avec sa propre durée.`,
});
const negotiate = (name: Bilingual): Bilingual => ({
  en: `Negotiate a shorter delay with ${name.en}, in writing.`,
  fr: `Négociez par écrit un délai plus court avec ${name.fr}.`,
});
const keepShorter = (name: Bilingual): Bilingual => ({
  en: `Keep ${name.en} for a shorter time.`,
  fr: `Gardez moins longtemps ${name.fr}.`,
});
const shorterBase = (name: Bilingual): Bilingual => ({
  en: `Make ${name.en} more often, or keep the differential ones on them for a shorter time.`,
  fr: `Produisez ${name.fr} plus souvent, ou gardez moins longtemps les différentielles qui reposent sur elles.`,
});
const amend = ({ clause }: Chain): Bilingual => ({
  en: `Amend ${clause} to the time that the backups really take.`,
  fr: `Portez ${clause} à la durée réelle des sauvegardes.`,
});
