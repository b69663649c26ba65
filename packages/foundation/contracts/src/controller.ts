/** A controller (GDPR art. 4(7)): a school, a group of schools, or the ministry. @clause D4.3 */
import type { Place } from "@preau/calendar";
import type { ControllerId, Id, Instant } from "@preau/kernel";

export const controllerKinds = ["school", "schoolGroup", "ministry"] as const;
export type ControllerKind = (typeof controllerKinds)[number];

export interface Controller {
  readonly id: ControllerId;
  readonly kind: ControllerKind;
  /** Name of the body, never of a person. */
  readonly name: string;
  readonly legalForm?: string;
  readonly seat?: string;
  /** SIRET, 14 digits, and UAI, where it has them. */
  readonly siret?: string;
  readonly uai?: string;
  /** In whose calendar its periods are counted. */
  readonly place: Place;
  readonly createdAt: Instant;
}

/** What an edit may set. */
export type ControllerValues = Omit<Controller, "id" | "createdAt">;

export const officerRoles = ["representative", "dpo", "contact"] as const;
export type OfficerRole = (typeof officerRoles)[number];

/** A person who acts for a controller. Personal data: sealed at rest, never in a log. */
export interface Officer {
  readonly id: OfficerId;
  readonly controller: ControllerId;
  readonly role: OfficerRole;
  readonly name: string;
  /** In what capacity the representative signs. */
  readonly capacity?: string;
  readonly email?: string;
  readonly telephone?: string;
  readonly address?: string;
}

export type OfficerId = Id<"ofc">;

/** What is told of an officer. */
export type OfficerValues = Omit<Officer, "id" | "controller">;

/** As it is kept: two who edit at once are told apart by the version they saw. */
export type Kept<T> = T & { readonly version: number };
