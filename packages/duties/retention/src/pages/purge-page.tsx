/** One purge: whom it is about under opaque ids, why, what would go, and what can be decided. Towards D12.4, D12.1. */
import { sayDay } from "@preau/calendar";
import { actorRoles, type ControllerId, type Language, PreauError } from "@preau/kernel";
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
import { mayCancel } from "../decide-purge.ts";
import type { PersonToday, PurgeView } from "../purge-view.ts";
import { SHOWN } from "../purge-view.ts";
import { purgesTextsOf, sayBy, sayDrop, sayLost, sayRule, sayRuleId, sayState } from "../say-rule.ts";
import { PlanTables } from "./deletion-page.tsx";
import { StoreDelays } from "./store-delays.tsx";

export interface PurgePageProps {
  readonly language: Language;
  readonly view: PurgeView;
  readonly titleOf: (store: string) => string;
  readonly hrefOf: (path: string) => string;
  readonly decides: boolean;
  readonly namesInstruction: boolean;
  readonly massShare: number;
}

export function PurgePage(props: PurgePageProps) {
  const { language, view, hrefOf, titleOf } = props;
  const { purge } = view;
  const words = purgesTextsOf(language);
  const rule = sayRuleId(view.rules, purge.rule, language);
  const living = purge.state === "proposed" || purge.state === "approved";
  return (
    <>
      <p class="over">
        <a href={hrefOf("/retention")}>{words.title}</a> · {purge.controller}
      </p>
      <h1>
        {words.purgeTitle} <Clause id={purge.clause} />
      </h1>
      <p class="lead">{words.purgeLead(rule)}</p>
      <Definition
        entries={[
          [
            words.state,
            purge.verdict === undefined ? (
              sayState(purge, words)
            ) : (
              <span key="state">
                {sayState(purge, words)} <Verdict verdict={purge.verdict} />
              </span>
            ),
          ],
          [words.store, titleOf(purge.source)],
          [words.persons, sayNumber(purge.persons, language)],
          [words.purgeProposedAt, <Moment key="proposed" at={purge.proposedAt} />],
          ...(living
            ? [[words.purgeActsAt, <Moment key="acts" at={purge.actsAt} />] as const]
            : purge.actedAt === undefined
              ? []
              : [[words.purgeActed, <Moment key="acted" at={purge.actedAt} />] as const]),
          ...(living && purge.ceilingAt !== undefined
            ? [[words.purgeCeilingAt, <Moment key="ceiling" at={purge.ceilingAt} />] as const]
            : []),
          ...(purge.approvedBy === undefined || purge.approvedAt === undefined
            ? []
            : [
                [
                  words.purgeApprovedBy,
                  <span key="by">
                    {actorRoles[purge.approvedBy][language]}, <Moment at={purge.approvedAt} />
                  </span>,
                ] as const,
              ]),
          ...(purge.approval === undefined
            ? []
            : [[words.purgeInstruction, <code key="instruction">{purge.approval}</code>] as const]),
        ]}
      />
      {living && <p>{words.purgeRecheck}</p>}
      {living && purge.needs === "controller" && purge.ceilingAt !== undefined && (
        <Notice kind="warn">
          <p>{words.purgeCeilingText}</p>
        </Notice>
      )}
      {living && purge.needs === "human" && (
        <Notice kind="warn">
          <p>{words.purgeTooLargeText(sayShare(props.massShare, language))}</p>
        </Notice>
      )}
      {props.decides && living && <Decisions {...props} />}
      <Followed {...props} />
      {living && <Persons {...props} />}
      {view.dropped.length > 0 && (
        <Table
          caption={words.droppedTitle}
          columns={[
            { title: words.person, cell: (row) => <Subject id={row.subject} hrefOf={hrefOf} /> },
            {
              title: words.reasons,
              cell: (row) => (row.why === undefined ? "–" : sayDrop(row.why, words)),
            },
          ]}
          rows={view.dropped}
        />
      )}
      {living && <DryRun {...props} />}
    </>
  );
}

function Decisions({ language, view, namesInstruction }: PurgePageProps) {
  const { purge } = view;
  const words = purgesTextsOf(language);
  const path = `/retention/purges/${purge.id}`;
  const approves = purge.state === "proposed" && purge.needs !== "nobody";
  const cancels = mayCancel(purge);
  const field = namesInstruction ? (
    <Reference language={language} required={purge.needs !== "human"} />
  ) : null;
  return (
    <>
      {(approves || purge.state === "approved") && (
        <Decide
          controller={purge.controller}
          action={`${path}/${approves ? "approval" : "approval/withdrawal"}`}
        >
          {field}
          <Button kind={approves ? "danger" : "secondary"}>
            {approves ? words.approve : words.takeBack}
          </Button>
        </Decide>
      )}
      {cancels ? (
        <Decide controller={purge.controller} action={`${path}/cancellation`}>
          {namesInstruction && !approves && purge.state !== "approved" ? field : null}
          <p class="hint">{words.cancelHint}</p>
          <Button kind="secondary">{words.cancel}</Button>
        </Decide>
      ) : (
        <p class="hint">{words.noCancel}</p>
      )}
    </>
  );
}

function Decide(props: {
  readonly controller: ControllerId;
  readonly action: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <Form action={props.action}>
      <input type="hidden" name="controller" value={props.controller} />
      {props.children}
    </Form>
  );
}

export function Reference({
  language,
  required,
}: {
  readonly language: Language;
  readonly required: boolean;
}) {
  const words = purgesTextsOf(language);
  return <Field name="reference" label={words.reference} hint={words.referenceHint} required={required} />;
}

function Followed({ language, view, hrefOf }: PurgePageProps) {
  const { erasure, receipt } = view.purge;
  const words = purgesTextsOf(language);
  if (erasure === undefined) return null;
  return (
    <div class="actions">
      <Button kind="secondary" href={`/erasures/${erasure}`}>
        {words.erasureLink}
      </Button>
      {receipt !== undefined && (
        <Button kind="secondary" href={hrefOf(`/retention/receipts/${receipt}`)}>
          {words.receiptLink}
        </Button>
      )}
    </div>
  );
}

function Persons({ language, view, hrefOf }: PurgePageProps) {
  const words = purgesTextsOf(language);
  const day = (when: Parameters<PurgeView["dayOf"]>[0] | undefined) =>
    when === undefined ? "–" : sayDay(view.dayOf(when), language);
  if (view.persons === undefined)
    return (
      <Notice kind="warn">
        <p>{words.storeSilent}</p>
      </Notice>
    );
  const rest = view.waiting - view.persons.length;
  return (
    <>
      <Table<PersonToday>
        caption={words.purgePersonsTitle}
        empty={words.purgePersonsEmpty}
        columns={[
          { title: words.person, cell: (row) => <Subject id={row.subject} hrefOf={hrefOf} /> },
          {
            title: words.anchorDay,
            cell: (row) => day(row.decision?.anchoredAt),
          },
          { title: words.due, cell: (row) => day(row.decision?.dueAt) },
          {
            title: words.today,
            cell: (row) =>
              row.verdict.goes ? words.todayGoes : `${words.todayStays} (${sayDrop(row.verdict.why, words)})`,
          },
        ]}
        rows={view.persons}
      />
      {rest > 0 && view.persons.length === SHOWN && (
        <p class="hint">{words.purgeMore(sayNumber(rest, language))}</p>
      )}
      <Reasons language={language} view={view} persons={view.persons} />
    </>
  );
}

interface ReasonsProps {
  readonly language: Language;
  readonly view: PurgeView;
  readonly persons: readonly PersonToday[];
}

/** What decides for these persons, and what does not and why: each once, with how many it is true of. */
function Reasons({ language, view, persons }: ReasonsProps) {
  const words = purgesTextsOf(language);
  const counts = new Map<string, { readonly what: string; readonly why: string; persons: number }>();
  const note = (what: string, why: string) => {
    const known = counts.get(`${what} ${why}`);
    if (known === undefined) counts.set(`${what} ${why}`, { what, why, persons: 1 });
    else known.persons += 1;
  };
  for (const { decision } of persons) {
    if (decision?.by === undefined) continue;
    const { rule, period, by, hold } = decision;
    if (rule !== undefined) note(sayRule(rule, language, period), sayBy(by, words));
    if (hold !== undefined) note(hold.basis, words.held);
  }
  for (const { decision } of persons)
    for (const { rule, hold, why } of decision?.lost ?? [])
      note(
        rule === undefined ? (hold?.basis ?? "–") : sayRuleId(view.rules, rule, language),
        sayLost(why, words),
      );
  if (counts.size === 0) return null;
  return (
    <Table
      caption={words.reasons}
      columns={[
        { title: words.rule, cell: (row) => row.what },
        { title: words.decidedBy, cell: (row) => row.why },
        { title: words.persons, numeric: true, cell: (row) => sayNumber(row.persons, language) },
      ]}
      rows={[...counts.values()]}
    />
  );
}

function DryRun({ language, view, titleOf, hrefOf }: PurgePageProps) {
  const words = purgesTextsOf(language);
  const { plans } = view;
  if (plans === undefined) {
    if (view.waiting === 0) return null;
    const href = hrefOf(`/retention/purges/${view.purge.id}`);
    return (
      <div class="actions">
        <Button kind="secondary" href={`${href}${href.includes("?") ? "&" : "?"}plan=yes`}>
          {words.planCompute}
        </Button>
      </div>
    );
  }
  if (plans instanceof PreauError)
    return (
      <Notice kind="danger" title={words.planRefused}>
        <p>{plans.entry.says[language]}</p>
        {plans.place !== undefined && (
          <p>
            <code>{plans.place}</code>
          </p>
        )}
        {plans.remedy(language) !== undefined && <p>{plans.remedy(language)}</p>}
      </Notice>
    );
  return (
    <>
      <h2>{words.planTitle}</h2>
      <PlanTables language={language} plans={plans} titleOf={titleOf} />
      <StoreDelays language={language} stores={view.stores} />
    </>
  );
}

function Subject({ id, hrefOf }: { readonly id: string; readonly hrefOf: PurgePageProps["hrefOf"] }) {
  return (
    <a href={hrefOf(`/retention/subjects/${id}`)}>
      <code>{id}</code>
    </a>
  );
}

export function sayShare(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(value);
}
