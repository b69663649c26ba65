/** The page of whoever asks for the old account: what it is about, the code once, and taking it back. */
import type { Instant, Language, SubjectId } from "@preau/kernel";
import { Button, Form, Moment, Notice } from "@preau/web";
import { sayCode } from "../accounts/relink-code.ts";
import { accountTextsOf } from "../accounts/texts.ts";

export interface RelinkPageProps {
  readonly language: Language;
  /** A code that was made now, in clear, with its end. */
  readonly made?: { readonly code: string; readonly expiresAt: Instant } | undefined;
  /** Until when a code that was made before can be used. */
  readonly pendingUntil?: Instant | undefined;
  /** May this reader approve for others? */
  readonly approves: boolean;
  /** The opaque number of the account that the reader has now. */
  readonly subject: SubjectId;
}

export function RelinkPage({ language, made, pendingUntil, approves, subject }: RelinkPageProps) {
  const words = accountTextsOf(language).relink;
  const waits = made !== undefined || pendingUntil !== undefined;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {made !== undefined && (
        <Notice kind="ok" title={words.codeTitle}>
          <p>
            <code class="key" data-code>
              {sayCode(made.code)}
            </code>
          </p>
          <p>
            {words.codeOnce} {words.validUntil} <Moment at={made.expiresAt} />.
          </p>
        </Notice>
      )}
      {made === undefined && pendingUntil !== undefined && (
        <Notice kind="info" title={words.pending}>
          <p>
            {words.validUntil} <Moment at={pendingUntil} />. {words.pendingHint}
          </p>
        </Notice>
      )}
      <ol>
        {words.how.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {waits && <p class="hint">{words.askAgainHint}</p>}
      <div class="actions">
        <Form action="/gar/relink" class="inline">
          <Button kind={waits ? "secondary" : "primary"}>{waits ? words.askAgain : words.ask}</Button>
        </Form>
        {waits && (
          <Form action="/gar/relink/cancel" class="inline">
            <Button kind="secondary">{words.cancel}</Button>
          </Form>
        )}
        <Button kind="secondary" href="/me">
          {words.keep}
        </Button>
      </div>
      {/* Beside a code it would be taken for the number to hand over. */}
      {!waits && (
        <>
          <h2>{words.ownNumber}</h2>
          <p>
            <code class="key">{subject}</code>
          </p>
          <p class="hint">{words.ownNumberHint}</p>
        </>
      )}
      {approves && (
        <p>
          <a href="/gar/relink/approve">{words.iAmTeacher}</a>
        </p>
      )}
    </>
  );
}
