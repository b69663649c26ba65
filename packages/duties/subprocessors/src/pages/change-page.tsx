/** One change as the publisher sees it: what clients read, where they stand, what can be done. Towards D8.2, D8.3, D8.4. */
import type { Agreement } from "@preau/agreement";
import type { Language } from "@preau/kernel";
import {
  Button,
  Clause,
  Definition,
  Field,
  Form,
  Moment,
  Notice,
  sayMoment,
  sayNumber,
  Table,
  usePage,
} from "@preau/web";
import type { Change } from "../change.ts";
import { type Delivery, deliveries, type Notice as SentNotice } from "../notice.ts";
import { pageTextsOf } from "../page-texts.ts";
import type { Standing } from "../standing.ts";
import { ChangeContent } from "./notice-parts.tsx";

export interface NoticeLine {
  readonly notice: SentNotice;
  readonly client: string;
  readonly standing: Standing;
}

export interface ChangePageProps {
  readonly language: Language;
  readonly agreement: Agreement;
  readonly change: Change;
  /** Clients under contract now: whom an announcement would reach. */
  readonly clients: number;
  readonly counts: Readonly<Record<Delivery | "received" | "objected", number>>;
  readonly lines: readonly NoticeLine[];
  /** Where the next page begins. */
  readonly after?: string;
  readonly search: string;
  readonly decides: boolean;
}

export function ChangePage(props: ChangePageProps) {
  const { language, agreement, change, decides } = props;
  const words = pageTextsOf(language);
  return (
    <>
      <p class="over">
        <a href="/subprocessors">{words.title}</a>
      </p>
      <h1>
        {change.entry.name} <Clause id="D8.2" />
      </h1>
      <p class="lead">
        {words.kinds[change.kind]} · {words.states[change.state]}
        {change.announcedAt !== undefined && (
          <>
            {" · "}
            {change.state !== "announced" && `${words.announcedOn} `}
            <Moment at={change.announcedAt} />
          </>
        )}
      </p>
      {decides && <Decisions {...props} />}
      {change.state !== "draft" && <Clients {...props} />}
      <h2>{words.asRead}</h2>
      <ChangeContent {...{ language, agreement, change }} />
    </>
  );
}

function Decisions({ language, change, clients }: ChangePageProps) {
  const words = pageTextsOf(language);
  const path = `/subprocessors/changes/${change.id}`;
  if (change.state === "withdrawn") return null;
  if (change.state === "announced")
    return (
      <Form action={`${path}/withdrawal`}>
        <p class="hint">{words.withdrawHint}</p>
        <Button kind="danger">{words.withdraw}</Button>
      </Form>
    );
  return (
    <div class="stack">
      <Form action={`${path}/announcement`}>
        <p class="hint">{words.announceHint(sayNumber(clients, language))}</p>
        <Button>{words.announce}</Button>
      </Form>
      <Form action={`${path}/deletion`}>
        <Button kind="secondary">{words.discard}</Button>
      </Form>
    </div>
  );
}

function Clients({ language, change, counts, lines, after, search }: ChangePageProps) {
  const words = pageTextsOf(language);
  const page = usePage();
  const path = `/subprocessors/changes/${change.id}`;
  return (
    <>
      <h2>{words.counts}</h2>
      <Definition
        narrow
        entries={[
          ...deliveries
            .filter((each) => counts[each] > 0)
            .map((each) => [words.deliveries[each], sayNumber(counts[each], language)] as const),
          [words.received, sayNumber(counts.received, language)],
          [words.standings.OBJECTED, sayNumber(counts.objected, language)],
        ]}
      />
      <Form action={path} method="get" class="filters">
        <Field name="client" type="search" label={words.search} value={search} />
        <Button kind="secondary">{words.find}</Button>
      </Form>
      <Table<NoticeLine>
        caption={words.counts}
        empty={words.noticesEmpty}
        stacked
        columns={[
          {
            title: words.client,
            cell: ({ client, notice }) => <a href={`/subprocessors/notices/${notice.id}`}>{client}</a>,
          },
          { title: words.delivery, cell: ({ notice }) => words.deliveries[notice.delivery] },
          {
            title: words.received,
            cell: ({ notice }) =>
              notice.receipt === undefined ? words.notYet : <Moment at={notice.receipt.receivedAt} />,
          },
          { title: words.clientStands, cell: ({ standing }) => words.standings[standing.is] },
          {
            title: words.opens,
            cell: ({ standing }) => ("window" in standing ? sayMoment(standing.window.opensAt, page) : "–"),
          },
        ]}
        rows={lines}
      />
      {after !== undefined && (
        <p>
          <Button
            kind="secondary"
            href={`${path}?after=${encodeURIComponent(after)}&client=${encodeURIComponent(search)}`}
          >
            {words.older}
          </Button>
        </p>
      )}
    </>
  );
}

/** The link that is handed over, shown once. */
export function HandedLink({ language, link }: { readonly language: Language; readonly link: string }) {
  const words = pageTextsOf(language);
  return (
    <Notice kind="ok" title={words.handedOver}>
      <p>
        <code>{link}</code>
      </p>
    </Notice>
  );
}
