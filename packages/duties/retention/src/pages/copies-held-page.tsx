/** Copies of a client's data that stand beside the service, each with the day that ends it; backups restored in a test. */
import { actorRoles, type Language } from "@preau/kernel";
import { Clause, Form, Moment, Notice, sayNumber, Table, Verdict } from "@preau/web";
import { contractEndTextsOf } from "../contract-end-texts.ts";
import { type Holding, holdingName } from "../loading-data.ts";
import type { HoldingVerdict } from "../loading-data-destroy.ts";
import type { RestoreTest } from "../store/holdings.ts";

export interface CopiesHeldPageProps {
  readonly language: Language;
  readonly controller: string;
  readonly held: readonly HoldingVerdict[];
  readonly destroyed: readonly Holding[];
  readonly tests: readonly RestoreTest[];
  readonly decides: boolean;
}

export function CopiesHeldPage(props: CopiesHeldPageProps) {
  const { language, controller, held, destroyed, tests, decides } = props;
  const words = contractEndTextsOf(language);
  return (
    <>
      <p class="over">
        <a href={`/controllers/${controller}/contract-end`}>{words.title}</a> · {controller}
      </p>
      <h1>
        {words.holdings} <Clause id="S9" /> <Clause id="S15" />
      </h1>
      <p class="lead">{words.holdingsLead}</p>
      {held.some(({ why }) => why === "restoreNotTested") && (
        <Notice kind="warn" title={words.restoreMissing}>
          <p>{words.restoreMissingHint}</p>
        </Notice>
      )}
      <Table<HoldingVerdict>
        caption={words.holdings}
        empty={words.holdingsEmpty}
        columns={[
          { title: words.holding, cell: ({ holding }) => <Name {...{ language, holding }} /> },
          { title: words.held, cell: ({ holding }) => <Moment at={holding.heldSince} /> },
          {
            title: words.accepted,
            cell: ({ holding }) =>
              holding.anchorAt !== undefined ? (
                <Moment at={holding.anchorAt} />
              ) : decides && holding.store === "loadingData" ? (
                <Form
                  action={`/controllers/${controller}/copies-held/${holding.id}/acceptance`}
                  class="inline"
                >
                  <button type="submit" class="quiet" aria-label={words.acceptOf(holdingName(holding))}>
                    {words.accept}
                  </button>
                </Form>
              ) : (
                words.notAccepted
              ),
          },
          {
            title: words.due,
            cell: ({ until }) => (until === undefined ? words.noDue : <Moment at={until} />),
          },
          {
            title: words.size,
            numeric: true,
            cell: ({ holding }) => (holding.bytes === undefined ? "–" : sayNumber(holding.bytes, language)),
          },
        ]}
        rows={held}
      />
      <Table<RestoreTest>
        caption={words.restoreTests}
        empty={words.restoreTestsEmpty}
        columns={[
          { title: words.backup, cell: ({ backup }) => <code>{backup}</code> },
          { title: words.backupAt, cell: ({ backupAt }) => <Moment at={backupAt} /> },
          { title: words.restoredAt, cell: ({ restoredAt }) => <Moment at={restoredAt} /> },
          { title: words.evidence, cell: ({ evidence }) => evidence },
          { title: words.recordedBy, cell: ({ recordedBy }) => actorRoles[recordedBy][language] },
        ]}
        rows={tests}
      />
      {destroyed.length > 0 && (
        <Table<Holding>
          caption={words.destroyed}
          empty={words.holdingsEmpty}
          columns={[
            { title: words.holding, cell: (holding) => <Name {...{ language, holding }} /> },
            {
              title: words.destroyed,
              cell: ({ destroyedAt }) => (destroyedAt === undefined ? "–" : <Moment at={destroyedAt} />),
            },
            {
              title: words.verdict,
              cell: ({ verdict }) => (verdict === undefined ? "–" : <Verdict verdict={verdict} />),
            },
            {
              title: words.receipt,
              cell: ({ receipt }) =>
                receipt === undefined ? (
                  "–"
                ) : (
                  <a href={`/retention/receipts/${receipt}?controller=${controller}`}>{receipt}</a>
                ),
            },
          ]}
          rows={destroyed}
        />
      )}
    </>
  );
}

function Name({ language, holding }: { readonly language: Language; readonly holding: Holding }) {
  const words = contractEndTextsOf(language);
  return (
    <>
      {holdingName(holding)}
      <span class="below">
        {words.stores[holding.store]} · {words.kinds[holding.kind]}
      </span>
    </>
  );
}
