/** Behind the link of a relay: what it is and a button; then the package, once; or what to do with a link that is dead. */
import type { Language } from "@preau/kernel";
import { Button, Clause, Form, Notice } from "@preau/web";
import type { InaccurateData } from "../inaccurate-data.ts";
import { textsOf } from "../texts.ts";
import { ReportFacts } from "./inaccuracies-page.tsx";
import { PackageView, type PackageViewProps } from "./package-view.tsx";

/** Looking at it changes nothing: a mail scanner opens nothing. */
export function RelayPage({ language, action }: { readonly language: Language; readonly action: string }) {
  const { relay } = textsOf(language);
  return (
    <>
      <h1>
        {relay.title} <Clause id="D10.1b" />
      </h1>
      <p class="lead">{relay.lead}</p>
      <p>{relay.once}</p>
      <Form action={action}>
        <Button>{relay.open}</Button>
      </Form>
      <p class="hint">{relay.looking}</p>
    </>
  );
}

export type DeadLink = "used" | "expired" | "unknown";

/** None of them tells whether there is a request, or anybody. */
export function DeadRelayPage({
  language,
  state,
}: {
  readonly language: Language;
  readonly state: DeadLink;
}) {
  const { relay } = textsOf(language);
  const { title, says, todo } = relay.dead[state];
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">{says}</p>
      <Notice kind="info" title={relay.todo}>
        <ul>
          {todo.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
      </Notice>
    </>
  );
}

export function OpenedRelayPage(props: PackageViewProps) {
  const { language, given } = props;
  const { relay, matters } = textsOf(language);
  return (
    <>
      <h1>
        {matters[given.request.matter]} <Clause id="D10.1a" />
      </h1>
      <p class="lead">{relay.openedLead}</p>
      <Notice kind="warn" title={relay.onceTitle}>
        <p>{relay.onceMore}</p>
      </Notice>
      <PackageView {...props} />
      <h2>{relay.nextTitle}</h2>
      <ol>
        {relay.next.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>
        <Button kind="secondary" href={`/requests/${given.request.id}`}>
          {relay.follow}
        </Button>
      </p>
    </>
  );
}

/** Of a report of inaccurate data, which the same kind of link carries. @clause D10.3b */
export function OpenedReportPage({
  language,
  report,
  what,
}: {
  readonly language: Language;
  readonly report: InaccurateData;
  readonly what: string | undefined;
}) {
  const { relay } = textsOf(language);
  return (
    <>
      <h1>
        {relay.reportTitle} <Clause id="D10.3b" />
      </h1>
      <p class="lead">{relay.reportLead}</p>
      <Notice kind="warn" title={relay.onceTitle}>
        <p>{relay.onceMore}</p>
      </Notice>
      <ReportFacts {...{ language, report, what }} />
      <p>
        <Button kind="secondary" href={`/inaccuracies/${report.id}`}>
          {relay.follow}
        </Button>
      </p>
    </>
  );
}
