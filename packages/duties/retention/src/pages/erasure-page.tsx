/** One erasure as it goes: its clock, its stores, its receipt. Pseudonymous: it names nobody. @clause D12.2 */
import type { Receipt } from "@preau/journal";
import type { Language } from "@preau/kernel";
import { Button, Clause, Countdown, Definition, Moment, Notice, sayNumber, Table, Verdict } from "@preau/web";
import type { Erasure } from "../erasure.ts";
import type { LaterLook } from "../later-look.ts";
import { textsOf } from "../texts.ts";
import { KeptTable, NotCoveredTable } from "./deletion-page.tsx";
import { LaterLookPart } from "./later-look.tsx";
import { StoresTable } from "./stores-table.tsx";

export interface ErasurePageProps {
  readonly language: Language;
  readonly erasure: Erasure;
  /** Present once the erasure is closed. */
  readonly receipt: Receipt | undefined;
  /** Where a store was PENDING: the look that waits for it, and its receipt. */
  readonly later?: { readonly look: LaterLook; readonly receipt: Receipt | undefined } | undefined;
  readonly titleOf: (store: string) => string;
}

export function ErasurePage({ language, erasure, receipt, later, titleOf }: ErasurePageProps) {
  const words = textsOf(language);
  const closed = receipt?.closedAt ?? erasure.closedAt;
  return (
    <>
      <h1>{words.erasureTitle}</h1>
      <Definition
        entries={[
          [
            receipt === undefined ? words.reference : words.receiptId,
            <code key="id">{receipt?.id ?? erasure.id}</code>,
          ],
          [words.requestedAt, <Moment key="at" at={erasure.requestedAt} />],
          [
            words.dueAt,
            <span key="due">
              <Moment at={erasure.dueAt} /> <Clause id={erasure.clause} />
            </span>,
          ],
          closed === undefined
            ? [words.timeLeft, <Countdown key="left" until={erasure.dueAt} />]
            : [words.closedAt, <Moment key="closed" at={closed} />],
          [
            words.verdict,
            receipt === undefined ? stateIn(words, erasure) : <Verdict key="v" verdict={receipt.verdict} />,
          ],
        ]}
      />
      {Object.entries(erasure.progress).map(([store, progress]) =>
        progress.failed === undefined ? null : (
          <Notice key={store} kind="danger">
            <p>{words.failedStore(titleOf(store))}</p>
          </Notice>
        ),
      )}
      {receipt === undefined ? (
        <p class="hint">{words.refreshing}</p>
      ) : (
        <Outcome language={language} erasure={erasure} receipt={receipt} titleOf={titleOf} />
      )}
      {later === undefined ? null : <LaterLookPart language={language} {...later} titleOf={titleOf} />}
    </>
  );
}

function Outcome({ language, erasure, receipt, titleOf }: ErasurePageProps & { readonly receipt: Receipt }) {
  const words = textsOf(language);
  const number = (value: number) => sayNumber(value, language);
  return (
    <>
      <div class="actions">
        <Button href={`/erasures/${erasure.id}/receipt`}>{words.download}</Button>
        <Button kind="secondary" href="/journal">
          {words.publicKeys}
        </Button>
      </div>
      <p class="hint">{words.downloadHint}</p>
      <StoresTable language={language} stores={receipt.stores} titleOf={titleOf} />
      <Table
        caption={words.goneTitle}
        columns={[
          { title: words.planTable, cell: (row) => row.table },
          { title: words.planErased, numeric: true, cell: (row) => number(row.erased) },
          { title: words.planAnonymised, numeric: true, cell: (row) => number(row.anonymised) },
          { title: words.planKept, numeric: true, cell: (row) => number(row.kept) },
        ]}
        rows={receipt.stores.flatMap((store) =>
          store.tables
            .filter((table) => table.erased + table.anonymised + table.kept > 0)
            .map((table) => ({ ...table, table: `${titleOf(store.store)} · ${table.table}` })),
        )}
      />
      <KeptTable language={language} kept={receipt.kept} />
      <NotCoveredTable language={language} notCovered={receipt.notCovered} empty={words.notCoveredNothing} />
      <p>
        {words.lastCopy}{" "}
        <time datetime={receipt.lastCopy.date}>{dayIn(receipt.lastCopy.date, language)}</time> (
        {receipt.lastCopy.basis === "generations" ? words.lastCopySeen : words.lastCopyPromised}){" "}
        <Clause id="D12.3" />
      </p>
    </>
  );
}

function stateIn(words: ReturnType<typeof textsOf>, erasure: Erasure): string {
  const states = {
    ordered: words.stateOrdered,
    planned: words.statePlanned,
    erased: words.stateErased,
    closed: words.stateClosed,
  };
  return states[erasure.state];
}

function dayIn(date: string, language: Language): string {
  const day = new Date(`${date}T12:00:00.000Z`);
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(day);
}
