/** The administration of accounts: the list, an invitation, one account, a link to hand over. */
import { actorRoles, type Bilingual, type ControllerId, type Instant } from "@preau/kernel";
import { type AccountRole, PUBLISHER } from "../account.ts";
import { accountTexts } from "../account-texts.ts";
import type { ListedAccount } from "../list-accounts.ts";
import { type AccountTexts } from "../locales/account-fr.ts";
import { Button, Field, Form } from "./form.tsx";
import { Moment } from "./moment.tsx";
import { Clause, Notice } from "./notice.tsx";
import { usePage } from "./page-state.ts";
import { Table } from "./table.tsx";

export interface AccountsPageProps {
  readonly controller: ControllerId;
  readonly accounts: readonly ListedAccount[];
  readonly roles: readonly AccountRole[];
  /** May look at other controllers' accounts. */
  readonly staff: boolean;
  /** What was wrong with an invitation. */
  readonly error?: Bilingual;
}

export function AccountsPage({ controller, accounts, roles, staff, error }: AccountsPageProps) {
  const { language } = usePage();
  const texts = accountTexts(language);
  return (
    <>
      <p class="over">{controller === PUBLISHER ? texts.staffAccounts : controller}</p>
      <h1>
        {texts.accountsTitle} <Clause id="DD.5" />
      </h1>
      <p class="lead">{texts.accountsLead}</p>
      <AccountTable accounts={accounts} caption={texts.accountsCaption} />
      <p>
        <a href={`/accounts/review?controller=${encodeURIComponent(controller)}`}>{texts.reviewLink}</a>
      </p>
      <h2>{texts.inviteTitle}</h2>
      <p>{texts.inviteHint}</p>
      {error !== undefined && <Notice kind="danger" title={error[language]} />}
      <Form action="/accounts/invite">
        <input type="hidden" name="controller" value={controller} />
        <Field name="name" label={texts.name} autocomplete="off" required />
        <Field name="email" type="email" label={texts.email} autocomplete="off" required />
        <Field
          name="role"
          label={texts.role}
          options={roles.map((role) => [role, actorRoles[role][language]] as const)}
        />
        <Button>{texts.invite}</Button>
      </Form>
      {staff && (
        <>
          <h2>{texts.showClient}</h2>
          <Form action="/accounts" method="get">
            <Field
              name="controller"
              label={texts.controller}
              hint={texts.showClientHint}
              autocomplete="off"
              required
            />
            <Button kind="secondary">{texts.show}</Button>
          </Form>
        </>
      )}
    </>
  );
}

export function AccountTable({
  accounts,
  caption,
  review,
}: {
  readonly accounts: readonly ListedAccount[];
  readonly caption: string;
  /** With the account's use. */
  readonly review?: (account: ListedAccount["account"]) => string;
}) {
  const { language } = usePage();
  const texts = accountTexts(language);
  return (
    <Table
      caption={caption}
      rows={accounts}
      empty={texts.noAccounts}
      columns={[
        {
          title: texts.name,
          cell: ({ account, person }) => (
            <a href={`/accounts/${account.id}?controller=${encodeURIComponent(account.controller)}`}>
              {person?.name ?? texts.erased}
            </a>
          ),
        },
        { title: texts.email, cell: ({ person }) => person?.email ?? texts.erased },
        { title: texts.role, cell: ({ account }) => actorRoles[account.role][language] },
        { title: texts.state, cell: (each) => <State {...each} texts={texts} /> },
        { title: texts.factor, cell: ({ account }) => (account.factor === null ? texts.no : texts.yes) },
        {
          title: texts.lastSignIn,
          cell: ({ account }) => <Seldom at={account.signedInAt} never={texts.never} />,
        },
        ...(review === undefined
          ? []
          : [{ title: texts.use, cell: ({ account }: ListedAccount) => review(account) }]),
      ]}
    />
  );
}

function Seldom({ at, never }: { readonly at: Instant | null; readonly never: string }) {
  return at === null ? <>{never}</> : <Moment at={at} />;
}

export function State({
  account,
  lockedUntil,
  recoveryAskedAt,
  texts,
}: ListedAccount & { readonly texts: AccountTexts }) {
  return (
    <>
      {texts[account.state]}
      {lockedUntil !== undefined && (
        <>
          , {texts.locked} <Moment at={lockedUntil} />
        </>
      )}
      {recoveryAskedAt !== undefined && `, ${texts.askedLink}`}
    </>
  );
}

export interface LinkPageProps {
  readonly url: string;
  readonly expiresAt: Instant;
  readonly controller: ControllerId;
}

export function LinkPage({ url, expiresAt, controller }: LinkPageProps) {
  const texts = accountTexts(usePage().language);
  return (
    <>
      <h1>{texts.linkTitle}</h1>
      <p class="lead">
        {texts.linkLead} <Moment at={expiresAt} />.
      </p>
      <div class="field">
        <label for="link">{texts.link}</label>
        <textarea id="link" rows={3} readonly>
          {url}
        </textarea>
      </div>
      <p>
        <a href={`/accounts?controller=${encodeURIComponent(controller)}`}>{texts.backToAccounts}</a>
      </p>
    </>
  );
}
