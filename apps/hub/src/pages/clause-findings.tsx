/** What the agreement's own check finds under a clause: contradictions, unknowns, and whether its figure can be kept. */
import { type Chain, type Diagnostic, formatChain } from "@preau/agreement";
import { Notice, usePage } from "@preau/web";
import type { AgreementBook } from "../agreement-book.ts";
import { agreementTextsOf } from "../agreement-texts.ts";
import { Markdown } from "./agreement-markdown.tsx";

export function ClauseFindings({ book, clause }: { readonly book: AgreementBook; readonly clause: string }) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const findings = book.diagnostics.filter((each) => each.clause === clause);
  const accepted = book.accepted.filter(({ diagnostic }) => diagnostic.clause === clause);
  const chains = book.chains.filter((each) => each.clause === clause);
  return (
    <>
      <h2 id="findings">{words.findingsTitle}</h2>
      {findings.length + accepted.length + chains.length === 0 && <p class="soft">{words.findingsNone}</p>}
      {chains.map((chain) => (
        <ChainNotice key={chain.rule} chain={chain} />
      ))}
      {findings.map((each, index) => (
        <Notice key={index} kind={KINDS[each.severity]} title={titleOf(each, words)}>
          <Markdown text={each.says[language]} />
          <Markdown text={`**${words.remedy}** · ${each.remedy[language]}`} />
        </Notice>
      ))}
      {accepted.map(({ diagnostic, why }, index) => (
        <Notice key={index} kind="info" title={`${diagnostic.code}, ${words.accepted}`}>
          <Markdown text={diagnostic.says[language]} />
          <Markdown text={why[language]} />
        </Notice>
      ))}
    </>
  );
}

const KINDS = { error: "danger", warning: "warn", unknown: "warn" } as const;

function titleOf({ code, severity }: Diagnostic, words: ReturnType<typeof agreementTextsOf>): string {
  return severity === "unknown" ? `${code}, ${words.chainUnknown} (UNKNOWN)` : code;
}

/** The verdict, and the copy that decides. What can be done stands with the finding that goes with it. */
function ChainNotice({ chain }: { readonly chain: Chain }) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const said = { PASS: words.chainHolds, REFUTED: words.chainBroken, UNKNOWN: words.chainUnknown };
  const kinds = { PASS: "ok", REFUTED: "danger", UNKNOWN: "warn" } as const;
  const [, decides = ""] = formatChain(chain, language).split("\n");
  return (
    <Notice
      kind={kinds[chain.verdict]}
      title={`${words.chainsTitle} ${said[chain.verdict]} (${chain.verdict})`}
    >
      <p>{decides.trim()}</p>
    </Notice>
  );
}
