/** The list of controllers: search, pages, what can be done. */
import { type Controller, regionNames } from "@preau/contracts";
import type { Language } from "@preau/kernel";
import { Button, Field, Form, sayNumber, Table } from "@preau/web";
import type { ContractsTexts } from "../locales/contracts-fr.ts";

export interface ControllersPageProps {
  readonly words: ContractsTexts;
  readonly language: Language;
  readonly controllers: readonly Controller[];
  readonly total: number;
  readonly search: string;
  readonly page: number;
  readonly pageSize: number;
  /** May register and import. */
  readonly edits: boolean;
  readonly everybody: boolean;
}

export function ControllersPage(props: ControllersPageProps) {
  const { words, language, controllers, total, search, page, pageSize } = props;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const at = (number: number) =>
    `/controllers?${new URLSearchParams({ search, page: String(number) }).toString()}`;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{props.everybody ? words.lead : words.ownLead}</p>
      {props.edits && (
        <div class="actions">
          <Button href="/contracts/register">{words.register}</Button>
          <Button kind="secondary" href="/contracts/import">
            {words.importLink}
          </Button>
          <Button kind="secondary" href="/contracts/export">
            {words.exportLink}
          </Button>
        </div>
      )}
      {props.everybody && (
        <Form action="/controllers" method="get" class="filters">
          <Field name="search" label={words.search} hint={words.searchHint} type="search" value={search} />
          <Button kind="secondary">{words.searchButton}</Button>
        </Form>
      )}
      <Table
        caption={`${words.found}${language === "fr" ? " :" : ":"} ${sayNumber(total, language)}`}
        columns={[
          { title: words.name, cell: (row) => <a href={`/controllers/${row.id}`}>{row.name}</a> },
          { title: words.kind, cell: (row) => words.kinds[row.kind] },
          { title: words.seat, cell: (row) => row.seat ?? "–" },
          { title: words.uai, cell: (row) => (row.uai === undefined ? "–" : <code>{row.uai}</code>) },
          { title: words.region, cell: (row) => regionNames[row.place.region][language] },
        ]}
        rows={controllers}
        empty={search === "" ? words.empty : words.emptySearch}
      />
      {pages > 1 && (
        <nav class="actions" aria-label={words.page}>
          {page > 1 && (
            <a href={at(page - 1)} rel="prev">
              {words.previous}
            </a>
          )}
          <span>
            {words.page} {page} / {pages}
          </span>
          {page < pages && (
            <a href={at(page + 1)} rel="next">
              {words.next}
            </a>
          )}
        </nav>
      )}
    </>
  );
}
