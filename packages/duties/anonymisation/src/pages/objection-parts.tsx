/** What is shown of objections on more than one page. */
import type { ControllerId, Language } from "@preau/kernel";
import { Moment, Table } from "@preau/web";
import type { Means, Objection, Written } from "../objection.ts";
import { textsOf } from "../texts.ts";

export interface ObjectionHistoryProps {
  readonly language: Language;
  readonly objections: readonly Objection[];
  /** What each controller is called, where a reader sees several. */
  readonly nameOf?: (controller: ControllerId) => string;
}

/** Every objection that was written, and whether it stands. */
export function ObjectionHistory({ language, objections, nameOf }: ObjectionHistoryProps) {
  const words = textsOf(language);
  return (
    <Table<Objection>
      caption={words.historyTitle}
      empty={words.historyEmpty}
      stacked
      columns={[
        ...(nameOf === undefined
          ? []
          : [{ title: words.controller, cell: (row: Objection) => nameOf(row.controller) }]),
        { title: words.received, cell: (row) => <Moment at={row.receivedAt} /> },
        { title: words.how, cell: (row) => <How {...{ language }} written={row} /> },
        {
          title: words.withdrawn,
          cell: ({ withdrawn }) =>
            withdrawn === undefined ? (
              words.stands
            ) : (
              <>
                <Moment at={withdrawn.receivedAt} />
                <span class="below">
                  <How {...{ language }} written={withdrawn} />
                </span>
              </>
            ),
        },
      ]}
      rows={objections}
    />
  );
}

function How({ language, written }: { readonly language: Language; readonly written: Written }) {
  const words = textsOf(language);
  const said: Readonly<Record<Means, string>> = {
    page: words.meansPage,
    email: words.meansEmail,
    letter: words.meansLetter,
  };
  const writers = {
    representative: words.writerRepresentative,
    dpo: words.writerDpo,
    contact: words.writerContact,
  };
  const { means, writer, reference, receivedAt, recordedAt } = written;
  return (
    <>
      {said[means]}
      {writer !== undefined && ` ${writers[writer]}`}
      {reference !== undefined && <span class="below">{reference}</span>}
      {receivedAt < recordedAt && (
        <span class="below">
          {words.recorded.toLowerCase()} <Moment at={recordedAt} />
        </span>
      )}
    </>
  );
}
