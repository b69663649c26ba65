/** The first page: what this is, what is due for those who keep the agreement, and the walk that shows it to a visitor. */
import type { Agreement } from "@preau/agreement";
import type { Language } from "@preau/kernel";
import { Button, Countdown, Definition, Notice, type SessionData, sayNumber, Table } from "@preau/web";
import { agreementTextsOf } from "../agreement-texts.ts";
import type { ClauseState } from "../clause-list.ts";
import type { PlacedDue } from "../dues.ts";
import { duesTextsOf } from "../dues-texts.ts";
import { textsOf } from "../texts.ts";
import { sayStates } from "./agreement-index-page.tsx";
import { ClauseLink } from "./clause-link.tsx";
import { DueTitle } from "./dues-page.tsx";

export interface HomePageProps {
  readonly language: Language;
  readonly agreement: Agreement;
  readonly agreementHash: string;
  /** Clauses of the product's list by state. */
  readonly counts: Readonly<Record<ClauseState, number>>;
  /** Who reads; undefined for a visitor. */
  readonly reader: SessionData | undefined;
  /** The next ones; undefined for who sees none. */
  readonly dues: readonly PlacedDue[] | undefined;
  readonly moreDues: number;
  readonly opens: (path: string) => boolean;
  /** Path at which a person signs in; undefined where no door is open. */
  readonly door: string | undefined;
  readonly demoSchoolUrl: string | undefined;
  readonly demoMediacentreUrl: string | undefined;
}

export function HomePage(props: HomePageProps) {
  const { language, agreement, agreementHash, counts, dues } = props;
  const words = textsOf(language);
  return (
    <>
      <h1>{words.homeTitle}</h1>
      <p class="lead">{words.homeLead}</p>
      {dues === undefined ? <Walk {...props} /> : <NextDues {...props} dues={dues} />}
      <h2>{words.agreementTitle}</h2>
      <Definition
        entries={[
          [
            words.agreementName,
            <a key="agreement" href="/agreement">
              {agreement[language]}
            </a>,
          ],
          [words.clauses, sayStates(counts, agreementTextsOf(language), language)],
          [words.agreementHash, <code key="hash">{agreementHash.slice(0, 23)}…</code>],
        ]}
      />
      {dues !== undefined && (
        <div class="actions">
          <Button kind="secondary" href="/agreement">
            {words.readAgreement}
          </Button>
          <Button kind="secondary" href="/journal">
            {words.journalTitle}
          </Button>
        </div>
      )}
    </>
  );
}

function NextDues({
  language,
  dues,
  moreDues,
  opens,
}: HomePageProps & { readonly dues: readonly PlacedDue[] }) {
  const words = duesTextsOf(language);
  const all = (
    <p>
      <a href="/dues">{textsOf(language).allDues}</a>
      {moreDues > 0 && ` · ${sayNumber(moreDues, language)} ${textsOf(language).moreWithinMonth}`}
    </p>
  );
  return (
    <>
      <h2>{words.title}</h2>
      {dues.length === 0 ? (
        <Notice kind="ok" title={textsOf(language).noneWithinMonth} />
      ) : (
        <div class="stacked">
          <Table
            caption={textsOf(language).nextDues}
            columns={[
              { title: words.what, cell: (due) => <DueTitle due={due} opens={opens} /> },
              { title: words.clause, cell: (due) => <ClauseLink id={due.clause} /> },
              { title: words.left, cell: (due) => <Countdown until={due.dueAt} /> },
            ]}
            rows={dues}
          />
        </div>
      )}
      {all}
    </>
  );
}

function Walk({ language, reader, door, demoSchoolUrl, demoMediacentreUrl }: HomePageProps) {
  const words = textsOf(language);
  return (
    <>
      <div class="actions">
        {reader === undefined
          ? door !== undefined && <Button href={door}>{words.signIn}</Button>
          : reader.subject !== undefined && <Button href="/me">{words.goToMe}</Button>}
        <Button kind="secondary" href="/agreement">
          {words.readAgreement}
        </Button>
        {demoMediacentreUrl !== undefined && reader === undefined && (
          <Button kind="secondary" href={demoMediacentreUrl}>
            {words.seeMediacentre}
          </Button>
        )}
        {demoSchoolUrl !== undefined && (
          <Button kind="secondary" href={demoSchoolUrl}>
            {words.seeSchool}
          </Button>
        )}
      </div>
      <h2>{words.walkTitle}</h2>
      <ol>
        <li>{words.walkSignIn}</li>
        <li>
          {words.walkSee} <ClauseLink id="DB.K.gar-teacher" />
        </li>
        <li>
          {words.walkErase} <ClauseLink id="D12.2" />
        </li>
        <li>{words.walkProof}</li>
      </ol>
    </>
  );
}
