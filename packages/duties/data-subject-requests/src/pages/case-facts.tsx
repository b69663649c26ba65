/** One request: what it is, whose clock runs, what happened when. No name, no text. */
import { actorRoles, type InquiryId, type Instant, type Language } from "@preau/kernel";
import { Clause, Countdown, Definition, Moment, Table, usePage } from "@preau/web";
import type { Relay } from "../relay.ts";
import { type Request, shownState } from "../request.ts";
import { textsOf } from "../texts.ts";

export interface CaseFactsProps {
  readonly language: Language;
  readonly request: Request;
}

export function CaseFacts({
  language,
  request,
  inquiries = [],
}: CaseFactsProps & {
  /** Of the publisher's people alone. */
  readonly inquiries?: readonly InquiryId[];
}) {
  const {
    one,
    states,
    roles,
    identities,
    authorities,
    outcomes,
    reasons,
    inquiry: words,
  } = textsOf(language);
  const { now } = usePage();
  const { state, role, identity, authority, subject, requester, outcome, reason } = request;
  return (
    <Definition
      narrow
      entries={[
        [one.state, states[shownState(request, now)]],
        ...(outcome === undefined ? [] : [[one.outcome, outcomes[outcome]] as const]),
        ...(reason === undefined ? [] : [[one.reason, reasons[reason]] as const]),
        [one.who, roles[role]],
        [one.authority, authorities[authority]],
        [one.identity, identities[identity]],
        [one.about, subject === undefined ? one.aboutUnknown : <code key="about">{subject}</code>],
        ...(requester === undefined ? [] : [[one.askedBy, <code key="by">{requester}</code>] as const]),
        ...(inquiries.length === 0
          ? []
          : [
              [
                one.messages(inquiries.length),
                inquiries.map((id, at) => (
                  <>
                    {at > 0 && ", "}
                    <a key={id} href={`/requests/inquiries/${id}`}>
                      {one.message(at + 1)}
                    </a>
                  </>
                )),
              ] as const,
            ]),
        ...(request.level === 0 ? [] : [[words.level, words.levelOf(request.level)] as const]),
        ...(state === "closed" || !request.textHeld ? [] : [[one.text, one.textHeld] as const]),
      ]}
    />
  );
}

/** The processor's hours, and the controller's own time. */
export function CaseClocks({ language, request }: CaseFactsProps) {
  const { one } = textsOf(language);
  const { forwardDueAt, forwardedAt, answerDueAt, extendedAt, state, closedAt } = request;
  return (
    <div class="cards">
      <div class="card">
        <h2>
          {one.forwardClock} <Clause id="D10.1b" />
        </h2>
        {forwardedAt === undefined && state === "open" ? (
          <Running until={forwardDueAt} />
        ) : (
          <>
            <p>
              {forwardedAt !== undefined && forwardedAt > forwardDueAt ? (
                <strong class="countdown late">{one.forwardedLate}</strong>
              ) : (
                one.forwardedInTime
              )}
            </p>
            {forwardedAt !== undefined && (
              <p class="soft">
                <Moment at={forwardedAt} />
              </p>
            )}
          </>
        )}
      </div>
      <div class="card">
        <h2>
          {one.answerClock} <Clause id="D10.1c" />
        </h2>
        {state === "closed" ? (
          <>
            <p>{one.closed}</p>
            {closedAt !== undefined && (
              <p class="soft">
                <Moment at={closedAt} />
              </p>
            )}
          </>
        ) : answerDueAt === undefined ? (
          <p>{one.answerClockNone}</p>
        ) : (
          <>
            <Running until={answerDueAt} />
            {extendedAt !== undefined && <p class="soft">{one.extendedOnce}</p>}
          </>
        )}
      </div>
    </div>
  );
}

function Running({ until }: { readonly until: Instant }) {
  return (
    <>
      <p>
        <Countdown until={until} />
      </p>
      <p class="soft">
        <Moment at={until} />
      </p>
    </>
  );
}

interface Happened {
  readonly at: Instant;
  readonly what: string;
  readonly how?: string | undefined;
}

/** What happened, oldest first; each relay with what became of it. */
export function CaseTimeline({
  language,
  request,
  relays,
}: CaseFactsProps & { readonly relays: readonly Relay[] }) {
  const { one, relayStates, officers } = textsOf(language);
  const { closedBy } = request;
  const steps: readonly (readonly [at: Instant | undefined, what: string, how?: string | undefined])[] = [
    [request.receivedAt, one.steps.received],
    [request.overdueAt, one.steps.overdue],
    [request.forwardedAt, one.steps.forwarded, request.forwardedBy && one.ways[request.forwardedBy]],
    [request.openedAt, one.steps.opened],
    [request.acknowledgedAt, one.steps.acknowledged],
    [request.extendedAt, one.steps.extended],
    [request.closedAt, one.steps.closed, closedBy && actorRoles[closedBy][language]],
    ...relays.map(
      ({ madeAt, how, state, officerRole, reference }) =>
        [
          madeAt,
          how === "mail" ? one.steps.linkSent : one.steps.byHand,
          [officerRole && officers[officerRole], relayStates[state], reference]
            .filter((each) => each !== undefined)
            .join(" · "),
        ] as const,
    ),
  ];
  const rows = steps
    .flatMap(([at, what, how]): readonly Happened[] => (at === undefined ? [] : [{ at, what, how }]))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return (
    <Table<Happened>
      caption={one.timeline}
      stacked
      columns={[
        {
          title: one.what,
          cell: ({ what, how }) => (
            <>
              {what}
              {how !== undefined && how !== "" && <span class="below">{how}</span>}
            </>
          ),
        },
        { title: one.at, cell: ({ at }) => <Moment at={at} /> },
      ]}
      rows={rows}
    />
  );
}
