/**
 * A notice as its controller reads it, behind its link or signed in. Reading it starts nothing: receipt and objection are
 * buttons that a person presses. Towards D8.2, D8.3.
 */
import type { Agreement } from "@preau/agreement";
import type { Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Notice } from "@preau/web";
import type { Change } from "../change.ts";
import { capacities, type Notice as SentNotice } from "../notice.ts";
import { pageTextsOf } from "../page-texts.ts";
import type { Standing } from "../standing.ts";
import { ChangeContent, StandingNotice } from "./notice-parts.tsx";

export interface NoticePageProps {
  readonly language: Language;
  readonly agreement: Agreement;
  readonly change: Change;
  readonly notice: SentNotice;
  readonly standing: Standing;
  /** The client's name. */
  readonly client: string;
  /** Where the buttons send; absent where this reader has none to press. */
  readonly actions?: { readonly press?: string; readonly withdrawal?: string };
  /** Asks in what capacity: behind a link nobody is signed in. */
  readonly asksCapacity: boolean;
  /** Where whoever has no account objects until the window is over. */
  readonly keep?: string;
  /** The objection that was pressed just now is dated too late. */
  readonly late?: boolean;
}

export function NoticePage(props: NoticePageProps) {
  const { language, agreement, change, notice, standing, client, actions = {}, late } = props;
  const words = pageTextsOf(language);
  const mayReceive = notice.receipt === undefined && standing.is === "NOT_RECEIVED";
  const mayObject = !["OBJECTED", "WITHDRAWN", "NOT_ANNOUNCED"].includes(standing.is);
  return (
    <>
      <h1>
        {words.noticeTitle} <Clause id="D8.2" />
      </h1>
      <p class="lead">{words.noticeLead(agreement.annexA.processor.name)}</p>
      <p>
        {words.forWhom} <strong>{client}</strong>
      </p>
      {late === true && (
        <Notice kind="warn" title={words.objectionKept}>
          <p>{words.objectionLate}</p>
        </Notice>
      )}
      {standing.is !== "NOT_RECEIVED" && <StandingNotice {...{ language, notice, standing }} />}
      <ChangeContent {...{ language, agreement, change }} />
      {actions.press !== undefined && (mayReceive || mayObject) && (
        <Form action={actions.press}>
          {props.asksCapacity && (
            <Field
              name="capacity"
              label={words.capacity}
              options={capacities.map((each) => [each, words.capacities[each]] as const)}
            />
          )}
          {mayReceive && (
            <>
              <p class="hint">{words.receiptHint}</p>
              <p>
                <Button name="press" value="receipt">
                  {words.pressReceipt}
                </Button>
              </p>
            </>
          )}
          {mayObject && (
            <>
              <h2>
                {words.objectTitle} <Clause id="D8.3" />
              </h2>
              <p class="hint">{words.objectHint}</p>
              {props.keep !== undefined && (
                <p>
                  <a href={props.keep}>{words.keepLink}</a>
                </p>
              )}
              <p>
                <Button kind="secondary" name="press" value="objection">
                  {words.pressObject}
                </Button>
              </p>
            </>
          )}
        </Form>
      )}
      {standing.is === "OBJECTED" && actions.withdrawal !== undefined && (
        <Form action={actions.withdrawal}>
          <Button kind="secondary">{words.takeBack}</Button>
        </Form>
      )}
    </>
  );
}

/** Behind a link that is good no more. Says nothing of whose it was. */
export function DeadLinkPage({
  language,
  state,
}: {
  readonly language: Language;
  readonly state: "used" | "expired" | "unknown";
}) {
  const words = pageTextsOf(language);
  const said = {
    used: [words.linkUsed, words.linkUsedHint],
    expired: [words.linkExpired, words.linkExpiredHint],
    unknown: [words.linkUnknown, words.linkUnknownHint],
  }[state];
  return (
    <>
      <h1>{said[0]}</h1>
      <p class="lead">{said[1]}</p>
    </>
  );
}
