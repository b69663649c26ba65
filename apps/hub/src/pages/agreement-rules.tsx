/** The rules bound to one clause, as a reader checks them: figures, retention, the tables of annexes B, C and D. */
import type { Agreement } from "@preau/agreement";
import type { Language } from "@preau/kernel";
import { Table, usePage } from "@preau/web";
import {
  agreementTextsOf,
  evidenceWords,
  generationWords,
  operationWords,
  originWords,
  sayPeriod,
  startWords,
  storeWords,
  titleIn,
} from "../agreement-texts.ts";
import { factsOf } from "../clause-facts.ts";
import { sayCount } from "../clause-figure.ts";
import type { ClauseRules } from "../clause-rules.ts";
import { AnnexBTable } from "./agreement-annex-b.tsx";

export interface AgreementRulesProps {
  readonly agreement: Agreement;
  readonly clause: string;
  readonly rules: ClauseRules;
}

export function AgreementRules({ agreement, clause, rules }: AgreementRulesProps) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  const facts = factsOf(agreement, clause, language);
  const { periods, choices, retention, counts, dataRows, product, recipients, subprocessors, measures } =
    rules;
  const purposes = (product?.purposes ?? []).map((id) => titleIn(agreement.purposes, id, language));
  const none = [periods, choices, retention, counts, dataRows, recipients, subprocessors, measures, facts];
  if (none.every((list) => list.length === 0)) return <p class="soft">{words.ruleNone}</p>;
  return (
    <>
      {facts.length > 0 && (
        <ul>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {purposes.length > 0 && (
        <>
          <h3>{words.purposes}</h3>
          <ul>
            {purposes.map((title) => (
              <li key={title}>{title}</li>
            ))}
          </ul>
        </>
      )}
      {periods.length > 0 && (
        <Table
          caption={words.period}
          columns={[
            { title: words.period, cell: ({ duration }) => sayPeriod(duration, language) },
            { title: words.nature, cell: (period) => sayParty(period, language) },
            { title: words.ruleId, cell: ({ id }) => <code>{id}</code> },
          ]}
          rows={periods}
        />
      )}
      {choices.length > 0 && (
        <Table
          caption={words.choiceBetween}
          columns={[
            { title: words.period, cell: (each) => each[language] },
            { title: words.nature, cell: (each) => sayBounds(each, language) },
            { title: words.ruleId, cell: ({ id }) => <code>{id}</code> },
          ]}
          rows={choices}
        />
      )}
      {counts.length > 0 && (
        <Table
          caption={words.count}
          columns={[
            { title: words.says, cell: (each) => each[language] },
            { title: words.count, cell: (each) => sayCount(each, language), numeric: true },
          ]}
          rows={counts}
        />
      )}
      {retention.length > 0 && <RetentionTable agreement={agreement} rules={retention} />}
      {dataRows.length > 0 && <AnnexBTable agreement={agreement} rows={dataRows} />}
      {recipients.length > 0 && (
        <Table
          caption={words.recipients}
          columns={[
            { title: words.recipient, cell: (each) => each[language] },
            { title: words.operations, cell: (each) => sayOperations(each.operations, language) },
            {
              title: words.onInstruction,
              cell: ({ onInstruction }) =>
                onInstruction === undefined ? "–" : sayOperations(onInstruction.operations, language),
            },
          ]}
          rows={recipients}
        />
      )}
      {subprocessors.length > 0 && <AnnexCTable agreement={agreement} subprocessors={subprocessors} />}
      {measures.length > 0 && (
        <ul>
          {measures.map((measure) => (
            <li key={measure.id}>{measure[language]}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function RetentionTable({
  agreement,
  rules,
}: {
  readonly agreement: Agreement;
  readonly rules: ClauseRules["retention"];
}) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  return (
    <Table
      caption={words.retention}
      columns={[
        {
          title: words.store,
          cell: ({ store, generation, kinds, products, origins, roles, categories }) => {
            const said = storeWords[store][language];
            const only = [
              ...(kinds ?? []).map((kind) => evidenceWords[kind][language]),
              ...(products ?? []).map((id) => titleIn(agreement.products, id, language)),
              ...(origins ?? []).map((origin) => originWords[origin][language]),
              ...(roles ?? []).map((id) => titleIn(agreement.roles, id, language)),
              ...(categories ?? []).map((id) => titleIn(agreement.categories, id, language)),
            ].join(", ");
            return (
              <>
                {generation === undefined ? said : `${said}, ${generationWords[generation][language]}`}
                {only !== "" && <small class="below">{only}</small>}
              </>
            );
          },
        },
        { title: words.after, cell: ({ after }) => sayPeriod(after, language) },
        {
          title: words.anchor,
          cell: ({ anchor }) => (anchor === undefined ? words.anchorUnknown : startWords[anchor][language]),
        },
        {
          title: words.then,
          cell: ({ then, ceiling, approval, condition }) => (
            <>
              {then === "erase" ? words.thenErase : words.thenArchive}
              {approval !== undefined && <small class="below">{words.withApproval}</small>}
              {condition !== undefined && <small class="below">{words.restoreTested}</small>}
              {ceiling && <small class="below">{words.ceiling}</small>}
            </>
          ),
        },
      ]}
      rows={rules}
    />
  );
}

function AnnexCTable({
  agreement,
  subprocessors,
}: {
  readonly agreement: Agreement;
  readonly subprocessors: ClauseRules["subprocessors"];
}) {
  const { language } = usePage();
  const words = agreementTextsOf(language);
  return (
    <Table
      caption={words.annexC}
      columns={[
        {
          title: words.company,
          cell: (each) => (
            <>
              {each.name}
              <small class="below">
                {each.siret === undefined ? each.register : `${words.siret} ${each.siret}`}
              </small>
            </>
          ),
        },
        { title: words.activity, cell: (each) => each[language] },
        {
          title: words.scope,
          cell: ({ origins, categories }) => (
            <>
              {words[origins]}
              {categories !== undefined && (
                <small class="below">
                  {categories.map((id) => titleIn(agreement.categories, id, language)).join(", ")}
                </small>
              )}
            </>
          ),
        },
        {
          title: words.transfer,
          cell: ({ transfers }) =>
            transfers === "none" ? words.noTransfer : sayCountry(transfers.country, language),
        },
        {
          title: words.deletionDelay,
          cell: ({ deletionDelay }) =>
            deletionDelay === "unknown"
              ? `${words.delayUnknown} (UNKNOWN)`
              : deletionDelay === "none"
                ? words.delayNone
                : sayPeriod(deletionDelay, language),
        },
      ]}
      rows={subprocessors}
    />
  );
}

const PARTIES = {
  binds: { processor: "bindsProcessor", controller: "bindsController" },
  right: {
    processor: "rightOfProcessor",
    controller: "rightOfController",
    dataSubject: "rightOfDataSubject",
  },
} as const;

/** Whom a period binds, or whose right it is. */
export function sayParty({ binds, right }: Agreement["periods"][number], language: Language): string {
  const words = agreementTextsOf(language);
  return words[right === undefined ? PARTIES.binds[binds ?? "processor"] : PARTIES.right[right]];
}

function sayBounds({ least, most, mandatory }: Agreement["choices"][number], language: Language): string {
  const words = agreementTextsOf(language);
  return [
    ...(least === undefined ? [] : [`${words.choiceLeast} ${sayPeriod(least, language)}`]),
    ...(most === undefined ? [] : [`${words.choiceMost} ${sayPeriod(most, language)}`]),
    ...(mandatory ? [] : [words.choiceOptional]),
    ...(least === undefined && most === undefined && mandatory ? [words.choiceBetween] : []),
  ].join(", ");
}

function sayOperations(
  operations: Agreement["recipients"][number]["operations"],
  language: Language,
): string {
  return operations.map((each) => operationWords[each][language]).join(", ");
}

function sayCountry(code: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: "region" }).of(code) ?? code;
}
