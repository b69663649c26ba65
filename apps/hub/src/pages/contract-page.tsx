/** One contract: its terms, own periods within their ceilings, legal bases, attestation. */
import type { Agreement } from "@preau/agreement";
import { covers, purposesOf, rulesToSet, statementsOf } from "@preau/contracts";
import { sayDate } from "@preau/documents";
import type { Language } from "@preau/kernel";
import { Button, Clause, Definition, Moment, Notice, Table } from "@preau/web";
import { startWords, storeWords } from "../agreement-texts.ts";
import type { ControllerView } from "../controller-view.ts";
import type { ContractsTexts } from "../locales/contracts-fr.ts";
import { sayValue } from "./changes-table.tsx";

export interface ContractPageProps {
  readonly words: ContractsTexts;
  readonly language: Language;
  readonly view: ControllerView;
  readonly contract: ControllerView["contracts"][number];
  /** The publisher's own: terms. */
  readonly edits: boolean;
  /** The controller's own too: periods, legal bases, attestation. */
  readonly decides: boolean;
}

export function productNames(agreement: Agreement, products: readonly string[], language: Language): string {
  return products
    .map((id) => agreement.products.find((each) => each.id === id)?.[language] ?? id)
    .join(" · ");
}

export function ContractPage(props: ContractPageProps) {
  const { words, language, view, contract } = props;
  const at = `/controllers/${view.controller.id}/contracts/${contract.id}`;
  return (
    <>
      <p class="over">
        <a href={`/controllers/${view.controller.id}`}>{view.controller.name}</a>
      </p>
      <h1>
        {words.contract} {contract.reference}
      </h1>
      <Definition
        entries={[
          [words.state, words.states[contract.state]],
          [words.products, productNames(view.agreement, contract.products, language)],
          [words.startsOn, sayDate(contract.startsOn, language)],
          [words.endsOn, contract.endsOn ? sayDate(contract.endsOn, language) : words.noEnd],
          [words.atEnd, contract.atEnd ? words.atEnds[contract.atEnd] : words.notChosen],
          [words.agreement, <code key="hash">{contract.agreement.slice(0, 19)}…</code>],
        ]}
      />
      {props.edits && (
        <div class="actions">
          <Button kind="secondary" href={`${at}/edit`}>
            {words.edit}
          </Button>
          {contract.endsOn !== undefined && (
            <Button kind="secondary" href={`${at}/renewal`}>
              {words.renew}
            </Button>
          )}
          <Button kind="secondary" href={`${at}/end`}>
            {words.end}
          </Button>
        </div>
      )}
      <Periods {...props} at={at} />
      <Bases {...props} at={at} />
      <Attested {...props} at={at} />
    </>
  );
}

type Part = ContractPageProps & { readonly at: string };

function Periods({ words, language, view, contract, decides, at }: Part) {
  const rules = rulesToSet(view.agreement);
  const ownOf = (rule: string) =>
    view.periods.find((each) => each.contract === contract.id && each.rule === rule)?.duration;
  const say = (each: { readonly unit: string; readonly amount: number }) =>
    sayValue(words, `${each.unit}(${each.amount})`);
  return (
    <>
      <h2>
        {words.ownPeriods} <Clause id="D5" />
      </h2>
      <Table
        caption={words.ownPeriods}
        columns={[
          { title: words.rule, cell: (row) => storeWords[row.store][language] },
          { title: words.clause, cell: (row) => <Clause id={row.clause} /> },
          { title: words.anchors, cell: (row) => (row.anchor ? startWords[row.anchor][language] : "–") },
          { title: words.ceiling, cell: (row) => say(row.after) },
          {
            title: words.ownPeriod,
            cell: (row) => {
              const own = ownOf(row.id);
              return own === undefined ? words.likeAgreement : say(own);
            },
          },
          ...(decides
            ? [
                {
                  title: words.edit,
                  cell: (row: (typeof rules)[number]) => (
                    <a href={`${at}/periods/${row.id}`} aria-label={`${words.setPeriod}, ${row.id}`}>
                      {words.setPeriod}
                    </a>
                  ),
                },
              ]
            : []),
        ]}
        rows={rules}
      />
    </>
  );
}

function Bases({ words, language, view, contract, decides, at }: Part) {
  const { purposes, products } = view.agreement;
  const nameOf = (list: typeof purposes | typeof products, id: string) =>
    list.find((each) => each.id === id)?.[language] ?? id;
  const statedFor = (row: { readonly product: string; readonly purpose: string }) =>
    view.bases.find(
      (each) => each.contract === contract.id && each.product === row.product && each.purpose === row.purpose,
    )?.legalBasis;
  return (
    <>
      <h2>
        {words.legalBases} <Clause id="D6.1a" />
      </h2>
      <Table
        caption={words.legalBases}
        columns={[
          { title: words.purpose, cell: (row) => nameOf(purposes, row.purpose) },
          { title: words.product, cell: (row) => nameOf(products, row.product) },
          {
            title: words.legalBasis,
            cell: (row) => {
              const stated = statedFor(row);
              return stated === undefined ? words.notStated : words.bases[stated];
            },
          },
        ]}
        rows={purposesOf(view.agreement, contract)}
      />
      {decides && (
        <Button kind="secondary" href={`${at}/legal-bases`}>
          {words.settle}
        </Button>
      )}
    </>
  );
}

function Attested({ words, language, view, contract, decides, at }: Part) {
  const attested = view.attestations.find((each) => each.contract === contract.id);
  const asked = view.agreement.attestation?.statements ?? [];
  const isCovering = attested !== undefined && covers(attested, view.agreement);
  const mayAttest = decides && statementsOf(view.agreement).length > 0;
  return (
    <>
      <h2>
        {words.attestation} <Clause id="D6.0" />
      </h2>
      {asked.length === 0 && <p>{words.nothingToAttest}</p>}
      {asked.length > 0 && !isCovering && (
        <Notice kind="warn">
          <p>{attested === undefined ? words.notAttested : words.notCovering}</p>
        </Notice>
      )}
      {isCovering && (
        <Notice kind="ok">
          <p>
            {words.attestedAt} <Moment at={attested.attestedAt} />
          </p>
        </Notice>
      )}
      <ul>
        {asked.map((statement) => (
          <li key={statement.id}>{statement[language]}</li>
        ))}
      </ul>
      {mayAttest && (
        <div class="actions">
          {!isCovering && <Button href={`${at}/attestation`}>{words.attest}</Button>}
          {attested !== undefined && (
            <Button kind="secondary" href={`${at}/attestation/withdrawal`}>
              {words.withdraw}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
