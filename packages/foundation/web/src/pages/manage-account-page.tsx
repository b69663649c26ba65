/** One account and what may be done to it: a button a deed, each with what it means. */
import { actorRoles } from "@preau/kernel";
import { type AccountRole, PUBLISHER } from "../account.ts";
import { accountTexts } from "../account-texts.ts";
import type { ListedAccount } from "../list-accounts.ts";
import { State } from "./accounts-page.tsx";
import { Definition } from "./definition.tsx";
import { Button, Field, Form } from "./form.tsx";
import { Moment } from "./moment.tsx";
import { Notice } from "./notice.tsx";
import { usePage } from "./page-state.ts";

export interface ManageAccountPageProps {
  readonly listed: ListedAccount;
  /** May this actor act upon it? The page shows no button otherwise. */
  readonly mine: boolean;
  /** Roles that it may be given. */
  readonly roles: readonly AccountRole[];
  readonly done?: boolean;
}

export function ManageAccountPage({ listed, mine, roles, done }: ManageAccountPageProps) {
  const { language } = usePage();
  const texts = accountTexts(language);
  const { account, person } = listed;
  return (
    <>
      <h1>{texts.manageTitle}</h1>
      {done === true && <Notice kind="ok" title={texts.done} />}
      <Definition
        narrow
        entries={[
          [texts.name, person?.name ?? texts.erased],
          [texts.email, person?.email ?? texts.erased],
          [texts.role, actorRoles[account.role][language]],
          [texts.client, account.controller === PUBLISHER ? texts.staffAccounts : account.controller],
          [texts.state, <State {...listed} texts={texts} />],
          [texts.createdAt, <Moment at={account.createdAt} />],
          [texts.lastSignIn, account.signedInAt === null ? texts.never : <Moment at={account.signedInAt} />],
        ]}
      />
      {mine && <Deeds listed={listed} roles={roles} />}
      <p>
        <a href={`/accounts?controller=${encodeURIComponent(account.controller)}`}>{texts.backToAccounts}</a>
      </p>
    </>
  );
}

function Deeds({ listed, roles }: Pick<ManageAccountPageProps, "listed" | "roles">) {
  const { language } = usePage();
  const texts = accountTexts(language);
  const { account, lockedUntil } = listed;
  const { state } = account;
  const deed = (name: string, label: string, why?: string, danger = false) => (
    <Form action={`/accounts/${account.id}/${name}`} class="card stack">
      <input type="hidden" name="controller" value={account.controller} />
      {why !== undefined && <p>{why}</p>}
      <Button kind={danger ? "danger" : "secondary"}>{label}</Button>
    </Form>
  );
  return (
    <div class="cards">
      {lockedUntil !== undefined && deed("unlock", texts.unlock)}
      {state === "invited" && deed("link", texts.issueInvitation, texts.inviteHint)}
      {state === "active" && deed("link", texts.issueRecovery, texts.inviteHint)}
      {state === "active" && deed("reset-factor", texts.resetFactor, texts.resetFactorWhy, true)}
      {state !== "revoked" && roles.length > 0 && (
        <Form action={`/accounts/${account.id}/role`} class="card stack">
          <input type="hidden" name="controller" value={account.controller} />
          <Field
            name="role"
            label={texts.newRole}
            options={roles.map((role) => [role, actorRoles[role][language]] as const)}
          />
          <Button kind="secondary">{texts.changeRole}</Button>
        </Form>
      )}
      {state === "active" && deed("suspend", texts.suspend, texts.suspendWhy)}
      {state === "suspended" && deed("restore", texts.restore)}
      {state !== "revoked" && deed("revoke", texts.revoke, texts.revokeWhy, true)}
      {state === "revoked" && deed("erase", texts.eraseAccount, texts.eraseWhy, true)}
    </div>
  );
}
