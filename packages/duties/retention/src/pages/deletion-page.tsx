/** Before the order: what will go, what stays, what is not covered. Nothing has been written. Towards D12.1. */
import type { ErasurePlan, KeptRows, Language, NotCovered, TableCount } from "@preau/kernel";
import { Button, Clause, Form, Notice, sayNumber, Table } from "@preau/web";
import { textsOf } from "../texts.ts";

export interface DeletionPageProps {
  readonly language: Language;
  readonly plans: readonly ErasurePlan[];
  readonly titleOf: (store: string) => string;
}

export function DeletionPage({ language, plans, titleOf }: DeletionPageProps) {
  const words = textsOf(language);
  return (
    <>
      <h1>{words.deletionTitle}</h1>
      <p class="lead">
        {words.deletionLead} <Clause id="D12.2" />
      </p>
      <PlanTables language={language} plans={plans} titleOf={titleOf} />
      {plans.some(({ blocked }) => blocked.length > 0) ? (
        <Notice kind="danger">
          <p>
            {words.blocked} <Clause id="D10.1a" />
          </p>
        </Notice>
      ) : null}
      <Notice kind="warn">
        <p>{words.cannotUndo}</p>
      </Notice>
      <Form action="/account/deletion">
        <div class="actions">
          <Button kind="danger">{words.confirm}</Button>
          <Button kind="secondary" href="/me">
            {words.cancel}
          </Button>
        </div>
      </Form>
    </>
  );
}

export function PlanTables({ language, plans, titleOf }: DeletionPageProps) {
  const words = textsOf(language);
  const number = (value: number) => sayNumber(value, language);
  const rows = plans.flatMap((plan) =>
    plan.tables
      .filter((table) => table.erased + table.anonymised + table.kept > 0)
      .map((table) => ({ ...table, table: `${titleOf(plan.source)} · ${table.table}` })),
  );
  return (
    <>
      <Table<TableCount>
        caption={words.planTitle}
        empty={words.planEmpty}
        columns={[
          { title: words.planTable, cell: (row) => row.table },
          { title: words.planErased, numeric: true, cell: (row) => number(row.erased) },
          { title: words.planAnonymised, numeric: true, cell: (row) => number(row.anonymised) },
          { title: words.planKept, numeric: true, cell: (row) => number(row.kept) },
        ]}
        rows={rows}
      />
      <KeptTable language={language} kept={plans.flatMap((plan) => plan.kept)} />
      <NotCoveredTable
        language={language}
        notCovered={plans.flatMap((plan) => plan.notCovered)}
        empty={words.planNotCoveredNothing}
      />
    </>
  );
}

interface KeptTableProps {
  readonly language: Language;
  readonly kept: readonly (Omit<KeptRows, "until"> & { readonly until?: string | null })[];
}

export function KeptTable({ language, kept }: KeptTableProps) {
  const words = textsOf(language);
  if (kept.length === 0) return null;
  return (
    <Table
      caption={words.keptTitle}
      columns={[
        { title: words.keptWhere, cell: (row) => row.where },
        { title: words.keptRows, numeric: true, cell: (row) => sayNumber(row.rows, language) },
        { title: words.keptReason, cell: (row) => row.reason },
        { title: words.keptClause, cell: (row) => <Clause id={row.clause} /> },
        { title: words.keptUntil, cell: (row) => row.until ?? "–" },
      ]}
      rows={kept}
    />
  );
}

export function NotCoveredTable(props: {
  readonly language: Language;
  readonly notCovered: readonly NotCovered[];
  readonly empty: string;
}) {
  const words = textsOf(props.language);
  return (
    <Table<NotCovered>
      caption={words.notCoveredTitle}
      empty={props.empty}
      columns={[
        { title: words.notCoveredWhat, cell: (row) => row.what },
        { title: words.notCoveredWhy, cell: (row) => row.why },
      ]}
      rows={props.notCovered}
    />
  );
}
