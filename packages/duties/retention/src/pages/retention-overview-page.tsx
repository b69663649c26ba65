/** Every controller with a store that was surveyed, for the publisher's officer. Counts alone. */
import type { ControllerId, Language } from "@preau/kernel";
import { sayNumber, Table } from "@preau/web";
import { purgesTextsOf } from "../say-rule.ts";

export interface ControllerSummary {
  readonly controller: ControllerId;
  readonly accounts: number;
  readonly within30: number;
  readonly waiting: number;
}

export function RetentionOverviewPage(props: {
  readonly language: Language;
  readonly summaries: readonly ControllerSummary[];
}) {
  const words = purgesTextsOf(props.language);
  const number = (value: number) => sayNumber(value, props.language);
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Table<ControllerSummary>
        caption={words.controllers}
        empty={words.controllersEmpty}
        columns={[
          {
            title: words.controller,
            cell: ({ controller }) => (
              <a class="row" href={`/retention?controller=${encodeURIComponent(controller)}`}>
                {controller}
              </a>
            ),
          },
          { title: words.accounts, numeric: true, cell: (row) => number(row.accounts) },
          { title: words.within30, numeric: true, cell: (row) => number(row.within30) },
          { title: words.waiting, numeric: true, cell: (row) => number(row.waiting) },
        ]}
        rows={props.summaries}
      />
    </>
  );
}
