/** One message: what became of it, what it says or what its template says, and the two buttons of who runs the service. */
import type { Language, MailAddress } from "@preau/kernel";
import { Button, Clause, Definition, Form, Moment, Notice } from "@preau/web";
import type { MessageLine } from "../message-line.ts";
import type { Rendered } from "../render-message.ts";
import { textsOf } from "../texts.ts";
import { sayReason, sayState } from "./say-message.ts";

export interface MessagePageProps {
  readonly language: Language;
  readonly line: MessageLine;
  /** Undefined where no plugin declares the template any more. */
  readonly content:
    | {
        readonly rendered: Rendered;
        readonly clause: string;
        /** Absent where the reader sees the template with its example alone. */
        readonly to?: MailAddress | undefined;
      }
    | undefined;
  readonly decides: boolean;
}

export function MessagePage(props: MessagePageProps) {
  const { language, line, content } = props;
  const words = textsOf(language);
  return (
    <>
      <p class="over">
        <a href="/mail">{words.title}</a> · {line.controller}
      </p>
      <h1>
        {content === undefined ? (
          words.unknownTemplate
        ) : (
          <span lang={line.language}>{content.rendered.subject}</span>
        )}{" "}
        {content !== undefined && <Clause id={content.clause} />}
      </h1>
      {line.restrictedAt !== undefined && (
        <Notice kind="warn">
          <p>{words.restricted}</p>
        </Notice>
      )}
      <Facts {...props} />
      <Content {...props} />
      <Deeds {...props} />
    </>
  );
}

function Facts({ language, line, content }: MessagePageProps) {
  const words = textsOf(language);
  const to = content?.to;
  return (
    <Definition
      narrow
      entries={[
        [words.state, sayState(line, words)],
        ...(line.reason === undefined ? [] : [[words.reason, sayReason(line.reason, words)] as const]),
        ...(line.clause === undefined ? [] : [[words.clause, <Clause key="c" id={line.clause} />] as const]),
        ...(to === undefined
          ? []
          : [[words.to, to.name === undefined ? to.address : `${to.name} · ${to.address}`] as const]),
        [words.queuedAt, <Moment key="q" at={line.queuedAt} />],
        ...(line.settledAt === undefined
          ? []
          : [[words.settledAt, <Moment key="s" at={line.settledAt} />] as const]),
        ...(line.transport === undefined
          ? []
          : [[words.transport, words.transports[line.transport] ?? line.transport] as const]),
        ...(line.attempts === 0 ? [] : [[words.attempts, String(line.attempts)] as const]),
        [words.language, words.languages[line.language]],
        ...(line.subject === undefined ? [] : [[words.about, <code key="a">{line.subject}</code>] as const]),
        [words.key, <code key="k">{line.key}</code>],
      ]}
    />
  );
}

function Content({ language, line, content }: MessagePageProps) {
  const words = textsOf(language);
  if (content === undefined) return null;
  const { rendered, to } = content;
  const links = to === undefined ? [] : [...new Set(rendered.text.match(/^https?:\/\/\S+$/gm) ?? [])];
  return (
    <>
      <h2>{to === undefined ? words.exampleTitle : words.contentTitle}</h2>
      {to === undefined && <p class="soft">{line.isWhole ? words.sealed : words.destroyed}</p>}
      {links.length > 0 && (
        <>
          <h3>{words.links}</h3>
          <ul>
            {links.map((link) => (
              <li key={link}>
                <a href={link}>{link}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{words.asHtml}</h3>
      <iframe src={`/mail/${line.id}/html`} title={words.frame} class="message" />
      <h3>{words.asText}</h3>
      <pre tabindex={0} lang={line.language}>
        {rendered.text}
      </pre>
    </>
  );
}

function Deeds({ language, line, decides }: MessagePageProps) {
  const words = textsOf(language);
  if (!decides) return null;
  const mayLeave = line.isWhole && ["bounced", "refused", "dead"].includes(line.state);
  return (
    <>
      {line.state === "accepted" && (
        <Form action={`/mail/${line.id}/return`}>
          <p class="hint">{words.returnedHint}</p>
          <Button kind="secondary">{words.returned}</Button>
        </Form>
      )}
      {mayLeave && (
        <Form action={`/mail/${line.id}/again`}>
          <p class="hint">{words.againHint}</p>
          <Button>{words.again}</Button>
        </Form>
      )}
    </>
  );
}
