/** A notice, as whoever it is told to reads it: signed in, or behind its link. */
import type { Language } from "@preau/kernel";
import { actorRoles } from "@preau/kernel";
import { Button, Clause, Definition, Form, Moment, Notice as Told } from "@preau/web";
import type { Notice } from "../notice.ts";
import { textsOf } from "../texts.ts";

export interface NoticeLinkPageProps {
  readonly language: Language;
  readonly notice: Notice;
  /** Undefined once its key is gone. */
  readonly text: string | undefined;
  /** Where to acknowledge it; absent for those whose it is not to acknowledge. */
  readonly action?: string | undefined;
}

export function NoticeLinkPage({ language, notice, text, action }: NoticeLinkPageProps) {
  const words = textsOf(language);
  const { category, clause, towards, writtenAt, writtenBy, acknowledged } = notice;
  return (
    <>
      <h1>
        {words.noticeCategories[category]} <Clause id="D6.1d" />
      </h1>
      <p class="lead">{words.towards[towards]}</p>
      {text === undefined ? (
        <Told kind="warn" title={words.noticeUnreadable} />
      ) : (
        <div class="card">
          {text.split("\n").map((line, at) => (
            <p key={at}>{line}</p>
          ))}
        </div>
      )}
      <Definition
        entries={[
          [words.givenBy, actorRoles[writtenBy][language]],
          [words.noticeWritten, <Moment key="at" at={writtenAt} />],
          ...(clause === undefined
            ? []
            : [[words.noticeClause, <Clause key="clause" id={clause} />] as const]),
          ...(acknowledged === undefined
            ? []
            : [[words.noticeAcknowledged, <Moment key="known" at={acknowledged.at} />] as const]),
        ]}
      />
      {action !== undefined && acknowledged === undefined && (
        <Form action={action}>
          <Button>{words.noticeAcknowledge}</Button>
        </Form>
      )}
    </>
  );
}
