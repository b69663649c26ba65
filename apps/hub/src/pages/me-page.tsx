/** What a sign-in kept and dropped, and by which clause. @clause D4.1, DB.K.gar-teacher */
import type { Agreement } from "@preau/agreement";
import type { Language } from "@preau/kernel";
import { Button, Clause, Definition, Notice, type SessionData, sayNumber, Table } from "@preau/web";
import { textsOf } from "../texts.ts";

export interface KeptCategory {
  readonly category: string;
  readonly clause: string;
}
interface DroppedAttribute {
  readonly attribute: string;
  /** A category of the agreement, or `unlisted`: annex B has none for it. */
  readonly category: string;
  readonly clause: string;
}

export interface MePageProps {
  readonly language: Language;
  readonly agreement: Agreement;
  readonly data: SessionData;
  readonly displayName: string | undefined;
  readonly kept: readonly KeptCategory[];
  readonly dropped: readonly DroppedAttribute[];
  /** Systems in which an account is linked. */
  readonly accounts: readonly string[];
  /** Of the support, not read yet. */
  readonly answers: number;
}

const unlisted = "unlisted";

export function MePage(props: MePageProps) {
  const { language, agreement, data } = props;
  const words = textsOf(language);
  const titleOf = (category: string) =>
    agreement.categories.find((each) => each.id === category)?.[language] ?? category;
  const roleTitle = agreement.roles.find((each) => each.id === data.role)?.[language] ?? data.role ?? "–";
  return (
    <>
      <h1>{words.meTitle}</h1>
      <p class="lead">{words.meLead}</p>
      {props.answers > 0 && (
        <Notice kind="info" title={`${words.answersWait} ${sayNumber(props.answers, language)}`}>
          <p>
            <a href="/support">{words.readAnswers}</a>
          </p>
        </Notice>
      )}
      <Definition
        entries={[
          [words.signedInAs, props.displayName ?? "–"],
          [words.role, roleTitle],
          [words.origin, data.origin === "gar" ? words.originGar : words.originOutsideGar],
          [words.accounts, props.accounts.length === 0 ? words.accountsNone : props.accounts.join(", ")],
          [words.subject, <code key="subject">{data.subject}</code>],
        ]}
      />
      <Table
        caption={words.keptTitle}
        empty={words.keptEmpty}
        columns={[
          { title: words.category, cell: (row) => titleOf(row.category) },
          { title: words.clause, cell: (row) => <Clause id={row.clause} /> },
        ]}
        rows={props.kept}
      />
      <Table
        caption={words.droppedTitle}
        empty={words.droppedEmpty}
        columns={[
          { title: words.attribute, cell: (row) => <code>{row.attribute}</code> },
          {
            title: words.category,
            cell: (row) => (row.category === unlisted ? words.droppedUnnamed : titleOf(row.category)),
          },
          { title: words.clause, cell: (row) => <Clause id={row.clause} /> },
        ]}
        rows={props.dropped}
      />
      <div class="actions">
        <Button kind="danger" href="/account/deletion">
          {words.deleteAccount}
        </Button>
      </div>
    </>
  );
}
