/** Setting a password by a link: an invitation, or a recovery. */
import { actorRoles } from "@preau/kernel";
import { type Account, type AccountPerson, PUBLISHER } from "../account.ts";
import { accountTexts, filled } from "../account-texts.ts";
import type { PasswordFlaw } from "../password-rules.ts";
import { Definition } from "./definition.tsx";
import { Button, Field, Form } from "./form.tsx";
import { usePage } from "./page-state.ts";

export interface SetPasswordPageProps {
  readonly purpose: "invitation" | "recovery";
  readonly token: string;
  readonly account: Account;
  readonly person: AccountPerson;
  /** Characters at least. */
  readonly length: number;
  readonly flaw?: PasswordFlaw;
  readonly company: boolean;
}

export function SetPasswordPage(props: SetPasswordPageProps) {
  const { purpose, token, account, person, length, flaw, company } = props;
  const { language } = usePage();
  const texts = accountTexts(language);
  const invited = purpose === "invitation";
  const said = (text: string) => filled(text, "length", String(length));
  return (
    <>
      <h1>{invited ? texts.invitationTitle : texts.recoveryTitle}</h1>
      <p class="lead">{invited ? texts.invitationLead : texts.recoveryLead}</p>
      <Definition
        narrow
        entries={[
          [texts.accountOf, `${person.name} · ${person.email}`],
          [texts.role, actorRoles[account.role][language]],
          ...(account.controller === PUBLISHER ? [] : [[texts.client, account.controller] as const]),
        ]}
      />
      {company && invited && (
        <div class="actions">
          <Button kind="secondary" href={`/sign-in/company?invitation=${encodeURIComponent(token)}`}>
            {texts.withCompany}
          </Button>
        </div>
      )}
      <Form action={invited ? "/invitation" : "/sign-in/recovery"}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="username" value={person.email} autocomplete="username" />
        <Field
          name="password"
          type="password"
          label={texts.newPassword}
          hint={said(texts.newPasswordHint)}
          autocomplete="new-password"
          required
          {...(flaw === undefined ? {} : { error: said(texts[flaw]) })}
        />
        <Button>{texts.setPassword}</Button>
      </Form>
    </>
  );
}
