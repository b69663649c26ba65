/** What a controller needs in order to object: the entry, why, where, how long, with which guarantees. */
import type { Agreement } from "@preau/agreement";
import { sayDate } from "@preau/documents";
import type { Language } from "@preau/kernel";
import { Clause, Definition, Notice, sayMoment, usePage } from "@preau/web";
import type { Change } from "../change.ts";
import type { Notice as SentNotice } from "../notice.ts";
import { noticeFacts } from "../notice-facts.ts";
import { pageTextsOf } from "../page-texts.ts";
import type { Standing } from "../standing.ts";

export function ChangeContent({
  language,
  agreement,
  change,
}: {
  readonly language: Language;
  readonly agreement: Agreement;
  readonly change: Change;
}) {
  return <Definition entries={noticeFacts(change, agreement, language)} />;
}

/** Where one client stands, in words and days. */
export function StandingNotice({
  language,
  notice,
  standing,
}: {
  readonly language: Language;
  readonly notice: SentNotice;
  readonly standing: Standing;
}) {
  const words = pageTextsOf(language);
  const page = usePage();
  if (standing.is === "OBJECTED")
    return (
      <Notice kind="ok" title={words.objectionKept}>
        <p>
          {words.objectedOn(sayMoment(standing.datedAt, page))} <Clause id="D8.3" />
        </p>
      </Notice>
    );
  if (notice.receipt === undefined || !("window" in standing))
    return (
      <Notice kind={standing.is === "WITHDRAWN" ? "info" : "warn"} title={words.standings[standing.is]} />
    );
  const { window, opensAt } = standing.window;
  const isOver = page.now >= window.opensAt;
  return (
    <Notice kind="ok" title={words.receiptDone}>
      <p>{words.receivedOn(sayMoment(notice.receipt.receivedAt, page))}</p>
      {!isOver && (
        <p>
          {words.windowUntil(sayDate(window.lastDay, language))} <Clause id={window.clause} />
        </p>
      )}
      <p>
        {standing.is === "OPEN"
          ? words.opened(sayMoment(opensAt, page))
          : words.opensOn(sayMoment(opensAt, page))}
      </p>
      {window.notes.includes("GOOD_FRIDAY_UNKNOWN") && <p class="hint">{words.goodFriday}</p>}
    </Notice>
  );
}
