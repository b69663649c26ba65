/** What a controller is given of a request: who, what, until when, where the data is. Prints on one sheet. */
import type { Language } from "@preau/kernel";
import { Definition, Moment, usePage } from "@preau/web";
import type { RelayPackage } from "../relay-package.ts";
import { shownState } from "../request.ts";
import { textsOf } from "../texts.ts";
import { MarkedText } from "./marked-text.tsx";
import { StoresTable } from "./stores-table.tsx";

export interface PackageViewProps {
  readonly language: Language;
  readonly given: RelayPackage;
  readonly categoryName: (id: string) => string;
}

export function PackageView({ language, given, categoryName }: PackageViewProps) {
  const { one, matters, asks, roles, authorities, identities, states, outcomes, reasons } = textsOf(language);
  const { now } = usePage();
  const { request, standing, person, stores } = given;
  const { subject, receivedAt, forwardDueAt, answerDueAt } = request;
  const reason = "reason" in standing ? ` · ${standing.reason}` : "";
  const written: readonly (readonly [string, string | undefined])[] = [
    [one.name, person.name],
    [one.address, person.address],
    [one.concerns, person.concerns],
    [one.school, person.school],
  ];
  return (
    <>
      <Definition
        narrow
        entries={[
          [
            one.right,
            <>
              {matters[request.matter]}
              <span class="below">{asks[request.matter][1]}</span>
            </>,
          ],
          [one.state, states[shownState(request, now)]],
          ...(request.outcome === undefined ? [] : [[one.outcome, outcomes[request.outcome]] as const]),
          ...(request.reason === undefined ? [] : [[one.reason, reasons[request.reason]] as const]),
          [one.who, roles[request.role]],
          [one.authority, authorities[request.authority]],
          [one.identity, identities[request.identity]],
          ...written.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
          [one.about, subject === undefined ? one.aboutUnknown : <code key="about">{subject}</code>],
          ...(person.identifiers.length === 0
            ? []
            : [
                [
                  one.identifiers,
                  <code key="ids">
                    {person.identifiers.map(({ kind, value }) => `${kind} ${value}`).join(", ")}
                  </code>,
                ] as const,
              ]),
          [one.receivedAt, <Moment key="at" at={receivedAt} />],
          [one.forwardDue, <Moment key="due" at={forwardDueAt} />],
          ...(answerDueAt === undefined
            ? []
            : [[one.answerDue, <Moment key="answer" at={answerDueAt} />] as const]),
          ...(given.extensionTo === undefined
            ? []
            : [[one.extensionTo, <Moment key="to" at={given.extensionTo} />] as const]),
          [
            one.code,
            <code key="code">
              {standing.status}
              {reason}
            </code>,
          ],
        ]}
      />
      <h2>{one.textTitle}</h2>
      {person.text === undefined ? (
        <p class="soft">{request.textHeld ? one.textHeldController : one.textNone}</p>
      ) : (
        <MarkedText {...{ language }} text={person.text} only={request.matter} />
      )}
      <h2>{one.where}</h2>
      <p>{one.whereLead}</p>
      <StoresTable {...{ language, stores, categoryName }} />
    </>
  );
}
