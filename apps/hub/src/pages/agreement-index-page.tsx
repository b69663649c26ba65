/** The table of clauses: what each says, its figure, who acts, and whether it is kept. */
import type { Language } from "@preau/kernel";
import { Button, Definition, Field, Form, Notice, sayNumber, usePage } from "@preau/web";
import type { AgreementBook } from "../agreement-book.ts";
import { type AgreementTexts, agreementTextsOf } from "../agreement-texts.ts";
import { figureOf } from "../clause-figure.ts";
import { type ClauseEntry, isChapter, languageOfText, type StateFilter } from "../clause-index.ts";
import type { ClauseState as State } from "../clause-list.ts";
import { cutAtClauses } from "../clause-sections.ts";
import { Markdown } from "./agreement-markdown.tsx";
import { ClauseLink, clausePath } from "./clause-link.tsx";
import { ClauseState } from "./clause-state.tsx";
import { annexesTitle, DocumentForms } from "./document-links.tsx";

export interface AgreementIndexProps {
  /** The agreement in force first. */
  readonly books: readonly [AgreementBook, ...AgreementBook[]];
  readonly entries: readonly ClauseEntry[];
  readonly found: readonly ClauseEntry[];
  readonly search: string;
  readonly state: StateFilter;
  readonly counts: Readonly<Record<State, number>>;
}

export function AgreementIndexPage(props: AgreementIndexProps) {
  const { books, entries, found, search, state, counts } = props;
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const [{ agreement, hash, foreign }] = books;
  const filtered = search !== "" || state !== "all";
  const translated = agreement.texts.en !== undefined;
  const shown = new Set(found);
  return (
    <>
      <p class="over">{words.title}</p>
      <h1>{agreement[language]}</h1>
      <p class="lead">{words.lead}</p>
      {foreign && (
        <Notice kind="warn" title={words.foreignTitle}>
          <p>{words.foreign}</p>
        </Notice>
      )}
      <Definition
        entries={[
          [words.state, sayStates(counts, words, language)],
          [words.bindingLanguage, translated ? words.binding : words.noTranslation],
          [words.fingerprint, <code key="hash">{hash}</code>],
          [
            annexesTitle(language),
            <DocumentForms
              key="annexes"
              path="/agreement/annexes"
              name={annexesTitle(language)}
              language={language}
            />,
          ],
        ]}
      />
      {books.map((book) => (
        <Preamble key={book.hash} book={book} />
      ))}
      <h2 id="clauses">{words.clauses}</h2>
      <Form action="/agreement#clauses" method="get" class="filters">
        <Field name="q" label={words.search} type="search" value={search} />
        <Field
          name="state"
          label={words.state}
          value={state}
          options={[
            ["all", words.everyState],
            ["enforced", words.enforced],
            ["planned", words.planned],
            ["by hand", words.byHand],
          ]}
        />
        <Button kind="secondary">{words.filter}</Button>
      </Form>
      {filtered && (
        <p role="status">
          {found.length === 0
            ? words.foundNone
            : `${sayNumber(found.length, language)} ${found.length === 1 ? words.foundOne : words.found}`}{" "}
          · <a href="/agreement#clauses">{words.clearFilter}</a>
        </p>
      )}
      {found.length > 0 && (
        <ClauseTable books={books} rows={filtered ? entries.filter((each) => shown.has(each)) : entries} />
      )}
      <p>
        <small>
          {words.enforcedMeans} {words.plannedMeans} {words.byHandMeans}
        </small>
      </p>
    </>
  );
}

/** What the document says before its first clause. */
function Preamble({ book }: { readonly book: AgreementBook }) {
  const { language } = usePage();
  const own = languageOfText(book, language);
  const { preamble, title } = cutAtClauses(book.agreement.texts[own] ?? "");
  if (preamble === "") return null;
  return (
    <details lang={own === language ? undefined : own}>
      <summary>
        {agreementTextsOf(own).preamble} · {title ?? book.agreement[own]}
      </summary>
      <div class="text">
        <Markdown text={preamble} />
      </div>
    </details>
  );
}

function ClauseTable({ books, rows }: Pick<AgreementIndexProps, "books"> & { rows: readonly ClauseEntry[] }) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const beyond = rows.find(({ text }) => text === undefined);
  const firstOf = new Map(
    books.slice(1).map((book) => [rows.find((each) => each.book === book && each.text !== undefined), book]),
  );
  return (
    <div class="scroll stacked" role="region" aria-label={words.clauses} tabindex={0}>
      <table>
        <thead>
          <tr>
            {[words.clause, words.says, words.figure, words.who, words.state].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.flatMap((entry) => {
            const book = firstOf.get(entry);
            const { id, title } = entry;
            const lang = entry.language === language ? undefined : entry.language;
            return [
              book !== undefined && (
                <GroupRow key="book" id={book.agreement.id} title={book.agreement[language]} />
              ),
              entry === beyond && <GroupRow key="beyond" id="beyond" title={words.beyond} />,
              isChapter(entry) ? (
                <GroupRow key={id} id={id} title={`${id} · ${title}`} lang={lang} />
              ) : (
                <ClauseRow key={id} entry={entry} />
              ),
            ];
          })}
        </tbody>
      </table>
    </div>
  );
}

interface GroupRowProps {
  readonly id: string;
  readonly title: string;
  readonly lang?: string | undefined;
}

function GroupRow({ id, title, lang }: GroupRowProps) {
  return (
    <tr class="group" id={id}>
      <th colspan={5} scope="colgroup" lang={lang}>
        {title}
      </th>
    </tr>
  );
}

function ClauseRow({ entry }: { readonly entry: ClauseEntry }) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const { id, title, listed, text, book } = entry;
  const figure = figureOf(book.agreement, id, { language, listed, inText: text !== undefined });
  const summary = listed?.words[language];
  return (
    <tr id={id}>
      <th scope="row">
        <ClauseLink id={id} />
      </th>
      <td class="says" lang={entry.language === language ? undefined : entry.language}>
        <a class="row" href={clausePath(id)}>
          {title}
        </a>
        {summary !== undefined && summary !== title && (
          <small class="below" lang={language}>
            {summary}
          </small>
        )}
      </td>
      <Labelled label={words.figure} value={figure} />
      <Labelled label={words.who} value={listed?.words.who?.[language]} />
      <td>
        <ClauseState state={listed?.proof.state} />
      </td>
    </tr>
  );
}

/** On a narrow screen, where the column's title is gone, the cell says it; an empty one is left out. */
function Labelled({ label, value }: { readonly label: string; readonly value: string | undefined }) {
  if (value === undefined) return <td class="nothing">–</td>;
  return <td data-label={label}>{value}</td>;
}

/** `87 clauses: 6 enforced, 81 planned, 0 by hand`. */
export function sayStates(
  counts: AgreementIndexProps["counts"],
  words: AgreementTexts,
  language: Language,
): string {
  const total = counts.enforced + counts.planned + counts["by hand"];
  const said = [
    `${sayNumber(counts.enforced, language)} ${words.enforcedCount}`,
    `${sayNumber(counts.planned, language)} ${words.plannedCount}`,
    `${sayNumber(counts["by hand"], language)} ${words.byHandCount}`,
  ].join(", ");
  return `${sayNumber(total, language)} clauses${language === "fr" ? "\u00a0" : ""}: ${said}`;
}
