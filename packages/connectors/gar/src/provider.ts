/**
 * An identity provider as the connector knows it, whatever protocol it speaks: whose data its people are, how it names
 * their attributes, and what was declared of them. The GAR is three of them, one a protocol; an ENT's CAS, EduConnect or any OpenID
 * issuer are others, by configuration alone. @clause D4.1
 */
import type { ControllerId, Origin } from "@preau/kernel";

type Protocol = "saml" | "oidc" | "cas";

export interface SignInProvider {
  /** `gar.saml`, `gar.oidc`, `gar.cas`, or the id that the configuration gives. */
  readonly id: string;
  readonly protocol: Protocol;
  readonly origin: Origin;
  /** Where its routes are: `/gar/saml`, `/sso/educonnect`. */
  readonly basePath: string;
  /** Address at which people reach us. */
  readonly publicUrl: string;
  /** Controller of its people, unless the school decides. */
  readonly controller: ControllerId;
  /** Controllers by school (UAI), where a school's own contract says that it is the controller. */
  readonly controllersBySchool: ReadonlyMap<string, ControllerId>;
  readonly product: string;
  /** Role of the agreement by profile. */
  readonly roles: Readonly<Record<string, string>>;
  /** Kind of the person's identifier in the subject directory: `gar.ido`, `sso.educonnect`. One for all three doors of the GAR. */
  readonly identifierKind: string;
  /** Their name of an attribute by ours (`IDO` → `urn:oid:…57`); without an entry it is the same. */
  readonly attributeNames: ReadonlyMap<string, string>;
  /** Our names of the attributes that were declared for the resource: all others are dropped. */
  readonly declared: ReadonlySet<string>;
  /** Path to go on to after signing in. */
  readonly landingPath: string;
  /** Minutes within which a sign-in that was begun must be finished. */
  readonly requestMinutes: number;
  /** Hours after which a session is over, whatever the provider says. */
  readonly sessionHours: number;
  /** How far two clocks may differ. */
  readonly clockSkewSeconds: number;
}

/** The absolute address of a route of the provider: `acs`, `callback`, `logout`. */
export function addressOf({ publicUrl, basePath }: SignInProvider, route: string): string {
  return new URL(`${basePath}/${route}`, publicUrl).href;
}
