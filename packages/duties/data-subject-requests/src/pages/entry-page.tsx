/** Where the desk writes down a request that came another way. Its time runs since it reached us. */
import type { InquiryId, Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Notice } from "@preau/web";
import { textsOf } from "../texts.ts";
import { IntakeFields, type RefusedIntake } from "./intake-page.tsx";

export interface EntryPageProps {
  readonly language: Language;
  readonly press: string;
  readonly refused?: RefusedIntake | undefined;
  /** Just written down. */
  readonly done?: InquiryId | undefined;
  /** Support writes down, and reads nothing. */
  readonly reads: boolean;
}

export function EntryPage({ language, press, refused, done, reads }: EntryPageProps) {
  const { entry, desk, intake } = textsOf(language);
  const moment = refused?.place === "day" || refused?.place === "time" || refused?.place === "receivedAt";
  return (
    <>
      <p class="over">
        <a href="/requests">{desk.title}</a>
      </p>
      <h1>
        {entry.title} <Clause id="D10.1b" />
      </h1>
      <p class="lead">{entry.lead}</p>
      {done !== undefined && (
        <Notice kind="ok" title={entry.done}>
          <p>{reads ? <a href={`/requests/inquiries/${done}`}>{entry.read}</a> : entry.doneMore}</p>
        </Notice>
      )}
      {refused !== undefined && (
        <Notice kind="danger" title={intake.refused}>
          <p>{intake.refusedMore}</p>
        </Notice>
      )}
      <Form action="/requests/entry">
        <input type="hidden" name="press" value={press} />
        <Field
          name="channel"
          label={entry.channel}
          value={refused?.form.get("channel") ?? "support"}
          options={(["support", "mail"] as const).map((each) => [each, entry.channels[each]] as const)}
        />
        <Field
          name="day"
          type="date"
          label={entry.day}
          value={refused?.form.get("day") ?? ""}
          required
          {...(moment ? { error: entry.momentError } : {})}
        />
        <Field
          name="time"
          label={entry.time}
          hint={entry.timeHint}
          value={refused?.form.get("time") ?? ""}
          autocomplete="off"
        />
        <IntakeFields {...{ language, refused }} />
        <Button>{entry.send}</Button>
      </Form>
    </>
  );
}
