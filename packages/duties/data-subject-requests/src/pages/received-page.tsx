/** What whoever asked is told: the same to everybody, whether or not we know the school or the person. */
import type { InquiryId, Instant, Language } from "@preau/kernel";
import { Clause, Definition, Moment } from "@preau/web";
import { acknowledgementIn } from "../receive-acknowledgement.ts";
import { textsOf } from "../texts.ts";

export interface ReceivedPageProps {
  readonly language: Language;
  readonly inquiry: InquiryId;
  readonly receivedAt: Instant;
  readonly forwardDueAt: Instant;
  /** Somebody signed in follows their own requests. */
  readonly follows: boolean;
}

export function ReceivedPage({ language, inquiry, receivedAt, forwardDueAt, follows }: ReceivedPageProps) {
  const { received } = textsOf(language);
  const { title, paragraphs } = acknowledgementIn(language);
  return (
    <>
      <h1>
        {title} <Clause id="D10.1b" />
      </h1>
      <Definition
        narrow
        entries={[
          [received.at, <Moment key="at" at={receivedAt} />],
          [received.due, <Moment key="due" at={forwardDueAt} />],
          [
            received.reference,
            <>
              <code>{inquiry}</code>
              <span class="below">{received.referenceHint}</span>
            </>,
          ],
        ]}
      />
      <h2>{received.nextTitle}</h2>
      {paragraphs.map((each) => (
        <p key={each}>{each}</p>
      ))}
      <p>{received.complaint}</p>
      <p class="soft">{received.constant}</p>
      {follows && (
        <p>
          <a class="button secondary" href="/requests/mine">
            {received.mine}
          </a>
        </p>
      )}
    </>
  );
}
