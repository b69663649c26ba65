/** What the routes of all protocols share. */

import type { Unit } from "@preau/kernel";
import type { Session, WebRequest } from "@preau/web";
import { type GarIdentity, sessionOf } from "../sign-in.ts";

/** A whole school comes from one address: this stops floods, not a morning. */
export const brake = { attempts: 3_000, seconds: 60 };

/** The request, and the session that was there before: a unit that is tried again ends that one. */
export type Arrived = WebRequest & { readonly before: Session | undefined };

/**
 * The request with the fields of its form as `body`, as libraries of the ecosystem expect it: a list where a field comes more
 * than once, so that nobody takes the first for what another took the last of.
 */
export function arrived(request: WebRequest): Arrived {
  const names = [...new Set(request.form.keys())];
  const body = Object.fromEntries(
    names.map((name) => {
      const values = request.form.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
  return Object.create(request, { body: { value: body }, before: { value: request.session } }) as Arrived;
}

/** Starts the session of who signed in; the one that this browser had, whoever's it was, ends. */
export async function welcome(request: Arrived, identity: GarIdentity, unit: Unit): Promise<void> {
  await request.before?.end(unit);
  await request.signIn(sessionOf(identity), unit);
}
