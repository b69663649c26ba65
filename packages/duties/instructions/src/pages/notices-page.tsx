/** What both sides told each other, and the form that tells. */
import type { ControllerId, Instant, Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Table } from "@preau/web";
import { type Notice, noticeCategories } from "../notice.ts";
import { textsOf } from "../texts.ts";
import { ChooseClient, type Refused, RefusedNotice, sentIn } from "./writing-fields.tsx";

export interface ListedNotice extends Notice {
  /** When it is reminded of, while nobody has acknowledged it. */
  readonly dueAt?: Instant | undefined;
}

export interface NoticesPageProps {
  readonly language: Language;
  readonly notices: readonly ListedNotice[];
  readonly several: boolean;
  readonly writes: boolean;
  /** For whom one is written: the own client, or the one that was chosen. */
  readonly controller: ControllerId | undefined;
  readonly clients: readonly { readonly id: string; readonly name: string }[];
  readonly press: string;
  readonly refused?: Refused | undefined;
}

export function NoticesPage(props: NoticesPageProps) {
  const { language, notices, several, writes, controller, clients, press, refused } = props;
  const words = textsOf(language);
  const sent = sentIn(refused, language);
  const client = { title: words.client, cell: ({ controller: whose }: ListedNotice) => whose };
  return (
    <>
      <p class="over">
        <a href="/instructions">{words.title}</a>
      </p>
      <h1>
        {words.notices} <Clause id="D6.1d" />
      </h1>
      <p class="lead">{words.noticesLead}</p>
      <Table<ListedNotice>
        caption={words.notices}
        empty={words.noticesEmpty}
        stacked
        columns={[
          {
            title: words.category,
            cell: ({ id, category }) => <a href={`/notices/${id}`}>{words.noticeCategories[category]}</a>,
          },
          ...(several ? [client] : []),
          { title: words.noticeTo, cell: ({ towards }) => words.towards[towards] },
          { title: words.noticeWritten, cell: ({ writtenAt }) => <Moment at={writtenAt} /> },
          {
            title: words.noticeAcknowledged,
            cell: ({ acknowledged, dueAt }) =>
              acknowledged === undefined ? (
                <>
                  {words.noticeWaiting}
                  {dueAt !== undefined && (
                    <span class="below">
                      <Moment at={dueAt} />
                    </span>
                  )}
                </>
              ) : (
                <Moment at={acknowledged.at} />
              ),
          },
        ]}
        rows={notices}
      />
      {writes && (
        <>
          <h2>{words.noticeNew}</h2>
          <RefusedNotice refused={refused} />
          {controller === undefined ? (
            <ChooseClient {...{ language, clients }} action="/notices" />
          ) : (
            <Form action="/notices">
              <input type="hidden" name="controller" value={controller} />
              <input type="hidden" name="press" value={press} />
              {several && <p class="hint">{controller}</p>}
              <Field
                name="category"
                label={words.category}
                options={noticeCategories.map((each) => [each, words.noticeCategories[each]] as const)}
                {...sent("category")}
              />
              <Field
                name="text"
                type="textarea"
                label={words.noticeText}
                hint={words.noticeTextHint}
                required
                {...sent("text")}
              />
              <Field name="clause" label={words.noticeClause} {...sent("clause")} />
              <Button>{words.noticeSend}</Button>
            </Form>
          )}
        </>
      )}
    </>
  );
}
