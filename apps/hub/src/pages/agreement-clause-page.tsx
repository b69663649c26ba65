/** One clause: its text, its rule, its clock, what keeps it, and what is known against it. */
import { Button, Definition, Notice, usePage } from "@preau/web";
import type { AgreementBook } from "../agreement-book.ts";
import { agreementTextsOf } from "../agreement-texts.ts";
import { figureOf } from "../clause-figure.ts";
import { type ClauseEntry, isChapter } from "../clause-index.ts";
import { rulesOf } from "../clause-rules.ts";
import { Markdown } from "./agreement-markdown.tsx";
import { AgreementRules } from "./agreement-rules.tsx";
import { ClauseClock, type ClauseClockProps } from "./clause-clock.tsx";
import { ClauseFindings } from "./clause-findings.tsx";
import { clausePath } from "./clause-link.tsx";
import { ClauseProof, type ClauseProofProps } from "./clause-proof.tsx";

export interface AgreementClauseProps extends Pick<ClauseClockProps, "place" | "from" | "examples"> {
  readonly book: AgreementBook;
  readonly entry: ClauseEntry;
  /** The French text, where it binds and the reader reads another. */
  readonly bindingText: string | undefined;
  /** Clauses under this one. */
  readonly within: readonly ClauseEntry[];
  readonly previous: ClauseEntry | undefined;
  readonly next: ClauseEntry | undefined;
  readonly proof: Omit<ClauseProofProps, "entry">;
}

export function AgreementClausePage(props: AgreementClauseProps) {
  const { book, entry, within, previous, next, place, from, examples } = props;
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const { agreement } = book;
  const rules = rulesOf(agreement, entry.id);
  const summary = entry.listed?.words[language];
  const figure = figureOf(agreement, entry.id, {
    language,
    listed: entry.listed,
    inText: entry.text !== undefined,
  });
  return (
    <>
      <p class="over">
        <a href={`/agreement#${entry.id}`}>{words.clauses}</a> · {entry.id}
      </p>
      <h1 lang={entry.language === language ? undefined : entry.language}>{entry.title}</h1>
      {summary !== undefined && summary !== entry.title && <p class="lead">{summary}</p>}
      {(figure !== undefined || entry.listed?.words.who !== undefined) && (
        <Definition
          narrow
          entries={[
            ...(figure === undefined ? [] : [[words.figure, figure] as const]),
            ...(entry.listed?.words.who === undefined
              ? []
              : [[words.who, entry.listed.words.who[language]] as const]),
          ]}
        />
      )}
      <ClauseText {...props} />
      {within.length > 0 && (
        <>
          <h2>{words.inChapter}</h2>
          <ul>
            {within.map((each) => (
              <li key={each.id}>
                <a href={clausePath(each.id)}>
                  {each.id} · {each.title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {!isChapter(entry) && (
        <>
          <h2 id="rule">{words.ruleTitle}</h2>
          <AgreementRules agreement={agreement} clause={entry.id} rules={rules} />
          {rules.periods.length > 0 && (
            <ClauseClock
              {...{ agreement, place, from, examples }}
              clause={entry.id}
              periods={rules.periods}
            />
          )}
          <ClauseProof entry={entry} {...props.proof} />
          <ClauseFindings book={book} clause={entry.id} />
        </>
      )}
      <nav class="actions" aria-label={words.clauses}>
        {previous !== undefined && (
          <Button kind="secondary" href={clausePath(previous.id)}>
            ← {previous.id}
          </Button>
        )}
        {next !== undefined && (
          <Button kind="secondary" href={clausePath(next.id)}>
            {next.id} →
          </Button>
        )}
        <a href={`/agreement#${entry.id}`}>{words.backToIndex}</a>
      </nav>
    </>
  );
}

function ClauseText({ book, entry, bindingText }: AgreementClauseProps) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  if (entry.text === undefined) {
    return (
      <Notice kind="info" title={words.textTitle}>
        <p>{words.notInText}</p>
      </Notice>
    );
  }
  if (entry.text === "") return null;
  const note =
    bindingText !== undefined
      ? words.translation
      : book.agreement.texts.en === undefined
        ? words.noTranslation
        : words.binding;
  return (
    <>
      <h2 id="text">{words.textTitle}</h2>
      <div class="text" lang={entry.language === language ? undefined : entry.language}>
        <Markdown text={entry.text} />
      </div>
      <p class="hint">{note}</p>
      {bindingText !== undefined && (
        <details>
          <summary>{words.bindingText}</summary>
          <div class="text" lang="fr">
            <Markdown text={bindingText} />
          </div>
        </details>
      )}
    </>
  );
}
