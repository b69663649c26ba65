/** What `preau agreement check` answers: how much is held together, and every deadline against every copy. */
import {
  type AgreementCheck,
  agreementHash,
  type Chain,
  type ChainLink,
  type ChainStep,
  type Diagnostic,
  remediesOf,
  sayDuration,
} from "@preau/agreement";
import type { Language } from "@preau/kernel";
import { alignedTable } from "./aligned-table.ts";

/** The JSON of the answer, but for `valid`. */
export function agreementAnswer({ agreement, coverage, diagnostics, chains, accepted }: AgreementCheck) {
  return {
    ...(agreement === undefined ? {} : { id: agreement.id, agreement: agreementHash(agreement) }),
    ...(coverage === undefined ? {} : { coverage: countsOf(coverage) }),
    diagnostics: diagnostics.map(plain),
    accepted: accepted.map(({ diagnostic, why }) => ({ ...plain(diagnostic), why })),
    chains: chains.flatMap((chain) =>
      chain.links.map((link) => ({
        clause: chain.clause,
        rule: chain.rule,
        period: link.limit.period,
        promise: `${link.limit.duration.unit}(${link.limit.duration.amount})`,
        recipient: link.holder,
        worst: link.steps.map(({ delay }) =>
          typeof delay === "string" ? delay : `${delay.unit}(${delay.amount})`,
        ),
        verdict: link.verdict,
        binding: link === chain.binding,
        remedies: remediesOf(chain, link),
      })),
    ),
  };
}

function countsOf({ figures, bound, exempt, rules, said }: NonNullable<AgreementCheck["coverage"]>) {
  return { figures, bound, exempt, rules, said };
}

function plain({ severity, code, file, line, column, clause, says, remedy }: Diagnostic) {
  return { severity, code, file, line, column, ...(clause === undefined ? {} : { clause }), says, remedy };
}

const WORDS = {
  en: {
    figures: "figures",
    rules: "rules",
    of: "of",
    bound: "bound",
    said: "said",
    exempt: "exempt",
    accepted: "accepted",
    clause: "clause",
    rule: "rule",
    promise: "promise",
    via: "via",
    worst: "worst case",
    verdict: "verdict",
  },
  fr: {
    figures: "chiffres",
    rules: "règles",
    of: "sur",
    bound: "rattachés",
    said: "dites",
    exempt: "exempts",
    accepted: "acceptés",
    clause: "clause",
    rule: "règle",
    promise: "promesse",
    via: "par",
    worst: "au pire",
    verdict: "résultat",
  },
} as const;

/** The coverage on one line, and the chains as a table; the link that decides bears a star. */
export function formatAnswer({ coverage, chains, accepted }: AgreementCheck, language: Language): string {
  const words = WORDS[language];
  if (coverage === undefined) return "";
  const counts = [
    `${words.figures} ${coverage.bound} ${words.of} ${coverage.figures} ${words.bound}`,
    `${words.rules} ${coverage.said} ${words.of} ${coverage.rules} ${words.said}`,
    ...(coverage.exempt === 0 ? [] : [`${coverage.exempt} ${words.exempt}`]),
    ...(accepted.length === 0 ? [] : [`${accepted.length} ${words.accepted}`]),
  ].join(" · ");
  const head = [words.clause, words.rule, words.promise, words.via, words.worst, words.verdict];
  const rows = chains.flatMap((chain) => chain.links.map((link) => rowOf(chain, link, language)));
  return `${counts}\n${rows.length === 0 ? "" : `\n${alignedTable([head, ...rows])}`}`;
}

function rowOf(chain: Chain, link: ChainLink, language: Language): readonly string[] {
  const mark = link === chain.binding && chain.links.length > 1 ? " *" : "";
  return [
    chain.clause,
    chain.rule,
    sayDuration(link.limit.duration)[language],
    link.holder,
    link.steps.map(({ delay }) => sayDelay(delay, language)).join(" + "),
    `${link.verdict}${mark}`,
  ];
}

const DELAYS = {
  en: { none: "no copy", unknown: "not documented", never: "never" },
  fr: { none: "aucune copie", unknown: "non documenté", never: "jamais" },
} as const;

function sayDelay(delay: ChainStep["delay"], language: Language): string {
  return typeof delay === "string" ? DELAYS[language][delay] : sayDuration(delay)[language];
}
