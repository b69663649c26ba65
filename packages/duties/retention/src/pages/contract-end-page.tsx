/** Contracts' ends of one controller: what stands where, on whose word, what stops it, and the forms that carry it on. */
import { parseDuration, sayDay, sayDuration } from "@preau/calendar";
import type { Contract } from "@preau/contracts";
import { actorRoles, type Language } from "@preau/kernel";
import {
  Button,
  Clause,
  Definition,
  Field,
  Form,
  Moment,
  Notice,
  sayNumber,
  Table,
  Verdict,
} from "@preau/web";
import { type ComponentChildren, Fragment } from "preact";
import { type DoorNote, type Given, handsBack, isReversible } from "../contract-end.ts";
import { contractEndTextsOf } from "../contract-end-texts.ts";
import type { EndView } from "../contract-end-view.ts";
import { EndForm } from "./contract-end-form.tsx";
import { Reference } from "./purge-page.tsx";

export interface ContractEndPageProps {
  readonly language: Language;
  readonly view: EndView;
  readonly titleOf: (store: string) => string;
  readonly decides: boolean;
  readonly namesInstruction: boolean;
  /** Whoever runs the service may name a folder on its disk; a client may not. */
  readonly namesFolder: boolean;
  readonly refused?: { readonly says: string; readonly remedy?: string | undefined } | undefined;
  /** The dry run, asked for one contract. */
  readonly plan?: ComponentChildren;
}

type End = EndView["ends"][number];

export function ContractEndPage(props: ContractEndPageProps) {
  const { language, view, refused, plan } = props;
  const words = contractEndTextsOf(language);
  const live = view.ends.filter(({ state }) => state !== "cancelled" && state !== "certified");
  const over = view.ends.filter((each) => !live.includes(each));
  const free = view.contracts.filter(
    ({ id, endsOn }) =>
      endsOn !== undefined && !view.ends.some((each) => each.contract === id && each.state !== "cancelled"),
  );
  return (
    <>
      <p class="over">
        <a href={`/controllers/${view.controller}`}>{view.controller}</a>
      </p>
      <h1>
        {words.title} <Clause id="D6.2c" />
      </h1>
      <p class="lead">{words.lead}</p>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.says}>
          {refused.remedy !== undefined && <p>{refused.remedy}</p>}
        </Notice>
      )}
      <Table<EndView["contracts"][number]>
        caption={words.contracts}
        empty={words.contractsEmpty}
        columns={[
          { title: words.contract, cell: ({ reference }) => reference },
          {
            title: words.lastDay,
            cell: ({ endsOn }) => (endsOn === undefined ? words.noLastDay : sayDay(endsOn, language)),
          },
          {
            title: words.choice,
            cell: ({ id, atEnd }) => {
              const choice = view.ends.find((each) => each.contract === id)?.facts.choice ?? atEnd;
              return choice === undefined ? words.notChosen : words.choices[choice];
            },
          },
          {
            title: words.state,
            cell: ({ id }) => {
              const end = view.ends.find((each) => each.contract === id);
              return end === undefined ? "–" : words.states[end.state];
            },
          },
          {
            title: words.plan,
            cell: ({ id, reference }) => (
              <a href={`?plan=${id}`} aria-label={`${words.planShow} ${reference}`}>
                {words.planShow}
              </a>
            ),
          },
        ]}
        rows={view.contracts}
      />
      {plan}
      {live.map((end) => (
        <OneEnd key={end.id} {...props} end={end} />
      ))}
      {props.decides && free.length > 0 && <Prepare {...props} contracts={free} />}
      {over.length > 0 && <Over {...props} ends={over} />}
      <p>
        <a href={`/controllers/${view.controller}/copies-held`}>{words.holdingsLink}</a>
      </p>
    </>
  );
}

function OneEnd(props: ContractEndPageProps & { readonly end: End }) {
  const { language, end, decides, view } = props;
  const words = contractEndTextsOf(language);
  const contract = view.contracts.find(({ id }) => id === end.contract);
  const at = `/controllers/${view.controller}/contract-end/${end.id}`;
  const { facts } = end;
  return (
    <>
      <h2>
        {words.contract} {contract?.reference} · {words.states[end.state]}
      </h2>
      {end.stopped !== undefined && (
        <Notice kind="warn" title={words.stopTitle}>
          <p>{words.stops[end.stopped]}</p>
        </Notice>
      )}
      <Table<Step>
        caption={words.steps}
        empty={words.notYet}
        columns={[
          { title: words.step, cell: ({ name }) => name },
          { title: words.stepWhat, cell: ({ what }) => what },
          { title: words.when, cell: ({ when }) => when },
          { title: words.whose, cell: ({ whose }) => whose },
        ]}
        rows={stepsOf(end, language)}
      />
      <Doors doors={facts.doors} language={language} titleOf={props.titleOf} />
      {facts.handBack !== undefined && (
        <>
          <Table<(typeof facts.handBack.tables)[number]>
            caption={words.handBack}
            empty={words.keptEmpty}
            columns={[
              { title: words.store, cell: ({ store }) => props.titleOf(store) },
              { title: words.table, cell: ({ table }) => <code>{table}</code> },
              { title: words.rows, numeric: true, cell: ({ rows }) => sayNumber(rows, language) },
            ]}
            rows={facts.handBack.tables}
          />
          <p>
            {words.manifest} : <code class="wrap">{facts.handBack.manifest}</code>
          </p>
        </>
      )}
      {decides && <Deeds {...props} at={at} contract={contract} />}
    </>
  );
}

interface Step {
  readonly name: string;
  readonly what: ComponentChildren;
  readonly when: ComponentChildren;
  readonly whose: ComponentChildren;
}

function stepsOf({ facts, state }: End, language: Language): readonly Step[] {
  const words = contractEndTextsOf(language);
  const whose = (given: Given | undefined) =>
    given === undefined ? (
      "–"
    ) : (
      <>
        {actorRoles[given.by][language]}
        {given.reference !== undefined && <span class="below">{given.reference}</span>}
      </>
    );
  const when = (at: Given["at"] | undefined) => (at === undefined ? words.notYet : <Moment at={at} />);
  const { choice, given, handBack, acknowledged, confirmed, erasing } = facts;
  const returned = choice === undefined || handsBack(choice);
  return [
    {
      name: words.stepChoice,
      what: choice === undefined ? words.notChosen : words.choices[choice],
      when: choice === undefined ? words.notYet : when(given?.at),
      whose: whose(given),
    },
    {
      name: words.stepWindow,
      what: sayPeriod(facts.window, language),
      when:
        facts.windowUntil === undefined ? (
          when(facts.windowFrom)
        ) : (
          <>
            <Moment at={facts.windowFrom ?? facts.windowUntil} />
            <span class="below">
              {words.untilColumn} <Moment at={facts.windowUntil} />
            </span>
          </>
        ),
      whose: "–",
    },
    {
      name: words.stepHandBack,
      what: returned
        ? handBack === undefined
          ? words.notYet
          : `${sayNumber(handBack.rows, language)} ${words.rows.toLowerCase()}`
        : words.notNeeded,
      when: returned ? when(handBack?.at) : "–",
      whose: "–",
    },
    {
      name: words.stepAcknowledged,
      what: returned ? (acknowledged === undefined ? words.notYet : words.handBack) : words.notNeeded,
      when: returned ? when(acknowledged?.at) : "–",
      whose: whose(acknowledged),
    },
    {
      name: words.stepConfirmed,
      what: words.stepErasing,
      when: when(confirmed?.at),
      whose: whose(confirmed),
    },
    {
      name: words.stepErasing,
      what: `${sayNumber(erasing?.persons ?? 0, language)} ${words.persons.toLowerCase()}`,
      when: when(erasing?.beganAt),
      whose: "–",
    },
    {
      name: words.stepCertified,
      what: state === "certified" ? words.certificate : words.notYet,
      when: "–",
      whose: "–",
    },
  ];
}

function sayPeriod(formatted: string | undefined, language: Language): string {
  const duration = formatted === undefined ? undefined : parseDuration(formatted);
  return duration === undefined ? contractEndTextsOf(language).none : sayDuration(duration, language);
}

function Doors({
  doors,
  language,
  titleOf,
}: {
  readonly doors: readonly DoorNote[];
  readonly language: Language;
  readonly titleOf: (store: string) => string;
}) {
  const words = contractEndTextsOf(language);
  return (
    <Table<DoorNote>
      caption={words.doors}
      empty={words.doorsEmpty}
      columns={[
        { title: words.store, cell: ({ source }) => titleOf(source) },
        { title: words.mechanism, cell: ({ mechanism }) => mechanism?.[language] ?? words.noMechanism },
        {
          title: words.before,
          cell: ({ before }) => (before === undefined ? "–" : before === "open" ? words.open : words.closed),
        },
        {
          title: words.now,
          cell: ({ closed, mechanism }) =>
            mechanism === undefined ? "–" : closed ? words.closed : words.open,
        },
      ]}
      rows={doors}
    />
  );
}

function Deeds(
  props: ContractEndPageProps & {
    readonly end: End;
    readonly at: string;
    readonly contract: Contract | undefined;
  },
) {
  const { language, end, at, namesInstruction, contract } = props;
  const words = contractEndTextsOf(language);
  const { choice, acknowledged, confirmed } = end.facts;
  const mayConfirm =
    choice !== undefined && (!handsBack(choice) || acknowledged !== undefined) && end.state !== "chosen";
  const reference = namesInstruction && <Reference language={language} required />;
  return (
    <>
      <Form action={`${at}/advance`}>
        <Button kind="secondary">{words.goOn}</Button> <small>{words.goOnHint}</small>
      </Form>
      {end.state === "handedBack" && acknowledged === undefined && (
        <Form action={`${at}/received`}>
          <p>{words.acknowledgeHint}</p>
          {reference}
          <Button>{words.acknowledge}</Button>
        </Form>
      )}
      {isReversible(end) && mayConfirm && confirmed === undefined && (
        <Form action={`${at}/confirmation`}>
          <h3>{words.confirm}</h3>
          <p>{words.confirmHint}</p>
          <Field name="word" label={words.confirmWord} hint={contract?.reference ?? ""} required />
          {reference}
          <Button kind="danger">{words.confirm}</Button>
        </Form>
      )}
      {isReversible(end) && (
        <details>
          <summary>{words.change}</summary>
          <EndForm {...props} contracts={contract === undefined ? [] : [contract]} known={end} />
          <Form action={`${at}/withdrawal`}>
            <p>{words.withdrawHint}</p>
            {reference}
            <Button kind="secondary">{words.withdraw}</Button>
          </Form>
        </details>
      )}
    </>
  );
}

function Prepare(props: ContractEndPageProps & { readonly contracts: readonly Contract[] }) {
  const words = contractEndTextsOf(props.language);
  return (
    <>
      <h2>{words.start}</h2>
      <EndForm {...props} />
    </>
  );
}

function Over({ language, view, ends }: ContractEndPageProps & { readonly ends: readonly End[] }) {
  const words = contractEndTextsOf(language);
  const at = (end: End, form: string) =>
    `/controllers/${view.controller}/contract-end/${end.id}/certificate.${form}`;
  return (
    <>
      {ends.map((end) => (
        <Fragment key={end.id}>
          <h2>
            {words.contract} {view.contracts.find(({ id }) => id === end.contract)?.reference} ·{" "}
            {words.states[end.state]}
          </h2>
          {end.certificate !== undefined && (
            <>
              <Definition
                entries={[
                  [
                    words.verdict,
                    <>
                      <Verdict verdict={end.certificate.verdict} /> {words.verdicts[end.certificate.verdict]}
                    </>,
                  ],
                  [words.persons, sayNumber(end.certificate.erasure.persons, language)],
                  [words.left, sayNumber(end.certificate.erasure.left, language)],
                  [
                    words.lastCopy,
                    end.certificate.lastCopy === null
                      ? "–"
                      : `${sayDay(end.certificate.lastCopy.date as Parameters<typeof sayDay>[0], language)} (${words.lastCopyBasis[end.certificate.lastCopy.basis]})`,
                  ],
                ]}
              />
              <div class="actions">
                {(["pdf", "html", "json", "proof"] as const).map((form) => (
                  <Button key={form} kind="secondary" href={at(end, form)}>
                    {words.certificate} {form.toUpperCase()}
                  </Button>
                ))}
              </div>
            </>
          )}
        </Fragment>
      ))}
    </>
  );
}
