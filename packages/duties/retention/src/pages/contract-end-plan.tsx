/** The dry run of a contract's end, on its page. */
import type { Language, TableCount } from "@preau/kernel";
import { Definition, Notice, sayNumber, Table } from "@preau/web";
import type { EndPlan } from "../contract-end-plan.ts";
import { contractEndTextsOf } from "../contract-end-texts.ts";
import { textsOf } from "../texts.ts";

export function ContractEndPlan({
  language,
  plan,
  titleOf,
}: {
  readonly language: Language;
  readonly plan: EndPlan;
  readonly titleOf: (store: string) => string;
}) {
  const words = contractEndTextsOf(language);
  const number = (value: number) => sayNumber(value, language);
  const rows = plan.stores.flatMap(({ store, tables }) =>
    tables
      .filter(({ erased, anonymised, kept }) => erased + anonymised + kept > 0)
      .map((each) => ({ store, ...each })),
  );
  return (
    <>
      <h2>{words.plan}</h2>
      <p>{words.planLead}</p>
      {plan.stop !== undefined && (
        <Notice kind="warn" title={words.planStops}>
          <p>{words.stops[plan.stop]}</p>
        </Notice>
      )}
      {plan.refused !== undefined && (
        <Notice kind="danger" title={words.planRefused}>
          <p>
            {plan.refused.entry.says[language]}{" "}
            {plan.refused.place !== undefined && <code>{plan.refused.place}</code>}
          </p>
          <p>{plan.refused.remedy(language)}</p>
        </Notice>
      )}
      <Definition
        entries={[
          [words.persons, number(plan.persons)],
          [words.planKept, number(plan.held)],
        ]}
      />
      <Table<TableCount & { readonly store: string }>
        caption={words.planErases}
        empty={words.keptEmpty}
        columns={[
          { title: words.store, cell: ({ store }) => titleOf(store) },
          { title: words.table, cell: ({ table }) => <code>{table}</code> },
          { title: words.rows, numeric: true, cell: ({ erased, anonymised }) => number(erased + anonymised) },
          { title: textsOf(language).planKept, numeric: true, cell: ({ kept }) => number(kept) },
        ]}
        rows={rows}
      />
      <Table<EndPlan["notCovered"][number]>
        caption={words.notCovered}
        empty={words.keptEmpty}
        columns={[
          { title: words.what, cell: ({ what }) => what },
          { title: words.reason, cell: ({ why }) => why },
        ]}
        rows={plan.notCovered}
      />
    </>
  );
}
