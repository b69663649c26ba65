/** Lints over the deadline chains: a figure that a copy refutes, and a delay that nobody has documented. */
import type { Bilingual } from "@preau/kernel";
import type { Chain, ChainLink } from "./deadline-chains.ts";
import type { Finding, LintScope } from "./lint.ts";
import { remediesOf, sayLink } from "./say-chain.ts";
import { sayDuration } from "./say-duration.ts";

/** @figure D12.2, D12.4 */
export function impossibleDeadline({ chains }: LintScope): readonly Finding[] {
  return refuted(chains, "live");
}

/** @figure D12.3 */
export function backupsOutlivePromise({ chains }: LintScope): readonly Finding[] {
  return refuted(chains, "backups");
}

export function unknownDelay({ chains }: LintScope): readonly Finding[] {
  return findings(chains, "UNKNOWN", (chain, link) => {
    const figure = sayDuration(link.limit.duration);
    const how = sayLink(link);
    return {
      en: `Whether ${chain.clause} (${figure.en}) can be kept is not known: ${how.en}.`,
      fr: `On ne sait pas si ${chain.clause} (${figure.fr}) peut être tenu : ${how.fr}.`,
    };
  });
}

function refuted(chains: readonly Chain[], copies: Chain["copies"]): readonly Finding[] {
  const concerned = chains.filter((chain) => chain.copies === copies);
  return findings(concerned, "REFUTED", (chain, link) => {
    const figure = sayDuration(link.limit.duration);
    const how = sayLink(link);
    return {
      en: `${chain.clause} (${figure.en}) cannot be kept: ${how.en}.`,
      fr: `${chain.clause} (${figure.fr}) ne peut pas être tenu : ${how.fr}.`,
    };
  });
}

/** One finding a clause and holder, however many rules meet there. */
function findings(
  chains: readonly Chain[],
  verdict: ChainLink["verdict"],
  say: (chain: Chain, link: ChainLink) => Bilingual,
): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const chain of chains) {
    for (const link of chain.links) {
      const key = `${chain.clause} ${link.holder} ${link.limit.period}`;
      if (link.verdict !== verdict || found.has(key)) continue;
      const remedies = remediesOf(chain, link);
      found.set(key, {
        at: link.at,
        clause: chain.clause,
        says: say(chain, link),
        remedy: {
          en: remedies.map(({ en }) => en).join(" Or: "),
          fr: remedies.map(({ fr }) => fr).join(" Ou : "),
        },
      });
    }
  }
  return [...found.values()];
}
