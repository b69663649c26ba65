/** One's own account: password, second factor, sessions; and the proof that is asked for before what counts. */
import type { Instant } from "@preau/kernel";
import { type ActorRole, actorRoles } from "@preau/kernel";
import { type Account, type AccountPerson, PUBLISHER } from "../account.ts";
import { accountTexts, filled } from "../account-texts.ts";
import { apiTokenRoles } from "../api-tokens.ts";
import type { PasswordFlaw } from "../password-rules.ts";
import type { ActorSession } from "../sessions.ts";
import { apiTokenTexts } from "./api-tokens-page.tsx";
import { Definition } from "./definition.tsx";
import { Button, Field, Form } from "./form.tsx";
import { Moment } from "./moment.tsx";
import { Notice } from "./notice.tsx";
import { usePage } from "./page-state.ts";
import { WaitNotice } from "./sign-in-page.tsx";
import { Table } from "./table.tsx";

export interface AccountPageProps {
  readonly account: Account;
  readonly person: AccountPerson | undefined;
  readonly sessions: readonly ActorSession[];
  readonly codesLeft: number;
  /** Characters of a new password at least. */
  readonly length: number;
  readonly changed?: boolean;
  readonly ended?: boolean;
  readonly wrong?: boolean;
  readonly flaw?: PasswordFlaw;
  readonly waitUntil?: Instant;
}

export function AccountPage(props: AccountPageProps) {
  const { account, person, changed, ended, waitUntil } = props;
  const { language } = usePage();
  const texts = accountTexts(language);
  return (
    <>
      <h1>{texts.accountTitle}</h1>
      <p class="lead">{texts.accountLead}</p>
      {changed === true && (
        <Notice kind="ok" title={texts.changed}>
          <p>{texts.changedWhy}</p>
        </Notice>
      )}
      {ended === true && <Notice kind="ok" title={texts.ended} />}
      {waitUntil !== undefined && <WaitNotice until={waitUntil} />}
      <Definition
        narrow
        entries={[
          [texts.accountOf, person === undefined ? texts.erased : `${person.name} · ${person.email}`],
          [texts.role, actorRoles[account.role][language]],
          ...(account.controller === PUBLISHER ? [] : [[texts.client, account.controller] as const]),
        ]}
      />
      <PasswordPart {...props} />
      <FactorPart {...props} />
      <SessionsPart {...props} />
      {(apiTokenRoles as readonly ActorRole[]).includes(account.role) && (
        <p>
          <a href="/account/tokens">{apiTokenTexts(language).title}</a>
        </p>
      )}
    </>
  );
}

function PasswordPart({ account, person, length, wrong, flaw }: AccountPageProps) {
  const texts = accountTexts(usePage().language);
  const said = (text: string) => filled(text, "length", String(length));
  return (
    <>
      <h2>{texts.passwordTitle}</h2>
      {account.password === null ? (
        <p>{texts.noPassword}</p>
      ) : (
        <Form action="/account/password">
          <input type="hidden" name="username" value={person?.email ?? ""} autocomplete="username" />
          <Field
            name="current"
            type="password"
            label={texts.currentPassword}
            autocomplete="current-password"
            required
            {...(wrong === true ? { error: texts.wrongPassword } : {})}
          />
          <Field
            name="password"
            type="password"
            label={texts.newPassword}
            hint={said(texts.newPasswordHint)}
            autocomplete="new-password"
            required
            {...(flaw === undefined ? {} : { error: said(texts[flaw]) })}
          />
          <Button>{texts.changePassword}</Button>
        </Form>
      )}
    </>
  );
}

function FactorPart({ account, codesLeft }: AccountPageProps) {
  const texts = accountTexts(usePage().language);
  const enrolled = account.factor !== null;
  return (
    <>
      <h2>{texts.factorHeading}</h2>
      <Definition
        narrow
        entries={[
          [texts.factorHeading, enrolled ? texts.factorOn : texts.factorOff],
          ...(enrolled ? [[texts.codesLeft, String(codesLeft)] as const] : []),
        ]}
      />
      <div class="actions">
        <Button kind="secondary" href="/account/factor">
          {enrolled ? texts.replaceFactor : texts.addFactor}
        </Button>
      </div>
      {enrolled && (
        <Form action="/account/recovery-codes">
          <p class="hint">{texts.renewCodesWhy}</p>
          <Button kind="secondary">{texts.renewCodes}</Button>
        </Form>
      )}
    </>
  );
}

function SessionsPart({ sessions }: AccountPageProps) {
  const { language, session } = usePage();
  const texts = accountTexts(language);
  return (
    <>
      <h2>{texts.sessionsTitle}</h2>
      <Table
        caption={texts.sessionsCaption}
        rows={sessions}
        columns={[
          { title: texts.startedAt, cell: ({ startedAt }) => <Moment at={startedAt} /> },
          { title: texts.seenAt, cell: ({ seenAt }) => <Moment at={seenAt} /> },
          {
            title: texts.which,
            cell: ({ id }) => (id === session?.id ? texts.thisSession : texts.otherSession),
          },
        ]}
      />
      <Form action="/account/sessions">
        <Button kind="secondary">{texts.endOthers}</Button>
      </Form>
    </>
  );
}

export interface ConfirmPageProps {
  readonly next: string;
  /** What this account can prove itself with. */
  readonly by: "code" | "password" | "company";
  readonly refused?: boolean;
  readonly waitUntil?: Instant;
}

export function ConfirmPage({ next, by, refused, waitUntil }: ConfirmPageProps) {
  const texts = accountTexts(usePage().language);
  const error = by === "code" ? texts.codeRefusedWhy : texts.wrongPassword;
  return (
    <>
      <h1>{texts.confirmTitle}</h1>
      <p class="lead">{texts.confirmLead}</p>
      {waitUntil !== undefined && <WaitNotice until={waitUntil} />}
      {by === "company" ? (
        <Button href={`/sign-in/company?next=${encodeURIComponent(next)}`}>{texts.confirmCompany}</Button>
      ) : (
        <Form action="/account/confirm">
          <input type="hidden" name="next" value={next} />
          <Field
            name="proof"
            type={by === "code" ? "text" : "password"}
            label={by === "code" ? texts.code : texts.confirmPassword}
            autocomplete={by === "code" ? "one-time-code" : "current-password"}
            required
            {...(by === "code" ? { hint: texts.codeHint } : {})}
            {...(refused === true ? { error } : {})}
          />
          <Button>{texts.confirm}</Button>
        </Form>
      )}
    </>
  );
}
