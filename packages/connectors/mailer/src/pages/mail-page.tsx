/** The latest messages, what hinders them, and the way to each. */
import type { Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Notice, Table } from "@preau/web";
import { type MessageLine, type MessageState, messageStates } from "../message-line.ts";
import { textsOf } from "../texts.ts";
import { sayReason, sayState } from "./say-message.ts";

export interface MailPageProps {
  readonly language: Language;
  readonly messages: readonly MessageLine[];
  readonly subjectOf: (line: MessageLine) => string | undefined;
  readonly transport: string | undefined;
  /** How many came back or were given up. */
  readonly troubled: number;
  readonly waiting: boolean;
  /** May this reader read what is written? */
  readonly reads: boolean;
  readonly several: boolean;
  readonly state: MessageState | undefined;
}

export function MailPage(props: MailPageProps) {
  const { language, messages, subjectOf, several, state } = props;
  const words = textsOf(language);
  return (
    <>
      <h1>
        {words.title} <Clause id="DC" />
      </h1>
      <p class="lead">{words.lead}</p>
      <Notices {...props} />
      {several && (
        <p>
          <a href="/mail/suppressed">{words.suppressed.title}</a>
          {" · "}
          <a href="/mail/templates">{words.templates.title}</a>
        </p>
      )}
      <Form action="/mail" method="get" class="filters">
        <Field
          name="state"
          label={words.filter}
          value={state ?? "all"}
          options={(["all", ...messageStates] as const).map((each) => [each, words.filters[each]])}
        />
        <Button kind="secondary">{words.show}</Button>
      </Form>
      <Table<MessageLine>
        caption={words.list}
        empty={words.empty}
        stacked
        columns={[
          {
            title: words.message,
            cell: (line) => <a href={`/mail/${line.id}`}>{subjectOf(line) ?? words.unknownTemplate}</a>,
          },
          ...(several ? [{ title: words.client, cell: ({ controller }: MessageLine) => controller }] : []),
          {
            title: words.state,
            cell: (line) => (
              <>
                {sayState(line, words)}
                {line.reason !== undefined && <span class="below">{sayReason(line.reason, words)}</span>}
              </>
            ),
          },
          { title: words.queuedAt, cell: ({ queuedAt }) => <Moment at={queuedAt} /> },
          {
            title: words.settledAt,
            cell: ({ settledAt }) => (settledAt === undefined ? "–" : <Moment at={settledAt} />),
          },
        ]}
        rows={messages}
      />
    </>
  );
}

function Notices({ language, transport, troubled, waiting, reads }: MailPageProps) {
  const words = textsOf(language);
  return (
    <>
      {transport === undefined && (
        <Notice kind={waiting ? "warn" : "info"} title={words.noTransport}>
          <p>{words.noTransportMore}</p>
        </Notice>
      )}
      {transport === "catcher" && (
        <Notice kind="info" title={words.catcher}>
          {reads && <p>{words.catcherMore}</p>}
        </Notice>
      )}
      {troubled > 0 && (
        <Notice kind="warn" title={words.trouble(troubled)}>
          <p>{words.troubleMore}</p>
        </Notice>
      )}
    </>
  );
}
