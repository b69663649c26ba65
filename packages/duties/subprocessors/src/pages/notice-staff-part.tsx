/** What the publisher's officer does with one client's notice: records writings, hands links over, ends a contract. */

import type { Contract } from "@preau/contracts";
import { sayDate } from "@preau/documents";
import type { Language } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Table } from "@preau/web";
import type { ChangeObjection, Notice } from "../notice.ts";
import { pageTextsOf } from "../page-texts.ts";
import type { Standing } from "../standing.ts";

export interface StaffPartProps {
  readonly language: Language;
  readonly notice: Notice;
  readonly standing: Standing;
  readonly objections: readonly ChangeObjection[];
  readonly contracts: readonly Contract[];
  /** What was sent and refused: nothing has to be written again. */
  readonly sent?: URLSearchParams;
}

export function StaffPart(props: StaffPartProps) {
  const { language, notice, standing, objections, sent } = props;
  const given = { language, ...(sent === undefined ? {} : { sent }) };
  const words = pageTextsOf(language);
  const path = `/subprocessors/notices/${notice.id}`;
  const standingOnes = objections.filter(({ withdrawn }) => withdrawn === undefined);
  if (standing.is === "WITHDRAWN") return <Objections {...{ language, objections }} />;
  return (
    <>
      <h2>{words.record}</h2>
      <div class="stack">
        <Form action={`${path}/link`}>
          <Button kind="secondary">{words.handOver}</Button>
        </Form>
        {notice.receipt === undefined ? (
          <Fold title={words.recordReceipt} clause="D8.3" open={sent?.get("form") === "receipt"}>
            <Written {...given} action={`${path}/receipt`} id="receipt" />
          </Fold>
        ) : (
          <Fold title={words.correct} clause="D8.3" open={sent?.get("form") === "correction"}>
            <Written {...given} action={`${path}/receipt/correction`} id="correction" corrects />
          </Fold>
        )}
        <Fold title={words.recordObjection} clause="D8.3" open={sent?.get("form") === "objection"}>
          <Written {...given} action={`${path}/objection`} id="objection" dated />
        </Fold>
        {standingOnes.length > 0 && (
          <Fold title={words.recordTakenBack} clause="D8.3" open={sent?.get("form") === "taken"}>
            <Written {...given} action={`${path}/objection/taken-back`} id="taken" dated />
          </Fold>
        )}
        {standingOnes.length > 0 && standing.is !== "OBJECTED" && (
          <Form action={`${path}/objection/honour`}>
            <p class="hint">{words.honourHint}</p>
            <Button kind="secondary">{words.honour}</Button>
          </Form>
        )}
      </div>
      <Objections {...{ language, objections }} />
      {standing.is === "OBJECTED" && <Termination {...props} path={path} />}
    </>
  );
}

function Fold({
  title,
  clause,
  open,
  children,
}: {
  readonly open: boolean;
  readonly title: string;
  readonly clause: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <details class="card" open={open}>
      <summary>
        {title} <Clause id={clause} />
      </summary>
      {children}
    </details>
  );
}

function Written({
  language,
  action,
  id,
  dated,
  corrects,
  sent,
}: {
  readonly sent?: URLSearchParams;
  readonly language: Language;
  readonly action: string;
  /** Fields of several forms on one page are told apart by it. */
  readonly id: string;
  readonly dated?: true;
  readonly corrects?: true;
}) {
  const words = pageTextsOf(language);
  const value = (name: string) => (sent?.get("form") === id ? (sent.get(name) ?? "") : "");
  return (
    <Form action={action}>
      <input type="hidden" name="form" value={id} />
      {corrects && (
        <>
          <Field
            name="correctedAt"
            value={value("correctedAt")}
            label={words.correctedAt}
            hint={words.correctedAtHint}
          />
          <Field
            name="reason"
            value={value("reason")}
            label={words.reason}
            hint={words.correctHint}
            required
          />
        </>
      )}
      <Field
        name="receivedAt"
        value={value("receivedAt")}
        label={words.receivedAt}
        hint={words.receivedAtHint}
        required
      />
      {dated && (
        <Field
          name="datedAt"
          value={value("datedAt")}
          label={words.datedAt}
          hint={words.datedAtHint}
          required
        />
      )}
      <Field
        name="means"
        value={value("means")}
        label={words.means}
        options={[
          ["email", words.meansEmail],
          ["letter", words.meansLetter],
          ["desk", words.meansDesk],
        ]}
      />
      <Field
        name="writer"
        value={value("writer")}
        label={words.writer}
        options={(["dpo", "representative", "contact"] as const).map(
          (each) => [each, words.capacities[each]] as const,
        )}
      />
      <Field
        name="reference"
        value={value("reference")}
        label={words.reference}
        hint={words.referenceHint}
        required
      />
      <Field
        name="sha256"
        value={value("sha256")}
        label={words.evidence}
        hint={words.sha256Hint}
        required={dated !== true}
      />
      <Button>{words.record}</Button>
    </Form>
  );
}

function Objections({ language, objections }: Pick<StaffPartProps, "language" | "objections">) {
  const words = pageTextsOf(language);
  if (objections.length === 0) return null;
  return (
    <Table<ChangeObjection>
      caption={words.objections}
      stacked
      columns={[
        { title: words.datedAt, cell: ({ datedAt }) => <Moment at={datedAt} /> },
        { title: words.received, cell: ({ receivedAt }) => <Moment at={receivedAt} /> },
        { title: words.writer, cell: ({ capacity }) => words.capacities[capacity] },
        {
          title: words.state,
          cell: ({ withdrawn, honouredAt }) =>
            withdrawn !== undefined
              ? words.takenBackOne
              : honouredAt === undefined
                ? words.stands
                : words.honoured,
        },
      ]}
      rows={objections}
    />
  );
}

function Termination({ language, contracts, path }: StaffPartProps & { readonly path: string }) {
  const words = pageTextsOf(language);
  return (
    <>
      <h2>
        {words.termination} <Clause id="D8.4" />
      </h2>
      <p class="hint">{words.terminationHint}</p>
      <Form action={`${path}/termination`}>
        <Field
          name="contract"
          label={words.contractChosen}
          options={contracts.map(
            ({ id, reference, endsOn }) =>
              [id, endsOn === undefined ? reference : `${reference} – ${sayDate(endsOn, language)}`] as const,
          )}
        />
        <Field name="endsOn" type="date" label={words.lastDay} required />
        <p>
          <Button kind="secondary" name="press" value="read">
            {words.readLetter}
          </Button>{" "}
          <Button kind="danger" name="press" value="end">
            {words.endContract}
          </Button>
        </p>
      </Form>
    </>
  );
}
