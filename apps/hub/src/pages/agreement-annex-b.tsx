/** Annex B as a table: a line for each category that some row grants, a column for each role and way in. */
import type { Agreement } from "@preau/agreement";
import { Table, usePage } from "@preau/web";
import { agreementTextsOf, sayRow, titleIn } from "../agreement-texts.ts";

type Row = Agreement["annexB"][number];

export function AnnexBTable({
  agreement,
  rows,
}: {
  readonly agreement: Agreement;
  readonly rows: readonly Row[];
}) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const used = agreement.categories.filter(({ id }) => rows.some((row) => grantOf(row, id) !== undefined));
  return (
    <div class="matrix">
      <Table
        caption={words.annexB}
        empty={words.nothingListed}
        columns={[
          { title: words.category, cell: (category) => category[language] },
          ...rows.map((row) => ({
            title: sayRow(agreement, row, language),
            cell: ({ id }: { readonly id: string }) => {
              const grant = grantOf(row, id);
              if (grant === undefined) return words.notAllowed;
              const purposes = (grant.purposes ?? []).map((each) =>
                titleIn(agreement.purposes, each, language).toLowerCase(),
              );
              return (
                <>
                  {row.optional?.includes(id) === true ? words.optional : words.allowed}
                  {purposes.length > 0 && (
                    <small class="below">
                      {words.onlyFor} {purposes.join(", ")}
                    </small>
                  )}
                </>
              );
            },
          })),
        ]}
        rows={used}
      />
    </div>
  );
}

function grantOf(row: Row, category: string): Row["categories"][number] | undefined {
  return row.categories.find(({ id }) => id === category);
}
