/** One export: how far it is, its link, who fetched it, the button that ends it. */
import { actorRoles, type Language } from "@preau/kernel";
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
import { type ExportOrder, isThere, liveStates, packageNameOf } from "../export-order.ts";
import { clauseOf } from "../export-order-events.ts";
import { shownState } from "../export-order-list.ts";
import type { Fetch } from "../store/fetches.ts";
import { textsOf } from "../texts.ts";
import { sayBytes } from "./say-bytes.ts";

export interface ExportPageProps {
  readonly language: Language;
  readonly order: ExportOrder;
  readonly fetches: readonly Fetch[];
  /** What it is about, as the store or the directory calls it without a name. */
  readonly about: string;
  readonly decides: boolean;
  readonly namesInstruction: boolean;
  /** Shown once: what was made by this very request. */
  readonly passphrase?: string | undefined;
  readonly link?: string | undefined;
}

export function ExportPage(props: ExportPageProps) {
  const { language, order, fetches, about, decides, passphrase, link } = props;
  const words = textsOf(language);
  const { now } = usePage();
  const state = shownState(order, now);
  const waits = state === "ordered" || state === "running";
  return (
    <>
      <p class="over">
        <a href="/exports">{words.title}</a> · {order.controller}
      </p>
      <h1>
        {words.kinds[order.what.kind]} <Clause id={clauseOf(order.what.kind)} />
      </h1>
      {passphrase !== undefined && (
        <Notice kind="warn" title={words.passphrase}>
          <p>
            <code class="key">{passphrase}</code>
          </p>
          <p>{words.passphraseOnce}</p>
          <p>
            <a href={`/exports/${order.id}`}>{words.follow}</a>
          </p>
        </Notice>
      )}
      {link !== undefined && (
        <Notice kind="warn" title={words.link}>
          <p>
            <code class="key">{link}</code>
          </p>
          <p>{words.linkOnce}</p>
          {order.linkUntil !== undefined && (
            <p>
              {words.linkGood} <Moment at={order.linkUntil} />.
            </p>
          )}
        </Notice>
      )}
      <Facts {...{ language, order, about, state }} />
      {waits && passphrase === undefined && (
        <p class="soft">
          {words.refreshing} {words.resumed}
        </p>
      )}
      {isThere(order, now) && <Link {...props} />}
      {order.madeAt !== undefined && (
        <Table<Fetch>
          caption={words.downloads}
          empty={words.downloadsEmpty}
          stacked
          columns={[
            { title: words.begun, cell: ({ begunAt }) => <Moment at={begunAt} /> },
            {
              title: words.ended,
              cell: ({ endedAt }) => (endedAt === undefined ? "–" : <Moment at={endedAt} />),
            },
            { title: words.outcome, cell: ({ outcome }) => words.outcomes[outcome] },
          ]}
          rows={fetches}
        />
      )}
      {decides && (liveStates as readonly string[]).includes(order.state) && (
        <Form action={`/exports/${order.id}/cancellation`}>
          <p class="hint">{words.cancelHint}</p>
          <Instruction {...props} />
          <Button kind="danger">{words.cancel}</Button>
        </Form>
      )}
    </>
  );
}

function Facts({
  language,
  order,
  about,
  state,
}: Pick<ExportPageProps, "language" | "order" | "about"> & {
  readonly state: ReturnType<typeof shownState>;
}) {
  const words = textsOf(language);
  const { protection, files, contentBytes, bytes, sha256, failure } = order;
  const counts = [files, sayNumber(files, language), sayBytes(contentBytes, language)] as const;
  const locked = "recipients" in protection ? "recipients" : protection.kind;
  return (
    <Definition
      narrow
      entries={[
        [words.state, words.states[state]],
        [words.about, about],
        [words.orderedAt, <Moment key="at" at={order.orderedAt} />],
        [words.orderedBy, actorRoles[order.orderedBy][language]],
        ...(order.reference === undefined ? [] : [[words.reference, order.reference] as const]),
        ...(order.instruction === undefined
          ? []
          : [[words.onInstruction, <code key="instruction">{order.instruction}</code>] as const]),
        ...(order.about === undefined
          ? []
          : [[words.forRequest, <code key="request">{order.about}</code>] as const]),
        [words.protectedBy, words.protections[locked]],
        [words.packageLanguage, words.languages[order.language]],
        ...(order.madeAt === undefined
          ? [[words.progress, words.progressOf(...counts)] as const]
          : [
              [words.madeAt, <Moment key="made" at={order.madeAt} />] as const,
              [words.contents, words.contentsOf(...counts)] as const,
              [words.file, <code key="file">{packageNameOf(order)}</code>] as const,
            ]),
        ...(bytes === undefined ? [] : [[words.size, sayBytes(bytes, language)] as const]),
        ...(sha256 === undefined ? [] : [[words.sha256, <code key="sha">{sha256}</code>] as const]),
        ...(failure === undefined ? [] : [[words.failure, <code key="failure">{failure}</code>] as const]),
        ...(order.destroyBy === undefined || order.overAt !== undefined
          ? []
          : [[words.until, <Moment key="until" at={order.destroyBy} />] as const]),
        ...(order.overAt === undefined
          ? []
          : [[words.over, <Moment key="over" at={order.overAt} />] as const]),
      ]}
    />
  );
}

/** A link that is open is not shown again: its token is nowhere. */
function Link({ language, order, decides, link }: ExportPageProps) {
  const words = textsOf(language);
  const page = usePage();
  const { linkUntil, state } = order;
  const isOpen = state === "ready" && linkUntil !== undefined && page.now <= linkUntil;
  return (
    <>
      <h2>{words.link}</h2>
      {link === undefined && <p>{isOpen ? words.linkUntil(sayMoment(linkUntil, page)) : words.linkNone}</p>}
      {decides && (
        <Form action={`/exports/${order.id}/link`}>
          <p class="hint">
            {words.linkHint}
            {isOpen && ` ${words.linkAgainHint}`}
          </p>
          <Button kind={isOpen ? "secondary" : "primary"}>{isOpen ? words.linkAgain : words.linkMake}</Button>
        </Form>
      )}
    </>
  );
}

function Instruction({ language, namesInstruction }: Pick<ExportPageProps, "language" | "namesInstruction">) {
  const words = textsOf(language);
  return namesInstruction ? (
    <Field name="reference" label={words.reference} hint={words.referenceHint} required />
  ) : null;
}
