/** The list of addresses that nobody writes to: why, since when, until when, and a question about one of them. */
import type { Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Notice, Table } from "@preau/web";
import { counts } from "../suppress-address.ts";
import type { Suppression, SuppressionRules } from "../suppression.ts";
import { textsOf } from "../texts.ts";

export interface SuppressedPageProps {
  readonly language: Language;
  readonly entries: readonly Suppression[];
  readonly rules: SuppressionRules;
  /** Whether entries of several clients stand in it. */
  readonly several: boolean;
  /** The answer to a question; `none` for what is no address. */
  readonly asked?: readonly Suppression[] | "none";
}

export function SuppressedPage(props: SuppressedPageProps) {
  const { language, entries } = props;
  const words = textsOf(language).suppressed;
  return (
    <>
      <p class="over">
        <a href="/mail">{textsOf(language).title}</a>
      </p>
      <h1>
        {words.title} <Clause id="DC" />
      </h1>
      <p class="lead">{words.lead}</p>
      <Asked {...props} />
      <Entries {...props} rows={entries} caption={words.list} />
      <h2>{words.ask}</h2>
      <Form action="/mail/suppressed/ask">
        <Field
          name="address"
          type="email"
          label={words.address}
          hint={words.askHint}
          required
          autocomplete="off"
        />
        <Button kind="secondary">{words.askButton}</Button>
      </Form>
      <h2>{words.add}</h2>
      <Form action="/mail/suppressed/add">
        {props.several && <Field name="controller" label={words.controller} required />}
        <div class="field">
          <label for="added">{words.address}</label>
          <input id="added" name="address" type="email" required autocomplete="off" />
        </div>
        <p class="hint">{words.addHint(props.rules.manual.days)}</p>
        <Button kind="secondary">{words.addButton}</Button>
      </Form>
    </>
  );
}

function Asked({ asked, ...props }: SuppressedPageProps) {
  const words = textsOf(props.language).suppressed;
  if (asked === undefined) return null;
  if (asked === "none") return <Notice kind="warn" title={words.noAddress} />;
  if (asked.length === 0) return <Notice kind="info" title={words.isNotOn} />;
  return (
    <>
      <Notice kind="warn" title={words.isOn} />
      <Entries {...props} rows={asked} caption={words.found} />
    </>
  );
}

function Entries({
  language,
  rules,
  several,
  rows,
  caption,
}: SuppressedPageProps & { readonly rows: readonly Suppression[]; readonly caption: string }) {
  const words = textsOf(language).suppressed;
  return (
    <Table<Suppression>
      caption={caption}
      empty={words.empty}
      stacked
      columns={[
        { title: words.entry, cell: ({ id }) => <code>{id}</code> },
        ...(several ? [{ title: words.client, cell: ({ controller }: Suppression) => controller }] : []),
        {
          title: words.why,
          cell: ({ kind, strikes }) => (
            <>
              {words.kinds[kind]}
              {!counts(rules, kind, strikes) && (
                <span class="below">{words.counted(strikes, rules[kind].after)}</span>
              )}
            </>
          ),
        },
        { title: words.since, cell: ({ since }) => <Moment at={since} /> },
        { title: words.until, cell: ({ until }) => <Moment at={until} /> },
        {
          title: words.deed,
          cell: ({ id }) => (
            <Form action={`/mail/suppressed/${id}/remove`} class="inline">
              <Button kind="secondary">{words.remove}</Button>
            </Form>
          ),
        },
      ]}
      rows={rows}
    />
  );
}
