/** Signing in with an address and a password, or through the company; and asking for a link when neither works. */
import { actorRoles, type Instant, millisOf } from "@preau/kernel";
import type { DemonstrationAccount } from "../account-demonstration.ts";
import { accountTexts, filled } from "../account-texts.ts";
import { sayDuration } from "../moment.ts";
import { Button, Field, Form } from "./form.tsx";
import { Notice } from "./notice.tsx";
import { usePage } from "./page-state.ts";
import { Table } from "./table.tsx";

export interface SignInPageProps {
  readonly next: string;
  /** What was given before it was refused; never a password. */
  readonly email?: string;
  readonly controller?: string;
  readonly refused?: boolean;
  readonly waitUntil?: Instant;
  readonly company: boolean;
  readonly demonstration: readonly DemonstrationAccount[];
}

export function SignInPage(props: SignInPageProps) {
  const { next, email, controller, refused, waitUntil, company, demonstration } = props;
  const texts = accountTexts(usePage().language);
  return (
    <>
      <h1>{texts.signInTitle}</h1>
      <p class="lead">{texts.signInLead}</p>
      {refused === true && (
        <Notice kind="danger" title={texts.refused}>
          <p>{texts.refusedWhy}</p>
        </Notice>
      )}
      {waitUntil !== undefined && <WaitNotice until={waitUntil} />}
      {company && (
        <div class="actions">
          <Button kind="secondary" href={`/sign-in/company?next=${encodeURIComponent(next)}`}>
            {texts.company}
          </Button>
        </div>
      )}
      <Form action="/sign-in">
        <input type="hidden" name="next" value={next} />
        <Field
          name="email"
          type="email"
          label={texts.email}
          value={email ?? ""}
          autocomplete="username"
          required
        />
        <Field
          name="password"
          type="password"
          label={texts.password}
          autocomplete="current-password"
          required
        />
        <Field
          name="controller"
          label={texts.controller}
          hint={texts.controllerHint}
          value={controller ?? ""}
          autocomplete="organization"
        />
        <div class="actions">
          <Button>{texts.signIn}</Button>
          <a href="/sign-in/recover">{texts.cannot}</a>
        </div>
      </Form>
      {demonstration.length > 0 && <Demonstration accounts={demonstration} />}
    </>
  );
}

/** Who must wait, and how long, in words: never longer than it is. */
export function WaitNotice({ until }: { readonly until: Instant }) {
  const { now, language } = usePage();
  const texts = accountTexts(language);
  const left = Math.max(0, millisOf(until) - millisOf(now));
  return (
    <Notice kind="danger" title={texts.wait}>
      <p>{filled(texts.waitWhy, "time", sayDuration(left, language))}</p>
    </Notice>
  );
}

function Demonstration({ accounts }: { readonly accounts: readonly DemonstrationAccount[] }) {
  const { language } = usePage();
  const texts = accountTexts(language);
  return (
    <>
      <Notice kind="warn" title={texts.demonstrationTitle}>
        <p>{texts.demonstrationWhy}</p>
      </Notice>
      <Table
        caption={texts.demonstrationCaption}
        rows={accounts}
        columns={[
          { title: texts.role, cell: ({ role }) => actorRoles[role][language] },
          { title: texts.email, cell: ({ email }) => <code>{email}</code> },
          { title: texts.password, cell: ({ password }) => <code>{password}</code> },
          {
            title: texts.oneTimeCode,
            cell: ({ code }) => (code === undefined ? texts.none : <code>{code}</code>),
          },
        ]}
      />
    </>
  );
}

export function RecoverPage({ done }: { readonly done: boolean }) {
  const texts = accountTexts(usePage().language);
  return (
    <>
      <h1>{texts.recoverTitle}</h1>
      {done ? (
        <Notice kind="ok" title={texts.recoverDone}>
          <p>{texts.recoverDoneWhy}</p>
        </Notice>
      ) : (
        <>
          <p class="lead">{texts.recoverLead}</p>
          <Form action="/sign-in/recover">
            <Field name="email" type="email" label={texts.email} autocomplete="username" required />
            <Button>{texts.recoverAsk}</Button>
          </Form>
        </>
      )}
      <p>
        <a href="/sign-in">{texts.back}</a>
      </p>
    </>
  );
}
