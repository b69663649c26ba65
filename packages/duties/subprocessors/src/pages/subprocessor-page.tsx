/** One subprocessor: what annex C says of it, what is on file, what is missing. */
import type { Agreement } from "@preau/agreement";
import type { Language } from "@preau/kernel";
import { Button, Clause, Definition, Notice } from "@preau/web";
import { pageTextsOf } from "../page-texts.ts";
import type { Finding, RegisteredSubprocessor } from "../subprocessor.ts";
import { entryPairs, factPairs, Tree } from "./entry-parts.tsx";

export interface SubprocessorPageProps {
  readonly language: Language;
  readonly agreement: Agreement;
  readonly one: RegisteredSubprocessor;
  readonly prepares: boolean;
}

export function SubprocessorPage({ language, agreement, one, prepares }: SubprocessorPageProps) {
  const words = pageTextsOf(language);
  const { entry, facts, findings, recipient } = one;
  return (
    <>
      <p class="over">
        <a href="/subprocessors">{words.title}</a>
      </p>
      <h1>
        {entry.name} <Clause id={entry.clause} />
      </h1>
      <p class="lead">{entry[language]}</p>
      {prepares && findings.length > 0 && <Findings findings={findings} language={language} />}
      <Definition entries={entryPairs(entry, agreement, language)} />
      <h2>
        {words.guarantees} <Clause id="D8.5" />
      </h2>
      <Definition entries={factPairs(facts, language)} />
      <h2>{words.tree}</h2>
      {facts.subprocessors.length === 0 ? (
        <p>{words.treeEmpty}</p>
      ) : (
        <Tree of={facts.subprocessors} language={language} />
      )}
      {prepares && (
        <p>
          <Button href={`/subprocessors/${recipient}/facts`}>{words.complete}</Button>
        </p>
      )}
    </>
  );
}

function Findings({
  findings,
  language,
}: {
  readonly findings: readonly Finding[];
  readonly language: Language;
}) {
  const words = pageTextsOf(language);
  const shuts = findings.some((each) => each.shuts);
  return (
    <Notice kind={shuts ? "danger" : "warn"} title={words.missing}>
      <ul>
        {findings.map(({ code, clause, says, remedy, shuts: closes }) => (
          <li key={code}>
            <Clause id={clause} /> {says[language]} {closes && words.shuts}
            <span class="below">{remedy[language]}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
