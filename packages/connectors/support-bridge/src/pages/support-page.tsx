/** The support as a person signed in finds it: answers that wait first, then who helps, then what was written. */
import type { Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Notice } from "@preau/web";
import type { SaidRefusal } from "../http/say-refusal.ts";
import type { SupportOffer } from "../offer-support.ts";
import { type OwnCase, type OwnSupport, unreadIn } from "../person-support.ts";
import type { SupportWords } from "../support-case.ts";
import { textsOf, wordOf } from "../texts.ts";
import { RefusedNotice } from "./refused-notice.tsx";
import { SaidWords } from "./said-words.tsx";

export interface SupportPageProps {
  readonly language: Language;
  /** Undefined where the sign-in says too little of the person. */
  readonly own: OwnSupport | undefined;
  /** Of this form: sent twice it is one message. */
  readonly press: string;
  readonly sent: boolean;
  /** What was typed stays on the form: the page is stored nowhere. */
  readonly refused?: (SaidRefusal & { readonly text: string }) | undefined;
}

export function SupportPage(props: SupportPageProps) {
  const { language, own, sent, refused } = props;
  const { support } = textsOf(language);
  return (
    <>
      <h1>
        {support.title} <Clause id="DC" />
      </h1>
      <p class="lead">{support.lead}</p>
      {refused !== undefined && <RefusedNotice title={support.refused} refused={refused} />}
      {sent && refused === undefined && (
        <Notice kind="ok" title={support.sent}>
          <p>{support.sentMore}</p>
        </Notice>
      )}
      {own !== undefined && own.unread > 0 && (
        <Notice kind="info" title={support.unread(own.unread)}>
          <p>{support.unreadMore}</p>
        </Notice>
      )}
      {own !== undefined && own.unread > 0 && <Conversations language={language} cases={own.cases} />}
      {own === undefined ? <Nobody language={language} /> : <Offer {...props} offer={own.offer} own={own} />}
      {own !== undefined && own.unread === 0 && <Conversations language={language} cases={own.cases} />}
      <h2>{support.rights}</h2>
      <p>{support.rightsLead}</p>
      <p>
        <a href="/requests/new">{support.rightsLink}</a>
      </p>
    </>
  );
}

function Nobody({ language }: { readonly language: Language }) {
  const { support } = textsOf(language);
  return (
    <>
      <h2>{support.noneTitle}</h2>
      <p>{support.nobodyLead}</p>
    </>
  );
}

function Offer({
  offer,
  own,
  ...props
}: SupportPageProps & { readonly offer: SupportOffer; readonly own: OwnSupport }) {
  const { support } = textsOf(props.language);
  if (offer.channel === "desk") return <Desk language={props.language} offer={offer} />;
  if (offer.channel === "none")
    return (
      <>
        <h2>
          {support.noneTitle} <Clause id={offer.clause} />
        </h2>
        <p>{support.noneLead}</p>
      </>
    );
  const goesOn = own.cases.some(({ line }) => line.channel === "form" && line.state !== "closed");
  return (
    <>
      <h2>{goesOn ? support.goOn : support.formTitle}</h2>
      <p>
        {wordOf(support.formWhy, offer.reason)} <Clause id={offer.clause} />
      </p>
      <p>{support.formLead}</p>
      <Form action="/support">
        <input type="hidden" name="press" value={props.press} />
        <Field
          name="text"
          type="textarea"
          required
          label={support.text}
          hint={support.textHint}
          value={props.refused?.text ?? ""}
          autocomplete="off"
        />
        <Button>{support.send}</Button>
      </Form>
    </>
  );
}

/** A link, and never a widget: a page that loads something of the desk tells it who looks at it. */
function Desk({
  language,
  offer,
}: {
  readonly language: Language;
  readonly offer: Extract<SupportOffer, { channel: "desk" }>;
}) {
  const { support } = textsOf(language);
  return (
    <>
      <h2>{support.deskTitle}</h2>
      <p>{support.deskLead}</p>
      <h3>{support.deskReaches}</h3>
      <ul>
        {support.deskReachesItems.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      {offer.chat === undefined ? (
        <p>{support.deskNoLink}</p>
      ) : (
        <>
          <p>{support.deskUnknown}</p>
          <p class="actions">
            <a
              class="button primary"
              href={offer.chat}
              rel="noreferrer noopener"
              referrerpolicy="no-referrer"
            >
              {support.deskOpen}
            </a>
            <span class="hint">{support.deskElsewhere}</span>
          </p>
        </>
      )}
    </>
  );
}

function Conversations({
  language,
  cases,
}: {
  readonly language: Language;
  readonly cases: readonly OwnCase[];
}) {
  const { support } = textsOf(language);
  if (cases.length === 0) return null;
  return (
    <>
      <h2>{support.conversations}</h2>
      <p class="hint">{support.keptHint}</p>
      {cases.map((one) => (
        <section key={one.line.id} class="card thread" aria-label={support.conversations}>
          {one.words.map(({ line, said, held }) => (
            <Message key={line.id} {...{ language, line, held }} text={said?.text} />
          ))}
          {one.line.state === "closed" && unreadIn(one) === 0 && <p class="soft">{support.closed}</p>}
        </section>
      ))}
    </>
  );
}

function Message({
  language,
  line,
  held,
  text,
}: {
  readonly language: Language;
  readonly line: SupportWords;
  readonly held: string | undefined;
  readonly text: string | undefined;
}) {
  const { support } = textsOf(language);
  return (
    <article>
      <p class="over">
        {line.from === "person" ? support.you : support.agent} · <Moment at={line.receivedAt} />
        {line.state === "waits" && held === undefined && <strong> · {support.isNew}</strong>}
      </p>
      {held !== undefined ? (
        <p class="soft">
          {support.held} <Clause id={held} />
        </p>
      ) : text === undefined ? (
        <p class="soft">{line.state === "removed" ? support.removed : support.gone}</p>
      ) : (
        <SaidWords text={text} />
      )}
      {line.files > 0 && <p class="soft">{support.files(line.files)}</p>}
      {line.proposal === "open" && <p class="soft">{support.rightOpen}</p>}
      {(line.proposal === "confirmed" || line.proposal === "passedOn") && (
        <p class="soft">
          {support.right} <a href="/requests/mine">{support.rightFollow}</a>
        </p>
      )}
    </article>
  );
}
