/** One instruction: what it says, what was done on it, what seemed wrong with it, and its end. */
import { actorRoles, type Due, type Language } from "@preau/kernel";
import { Button, Clause, Definition, Field, Form, Moment, Notice, Table } from "@preau/web";
import type { Flag } from "../flag.ts";
import type { Instruction, InstructionState } from "../instruction.ts";
import type { LinkedThing } from "../store/link-rows.ts";
import { textsOf } from "../texts.ts";
import { scopeEntries } from "./scope-list.tsx";
import { HandedLink, type Refused, RefusedNotice, WritingFields } from "./writing-fields.tsx";

interface ShownFlag extends Omit<Flag, "explained"> {
  readonly words?: string | undefined;
}

export interface InstructionPageProps {
  readonly language: Language;
  readonly instruction: Instruction;
  readonly state: InstructionState;
  readonly holds: boolean;
  readonly things: readonly LinkedThing[];
  readonly flags: readonly ShownFlag[];
  readonly clocks: readonly Due[];
  readonly isOwn: boolean;
  readonly isKeeper: boolean;
  readonly link?: string | undefined;
  readonly refused?: Refused | undefined;
}

const HREFS: Readonly<Record<string, string>> = {
  exp_: "/exports/",
  rel_: "/releases/",
  obs_: "/instructions/observations/",
};

export function InstructionPage(props: InstructionPageProps) {
  const { language, instruction, state, things, flags, link, refused } = props;
  const words = textsOf(language);
  const { id, controller, kind, clause, givenBy, recordedAt, writing, startsAt, endsAt, revoked } =
    instruction;
  return (
    <>
      <p class="over">
        <a href="/instructions">{words.title}</a> · {controller}
      </p>
      <h1>
        {words.kinds[kind]} <Clause id={clause} />
      </h1>
      <p class="lead">{words.states[state]}</p>
      <RefusedNotice refused={refused} />
      {link !== undefined && <HandedLink {...{ language, link }} />}
      <FlagNotice {...props} />
      <Definition
        entries={[
          [words.instruction, <code key="id">{id}</code>],
          [writing === undefined ? words.givenBy : words.writtenDownBy, actorRoles[givenBy][language]],
          [words.received, <Moment key="received" at={writing?.receivedAt ?? recordedAt} />],
          [words.means, writing === undefined ? words.page : words.allMeans[writing.means]],
          ...(writing === undefined
            ? []
            : ([
                [words.writer, words.writers[writing.writer]],
                [words.reference, writing.reference],
              ] as const)),
          ...(writing?.sha256 === undefined
            ? []
            : ([
                [
                  words.sha256,
                  <code key="hash" class="long">
                    {writing.sha256}
                  </code>,
                ],
              ] as const)),
          [words.starts, <Moment key="starts" at={startsAt} />],
          [words.ends, endsAt === undefined ? words.never : <Moment key="ends" at={endsAt} />],
          ...(revoked === undefined
            ? []
            : ([[words.revokedAt, <Moment key="revoked" at={revoked.at} />]] as const)),
        ]}
      />
      <h2>{words.scope}</h2>
      <Definition entries={scopeEntries(instruction.scope, language)} />
      <h2>{words.done}</h2>
      <Table<LinkedThing>
        caption={words.done}
        stacked
        empty={words.doneNone}
        columns={[
          { title: words.thing, cell: ({ thing }) => thingLink(thing) },
          { title: words.at, cell: ({ at }) => <Moment at={at} /> },
        ]}
        rows={things}
      />
      {flags.length > 0 && <FlagHistory {...props} />}
      <Endings {...props} />
    </>
  );
}

function thingLink(thing: string) {
  const href = HREFS[thing.slice(0, 4)];
  return href === undefined ? <code>{thing}</code> : <a href={`${href}${thing}`}>{thing}</a>;
}

/** What seems wrong, whether it is held, which clocks run on, and what the controller can say. */
function FlagNotice(props: InstructionPageProps) {
  const { language, instruction, flags, holds, clocks, isOwn, isKeeper } = props;
  const words = textsOf(language);
  const [flag] = flags;
  if (instruction.flaggedAt === undefined || flag === undefined) return null;
  const action = `/instructions/${instruction.id}`;
  return (
    <>
      <Notice kind="warn" title={words.flaggedTitle}>
        <ul>
          {flag.reasons.map((each) => (
            <li key={each}>{words.doubts[each]}</li>
          ))}
        </ul>
        {flag.words !== undefined && <p>{flag.words}</p>}
        <p>{holds ? words.flaggedHeld : words.flaggedOpen}</p>
        {isKeeper && <p>{flag.toldAt === undefined ? words.flaggedUntold : words.flaggedTold}</p>}
        {clocks.length > 0 && <p>{words.clocksLead}</p>}
      </Notice>
      {clocks.length > 0 && (
        <Table<Due>
          caption={words.clocks}
          columns={[
            {
              title: words.thing,
              cell: ({ title, href }) => (href ? <a href={href}>{title[language]}</a> : title[language]),
            },
            { title: words.clause, cell: ({ clause }) => <Clause id={clause} /> },
            { title: words.dueAt, cell: ({ dueAt }) => <Moment at={dueAt} /> },
          ]}
          rows={clocks}
        />
      )}
      {isOwn && (
        <div class="actions">
          <Form action={`${action}/confirmation`} class="inline">
            <Button>{words.confirm}</Button>
          </Form>
          <Form action={`${action}/withdrawal`} class="inline">
            <Button kind="secondary">{words.withdraw}</Button>
          </Form>
        </div>
      )}
      {isOwn && <p class="hint">{words.confirmHint}</p>}
      {isKeeper && (
        <div class="cards">
          <Form action={`${action}/flag/lifting`} class="card stack">
            <Field name="why" type="textarea" label={words.liftWhy} required />
            <Button kind="secondary">{words.lift}</Button>
          </Form>
          <Form action={`${action}/link`} class="card stack">
            <Button kind="secondary">{words.makeLink}</Button>
          </Form>
        </div>
      )}
    </>
  );
}

function FlagHistory({ language, flags }: InstructionPageProps) {
  const words = textsOf(language);
  return (
    <>
      <h2>
        {words.flags} <Clause id="D6.2a" />
      </h2>
      <Table<ShownFlag>
        caption={words.flags}
        stacked
        columns={[
          { title: words.at, cell: ({ raisedAt }) => <Moment at={raisedAt} /> },
          {
            title: words.flagReasons,
            cell: ({ reasons, words: said }) => (
              <>
                {reasons.map((each) => words.doubts[each]).join(" · ")}
                {said !== undefined && <span class="below">{said}</span>}
              </>
            ),
          },
          {
            title: words.flagOutcome,
            cell: ({ settled }) =>
              settled === undefined ? (
                words.flagOpen
              ) : (
                <>
                  {words.outcomes[settled.outcome]}
                  <span class="below">
                    <Moment at={settled.at} />
                  </span>
                </>
              ),
          },
        ]}
        rows={flags}
      />
    </>
  );
}

function Endings({ language, instruction, state, isOwn, isKeeper, refused }: InstructionPageProps) {
  const words = textsOf(language);
  const action = `/instructions/${instruction.id}`;
  const isOver = state === "revoked" || state === "ended";
  if (!isOwn && !isKeeper) return null;
  if (isOver)
    return (
      <div class="actions">
        <Button kind="secondary" href={`/instructions/new?again=${instruction.id}`}>
          {words.again}
        </Button>
      </div>
    );
  return (
    <>
      {isKeeper && instruction.flaggedAt === undefined && (
        <>
          <h2>{words.flagTitle}</h2>
          <p>{words.flagLead}</p>
          <Form action={`${action}/flag`}>
            <Field name="why" type="textarea" label={words.flagWhy} required />
            <Button kind="secondary">{words.flag}</Button>
          </Form>
        </>
      )}
      {instruction.kind !== "opposeAnonymisation" && (isKeeper || instruction.flaggedAt === undefined) && (
        <>
          <h2>{words.revoke}</h2>
          <p>{words.revokeLead}</p>
          <Form action={`${action}/revocation`}>
            {isKeeper && <WritingFields {...{ language, refused }} />}
            <Button kind="danger">{words.revoke}</Button>
          </Form>
        </>
      )}
    </>
  );
}
