export { makeApp } from "./app.ts";
export type { AppOptions } from "./app-options.ts";
export { mayEnter, mountRoutes, refuseForgedForm } from "./mount-routes.ts";
export { type WebRoute, webRoutes } from "./web-route.ts";
export type { WebFields, WebHandler, WebRequest } from "./request.ts";
export { type PageOptions, sendPage } from "./pages/send-page.tsx";
export { type PageState, usePage } from "./pages/page-state.ts";
export {
  Button,
  type ButtonProps,
  Field,
  type FieldProps,
  Form,
  type FormProps,
} from "./pages/form.tsx";
export { type Column, Table, type TableProps } from "./pages/table.tsx";
export { Clause, Notice, type NoticeProps, Verdict } from "./pages/notice.tsx";
export { Definition, type DefinitionProps } from "./pages/definition.tsx";
export { Countdown, Moment } from "./pages/moment.tsx";
export { sayDuration, sayMoment, sayNumber, sayTimeLeft, type Telling } from "./moment.ts";
export { actsAs, controllerScope, namedController } from "./controller-scope.ts";
export { languageOf, say } from "./language.ts";
export { staffNetworkCheck } from "./http/staff-networks.ts";
export { localPath } from "./http/language-switch.ts";
export type { Body, BodyKind } from "./http/body.ts";
export type { RateLimit } from "./http/rate-limit.ts";
export { type Problem, problemOf } from "./http/problem.ts";
export type { Refusal, Session, SessionData, SessionId, SessionKey, SignIn } from "./session.ts";
export { accountsPlugin } from "./plugin.ts";
export {
  type Account,
  type AccountActor,
  type AccountPerson,
  type AccountRole,
  accountRoles,
  type AccountState,
  isAccountRole,
  isStaffRole,
  PUBLISHER,
} from "./account.ts";
export { type AccountOptions, accountOptions, isLoopback } from "./account-options.ts";
export { type AttemptCounter, countAttempts } from "./count-attempts.ts";
export { type AccountMeans, type AccountPorts, makeAccountMeans } from "./account-means.ts";
export { type HandedLink, type Invitation, inviteAccount } from "./invite-account.ts";
export { type Link, type Links, type LinkState, type LinkTerms, makeLinks } from "./links.ts";
export { type ApiScope, type ApiUse, apiScopes, apiUses, isApiScope, isApiUse } from "./api-scopes.ts";
export {
  type ApiCaller,
  type ApiToken,
  type ApiTokenId,
  type ApiTokens,
  type ApiTokensOptions,
  type ApiTokenTerms,
  MOST_TOKEN_DAYS,
  makeApiTokens,
} from "./api-tokens.ts";
export { type TokenRoute, tokenRoute } from "./http/token-route.ts";
export { linkPath } from "./http/link-routes.tsx";
export { type AccountList, accountsOf, type ListedAccount } from "./list-accounts.ts";
export {
  type AccountRef,
  issueLink,
  resetFactor,
  revokeAccount,
  unlockAccount,
} from "./administer-account.ts";
export { eraseAccount } from "./erase-account.ts";
export { prepareDemonstration } from "./account-demonstration.ts";
export {
  type ActorSession,
  makeSessions,
  type SessionRow,
  type SessionRows,
  type Sessions,
  type SessionsOptions,
} from "./sessions.ts";
export { readAccount } from "./store/account-rows.ts";
export { memorySessionRows } from "./store/memory-session-rows.ts";
export { sessionRows } from "./store/session-rows.ts";
export { webMigrations } from "./migrations/web-migrations.ts";
export { type WebPersonalDataOptions, webPersonalData } from "./personal-data.ts";
export { errors } from "./errors.ts";
