/** The review of access rights: every account of a controller, how it is used, and the word that it was looked through. */
import { addMillis, type ControllerId, type Instant } from "@preau/kernel";
import { PUBLISHER } from "../account.ts";
import { accountTexts } from "../account-texts.ts";
import type { ListedAccount } from "../list-accounts.ts";
import { isIdle } from "../review-access.ts";
import { AccountTable } from "./accounts-page.tsx";
import { Definition } from "./definition.tsx";
import { Button, Form } from "./form.tsx";
import { Moment } from "./moment.tsx";
import { Clause } from "./notice.tsx";
import { usePage } from "./page-state.ts";

export interface AccessReviewPageProps {
  readonly controller: ControllerId;
  readonly accounts: readonly ListedAccount[];
  readonly lastReview: Instant | undefined;
  readonly reviewDays: number;
  readonly idleDays: number;
}

export function AccessReviewPage({
  controller,
  accounts,
  lastReview,
  reviewDays,
  idleDays,
}: AccessReviewPageProps) {
  const { language, now } = usePage();
  const texts = accountTexts(language);
  const standing = accounts.filter(({ account }) => account.state !== "revoked");
  return (
    <>
      <h1>
        {texts.reviewTitle} <Clause id="DD.5" />
      </h1>
      <p class="lead">{texts.reviewLead}</p>
      <Definition
        narrow
        entries={[
          [texts.client, controller === PUBLISHER ? texts.staffAccounts : controller],
          [texts.lastReview, lastReview === undefined ? texts.never : <Moment at={lastReview} />],
          ...(lastReview === undefined
            ? []
            : [[texts.nextReview, <Moment at={addMillis(lastReview, reviewDays * 86_400_000)} />] as const]),
        ]}
      />
      <AccountTable
        accounts={standing}
        caption={texts.reviewCaption}
        review={(account) => (isIdle(account, now, idleDays) ? texts.idle : texts.recent)}
      />
      <Form action="/accounts/review">
        <input type="hidden" name="controller" value={controller} />
        <Button>{texts.reviewDone}</Button>
      </Form>
      <p>
        <a href={`/accounts?controller=${encodeURIComponent(controller)}`}>{texts.backToAccounts}</a>
      </p>
    </>
  );
}
