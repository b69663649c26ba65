/** One release: what for, with which figures, who is in it. A controller is told of itself alone. @clause D13.2, S11 */
import { actorRoles, type Language } from "@preau/kernel";
import { Button, Clause, Definition, Field, Form, Moment, Notice, sayNumber, Table } from "@preau/web";
import type { ControllerIn, ControllerOut, Release, ReleaseFile } from "../ledger.ts";
import type { HandOver } from "../store/hand-overs.ts";
import { textsOf } from "../texts.ts";
import { LateNotice, sayPurpose, sayReleaseState, sayReleaseVerdict } from "./release-parts.tsx";
import { ReleaseQuestions } from "./release-questions.tsx";

export interface ReleasePageProps {
  readonly language: Language;
  readonly release: Release;
  readonly handOvers: readonly HandOver[];
  readonly isPublisher: boolean;
}

export function ReleasePage(props: ReleasePageProps) {
  const { language, release, isPublisher } = props;
  const words = textsOf(language);
  return (
    <>
      <p class="over">
        <a href="/releases">{words.back}</a> · <code>{release.id}</code>
      </p>
      <h1>
        {release.title[language]} <Clause id="D13.2" />
      </h1>
      <LateNotice {...{ language, release }} />
      <Notice
        kind={release.verdict === "anonymised" ? "ok" : "warn"}
        title={sayReleaseVerdict(language, release)}
      >
        <p>{sayReleaseState(language, release)}</p>
      </Notice>
      <ReleaseQuestions {...{ language, release }} />
      <h2>{words.factsTitle}</h2>
      <Facts {...props} />
      {isPublisher && <Controllers {...{ language, release }} />}
      {release.files.length > 0 && <Files {...{ language, release }} />}
      {release.verdict === "anonymised" && <HandOvers {...props} />}
      {isPublisher && release.state === "released" && <HandOverForms {...{ language, release }} />}
      {isPublisher && release.state === "released" && (
        <>
          <h2>{words.destroy}</h2>
          <p>{words.destroyLead}</p>
          <Form action={`/releases/${release.id}/destruction`}>
            <Button kind="danger">{words.destroyConfirm}</Button>
          </Form>
        </>
      )}
    </>
  );
}

function Facts({ language, release, isPublisher }: ReleasePageProps) {
  const words = textsOf(language);
  const number = (value: number) => sayNumber(value, language);
  const { rowsIn, rowsOut, place, instruction, destroyedAt, planHash } = release;
  return (
    <Definition
      entries={[
        [words.purpose, sayPurpose(language, release)],
        [words.enteredAt, <Moment at={release.enteredAt} />],
        [words.by, actorRoles[release.by][language]],
        ...(instruction === undefined ? [] : [[words.instruction, instruction] as const]),
        [words.recipient, words.recipientPublisher],
        // Of one controller's rows and all rows the others' could be told.
        ...(isPublisher
          ? ([
              [words.rowsRead, number(rowsIn)],
              [words.rowsOut, number(rowsOut)],
              [words.rowsSuppressed, number(rowsIn - rowsOut)],
              [words.plan, release.plan],
            ] as const)
          : release.in.map(({ rows }) => [words.ownRows, number(rows)] as const)),
        ...(isPublisher
          ? []
          : release.in.map(({ agreement }) => [words.agreement, <code>{agreement}</code>] as const)),
        [`${words.plan} (SHA-256)`, <code>{planHash}</code>],
        ...(isPublisher && place !== undefined ? [[words.place, <code>{place}</code>] as const] : []),
        ...(destroyedAt === undefined ? [] : [[words.destroyedAt, <Moment at={destroyedAt} />] as const]),
      ]}
    />
  );
}

function Controllers({ language, release }: Pick<ReleasePageProps, "language" | "release">) {
  const words = textsOf(language);
  const why = (row: ControllerOut) =>
    ({
      objected: words.outObjected,
      agreement: words.outAgreement,
      noContract: words.outNoContract,
      noRows: words.outNoRows,
    })[row.why];
  const isIn = (row: ControllerIn | ControllerOut): row is ControllerIn => "rows" in row;
  return (
    <Table<ControllerIn | ControllerOut>
      caption={words.inTitle}
      columns={[
        { title: words.controller, cell: (row) => row.controller },
        {
          title: words.part,
          cell: (row) =>
            isIn(row) ? (
              <>
                {release.verdict === "anonymised" ? words.partIn : words.partRefused}
                {row.after !== undefined && <strong class="below">{words.lateFlag}</strong>}
              </>
            ) : (
              <>
                {words.partOut}
                <span class="below">
                  {why(row)} {row.since !== undefined && <Moment at={row.since} />}
                </span>
              </>
            ),
        },
        {
          title: words.rowsRead,
          numeric: true,
          cell: (row) => (isIn(row) ? sayNumber(row.rows, language) : words.noFigure),
        },
        {
          title: words.agreement,
          cell: (row) => (isIn(row) ? <code>{row.agreement.slice(0, 15)}…</code> : words.noFigure),
        },
      ]}
      rows={[...release.in, ...release.out]}
    />
  );
}

function Files({ language, release }: Pick<ReleasePageProps, "language" | "release">) {
  const words = textsOf(language);
  return (
    <Table<ReleaseFile>
      caption={words.filesTitle}
      columns={[
        { title: words.file, cell: ({ name }) => name },
        { title: words.bytes, numeric: true, cell: ({ bytes }) => sayNumber(bytes, language) },
        { title: "SHA-256", cell: ({ sha256 }) => <code>{sha256}</code> },
      ]}
      rows={release.files}
    />
  );
}

function HandOvers({ language, handOvers }: ReleasePageProps) {
  const words = textsOf(language);
  return (
    <>
      <h2>
        {words.handOversTitle} <Clause id="S11" />
      </h2>
      <p>{words.handOversLead}</p>
      <Table<HandOver>
        caption={words.handOversTitle}
        empty={words.handOversEmpty}
        columns={[
          { title: words.thirdParty, cell: ({ recipient }) => recipient },
          { title: words.handedAt, cell: ({ at }) => <Moment at={at} /> },
        ]}
        rows={handOvers}
      />
    </>
  );
}

/** Each controller's instruction is written down; then, once all are, the handing over. @clause S11 */
function HandOverForms({ language, release }: Pick<ReleasePageProps, "language" | "release">) {
  const words = textsOf(language);
  return (
    <>
      <h3>{words.instructTitle}</h3>
      <Form action={`/releases/${release.id}/instructions`}>
        <Field
          name="controller"
          label={words.controller}
          options={release.in.map(({ controller }) => [controller, controller] as const)}
        />
        <Field name="recipient" label={words.thirdParty} hint={words.thirdPartyHint} required />
        <Field name="day" label={words.recordDay} type="date" required />
        <Field
          name="means"
          label={words.recordMeans}
          options={[
            ["email", words.meansEmail],
            ["letter", words.meansLetter],
          ]}
        />
        <Field
          name="writer"
          label={words.recordWriter}
          options={[
            ["dpo", words.capacityDpo],
            ["representative", words.capacityRepresentative],
            ["contact", words.capacityContact],
          ]}
        />
        <Field name="reference" label={words.recordReference} hint={words.recordReferenceHint} required />
        <Button kind="secondary">{words.recordButton}</Button>
      </Form>
      <h3>{words.handOverTitle}</h3>
      <Form action={`/releases/${release.id}/hand-overs`} class="inline">
        <input name="recipient" aria-label={words.thirdParty} placeholder={words.thirdParty} required />
        <Button kind="secondary">{words.handOverButton}</Button>
      </Form>
    </>
  );
}
