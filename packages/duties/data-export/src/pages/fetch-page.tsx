/** What somebody sees who follows a link: what it is, how it is opened, a button. Looking changes nothing. */
import type { Language } from "@preau/kernel";
import { Button, Clause, Definition, Form, Moment } from "@preau/web";
import { type ExportOrder, packageNameOf } from "../export-order.ts";
import { clauseOf } from "../export-order-events.ts";
import { textsOf } from "../texts.ts";
import { sayBytes } from "./say-bytes.ts";

export interface FetchPageProps {
  readonly language: Language;
  readonly order: ExportOrder;
  /** Where the button posts. */
  readonly action: string;
}

export function FetchPage({ language, order, action }: FetchPageProps) {
  const words = textsOf(language);
  const { protection, what, bytes = 0, sha256 = "", linkUntil } = order;
  return (
    <>
      <h1>
        {words.fetchTitle} <Clause id={clauseOf(what.kind)} />
      </h1>
      <p class="lead">{words.fetchLead}</p>
      <Definition
        narrow
        entries={[
          [words.fetchWhat, words.kinds[what.kind]],
          [words.file, <code key="file">{packageNameOf(order)}</code>],
          [words.size, sayBytes(bytes, language)],
          [words.sha256, <code key="sha">{sha256}</code>],
          ...(linkUntil === undefined
            ? []
            : [[words.fetchUntil, <Moment key="at" at={linkUntil} />] as const]),
        ]}
      />
      <p class="hint">{words.shaHint}</p>
      <Form action={action}>
        <Button>{words.fetch}</Button>
      </Form>
      <p class="soft">{words.fetchAgain}</p>
      <h2>{words.openTitle}</h2>
      <ol>
        {words.open["recipients" in protection ? "recipients" : protection.kind].map((step) => (
          <li key={step}>{withCode(step)}</li>
        ))}
      </ol>
      <p>{withCode(words.openCheck)}</p>
    </>
  );
}

/** What stands between backquotes is typed on a machine, and looks so. */
function withCode(text: string) {
  return text.split("`").map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}
