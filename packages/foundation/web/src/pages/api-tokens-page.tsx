/** Machines' tokens of one client: the list, what a new one may do, and the one time that it is shown. */
import { actorRoles, type Bilingual, type ControllerId, type Instant, type Language } from "@preau/kernel";
import { filled } from "../account-texts.ts";
import { apiScopes, apiUses } from "../api-scopes.ts";
import type { ApiToken } from "../api-tokens.ts";
import { apiTokenEn } from "../locales/api-token-en.ts";
import { type ApiTokenTexts, apiTokenFr } from "../locales/api-token-fr.ts";
import { sayMoment } from "../moment.ts";
import { Definition } from "./definition.tsx";
import { Button, Field, Form } from "./form.tsx";
import { Moment } from "./moment.tsx";
import { Clause, Notice } from "./notice.tsx";
import { usePage } from "./page-state.ts";

export function apiTokenTexts(language: Language): ApiTokenTexts {
  return language === "fr" ? apiTokenFr : apiTokenEn;
}

export interface ApiTokensPageProps {
  /** Absent until the publisher's own people have named one. */
  readonly controller: ControllerId | undefined;
  readonly tokens: readonly ApiToken[];
  readonly now: Instant;
  /** May look at other clients'. */
  readonly staff: boolean;
  readonly revoked?: boolean;
  /** What was sent could not be made. */
  readonly wrong?: boolean;
}

export function ApiTokensPage(props: ApiTokensPageProps) {
  const { controller, staff, revoked, wrong } = props;
  const texts = apiTokenTexts(usePage().language);
  return (
    <>
      {controller !== undefined && <p class="over">{controller}</p>}
      <h1>
        {texts.title} <Clause id="DD.5" />
      </h1>
      <p class="lead">{texts.lead}</p>
      {revoked === true && (
        <Notice kind="ok" title={texts.revokedDone}>
          <p>{texts.revokedWhy}</p>
        </Notice>
      )}
      {wrong === true && <Notice kind="danger" title={texts.bad} />}
      {controller !== undefined && (
        <>
          <TokenCards {...props} controller={controller} />
          <MakeForm controller={controller} />
        </>
      )}
      {staff && (
        <Form action="/account/tokens" method="get">
          <Field name="controller" label={texts.client} hint={texts.clientHint} autocomplete="off" required />
          <Button kind="secondary">{texts.show}</Button>
        </Form>
      )}
    </>
  );
}

function TokenCards({ controller, tokens, now }: ApiTokensPageProps & { readonly controller: ControllerId }) {
  const { language, zone } = usePage();
  const texts = apiTokenTexts(language);
  const told = { language, zone };
  return (
    <>
      <h2>{texts.caption}</h2>
      {tokens.length === 0 && <p>{texts.none}</p>}
      <div class="cards">
        {tokens.map((token) => (
          <div key={token.id} class="card">
            <h3>{apiUses[token.use][language]}</h3>
            <Definition
              entries={[
                [texts.token, <code>{token.id}</code>],
                [texts.state, texts[stateOf(token, now)]],
                [texts.scopes, token.scopes.map((each) => apiScopes[each][language]).join(" · ")],
                [
                  texts.made,
                  `${sayMoment(token.madeAt, told)}, ${actorRoles[token.madeBy.role][language].toLowerCase()}`,
                ],
                [texts.until, <Moment at={token.expiresAt} />],
                [texts.lastUsed, token.lastUsedOn ?? texts.never],
              ]}
            />
            {stateOf(token, now) === "alive" && <RevokeForm {...{ controller, token, texts }} />}
          </div>
        ))}
      </div>
    </>
  );
}

function RevokeForm({
  controller,
  token,
  texts,
}: {
  readonly controller: ControllerId;
  readonly token: ApiToken;
  readonly texts: ApiTokenTexts;
}) {
  return (
    <Form action={`/account/tokens/${token.id}/revocation`} class="inline">
      <input type="hidden" name="controller" value={controller} />
      <button type="submit" class="button danger" aria-label={filled(texts.revokeWhat, "token", token.id)}>
        {texts.revoke}
      </button>
    </Form>
  );
}

function stateOf({ revokedAt, expiresAt }: ApiToken, now: Instant): "alive" | "expired" | "revoked" {
  if (revokedAt !== undefined) return "revoked";
  return now > expiresAt ? "expired" : "alive";
}

function MakeForm({ controller }: { readonly controller: ControllerId }) {
  const { language } = usePage();
  const texts = apiTokenTexts(language);
  const inLanguage = (words: Readonly<Record<string, Bilingual>>) =>
    Object.entries(words).map(([word, says]) => [word, says[language]] as const);
  return (
    <>
      <h2>{texts.makeTitle}</h2>
      <p>{texts.makeHint}</p>
      <Form action="/account/tokens">
        <input type="hidden" name="controller" value={controller} />
        <Field name="use" label={texts.use} options={inLanguage(apiUses)} />
        <fieldset>
          <legend>{texts.scopes}</legend>
          {inLanguage(apiScopes).map(([scope, says]) => (
            <Field key={scope} name={scope} type="checkbox" label={says} value="yes" />
          ))}
        </fieldset>
        <Field
          name="days"
          type="number"
          label={texts.days}
          hint={texts.daysHint}
          value="180"
          autocomplete="off"
          required
        />
        <Button>{texts.make}</Button>
      </Form>
    </>
  );
}

export interface ApiTokenShownProps {
  readonly token: string;
  readonly controller: ControllerId;
}

export function ApiTokenShownPage({ token, controller }: ApiTokenShownProps) {
  const texts = apiTokenTexts(usePage().language);
  return (
    <>
      <h1>{texts.shownTitle}</h1>
      <p class="lead">{texts.shownLead}</p>
      <div class="field">
        <label for="token">{texts.token}</label>
        <textarea id="token" rows={2} readonly>
          {token}
        </textarea>
      </div>
      <p>{texts.shownUse}</p>
      <p>
        <code>Authorization: Bearer preau_…</code>
      </p>
      <p>
        <a href={`/account/tokens?controller=${encodeURIComponent(controller)}`}>{texts.back}</a>
      </p>
    </>
  );
}
