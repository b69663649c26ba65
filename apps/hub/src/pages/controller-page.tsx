/** One controller: who it is, who acts for it, its contracts, its instructions. */
import { type RecordedInstruction, regionNames } from "@preau/contracts";
import { sayDate } from "@preau/documents";
import type { Language } from "@preau/kernel";
import { contractEndTextsOf } from "@preau/retention";
import { Button, Clause, Definition, Table } from "@preau/web";
import type { ControllerView } from "../controller-view.ts";
import type { ContractsTexts } from "../locales/contracts-fr.ts";
import { productNames } from "./contract-page.tsx";
import { ControllerDocuments } from "./document-links.tsx";
import { InstructionsTable } from "./instructions-table.tsx";

export interface ControllerPageProps {
  readonly words: ContractsTexts;
  readonly language: Language;
  readonly view: ControllerView;
  readonly instructions: readonly RecordedInstruction[];
  /** The publisher's own: opens contracts, changes the identity, takes instructions back. */
  readonly edits: boolean;
  /** The controller's own too: officers. */
  readonly appoints: boolean;
  readonly seesOfficers: boolean;
}

export function ControllerPage(props: ControllerPageProps) {
  const { words, language, view } = props;
  const { controller, contracts } = view;
  const at = `/controllers/${controller.id}`;
  return (
    <>
      <p class="over">{words.kinds[controller.kind]}</p>
      <h1>{controller.name}</h1>
      <h2>
        {words.parties} <Clause id="DA" />
      </h2>
      <Definition entries={identityOf(words, language, controller)} />
      {props.edits && (
        <Button kind="secondary" href={`${at}/edit`}>
          {words.editController}
        </Button>
      )}
      <h2>
        {words.officers} <Clause id="D4.3" />
      </h2>
      {props.seesOfficers ? <Officers {...props} /> : <p>{words.officersHidden}</p>}
      {props.appoints && (
        <Button kind="secondary" href={`${at}/officers/new`}>
          {words.appoint}
        </Button>
      )}
      <h2>
        {words.contracts} <Clause id="D1" /> <Clause id="D3" />
      </h2>
      <Table
        caption={words.contracts}
        columns={[
          {
            title: words.reference,
            cell: (row) => <a href={`${at}/contracts/${row.id}`}>{row.reference}</a>,
          },
          { title: words.products, cell: (row) => productNames(view.agreement, row.products, language) },
          { title: words.startsOn, cell: (row) => sayDate(row.startsOn, language) },
          { title: words.endsOn, cell: (row) => (row.endsOn ? sayDate(row.endsOn, language) : words.noEnd) },
          { title: words.state, cell: (row) => words.states[row.state] },
        ]}
        rows={contracts}
        empty={words.contractsEmpty}
      />
      {props.edits && <Button href={`${at}/contracts/new`}>{words.open}</Button>}
      {props.seesOfficers && (
        <p>
          <a href={`${at}/contract-end`}>{contractEndTextsOf(language).title}</a>
        </p>
      )}
      {props.seesOfficers && <ControllerDocuments at={at} language={language} />}
      <h2>
        {words.history} <Clause id="D6.1c" />
      </h2>
      <InstructionsTable
        words={words}
        language={language}
        view={view}
        instructions={props.instructions}
        reverts={props.edits}
      />
    </>
  );
}

function identityOf(
  words: ContractsTexts,
  language: Language,
  { id, legalForm, seat, siret, uai, place }: ControllerView["controller"],
) {
  const some = (text: string | undefined) => text ?? "–";
  return [
    [words.id, <code key="id">{id}</code>],
    [words.legalForm, some(legalForm)],
    [words.seat, some(seat)],
    [words.siret, some(siret)],
    [words.uai, some(uai)],
    [words.region, regionNames[place.region][language]],
    ...(place.goodFriday === undefined
      ? []
      : [[words.goodFriday, words.goodFridays[place.goodFriday]] as const]),
    [words.zone, place.zone],
  ] as const;
}

function Officers({ words, view, appoints }: ControllerPageProps) {
  const at = `/controllers/${view.controller.id}/officers`;
  return (
    <Table
      caption={words.officers}
      columns={[
        { title: words.name, cell: (row) => row.name },
        {
          title: words.role,
          cell: (row) => [words.roles[row.role], row.capacity].filter(Boolean).join(", "),
        },
        { title: words.email, cell: (row) => row.email ?? "–" },
        { title: words.telephone, cell: (row) => row.telephone ?? "–" },
        { title: words.address, cell: (row) => row.address ?? "–" },
        ...(appoints
          ? [
              {
                title: words.edit,
                cell: (row: ControllerView["officers"][number]) => (
                  <>
                    <a href={`${at}/${row.id}/edit`} aria-label={`${words.edit}, ${words.roles[row.role]}`}>
                      {words.edit}
                    </a>{" "}
                    <a
                      href={`${at}/${row.id}/removal`}
                      aria-label={`${words.remove}, ${words.roles[row.role]}`}
                    >
                      {words.remove}
                    </a>
                  </>
                ),
              },
            ]
          : []),
      ]}
      rows={view.officers}
      empty={words.officersEmpty}
    />
  );
}
