import { timingSafeEqual } from "node:crypto";
import { faultsOf } from "@preau/kernel";
import { type WebRequest, errors as webErrors } from "@preau/web";
import type { GarPorts } from "../door.ts";
import type { SignInProvider } from "../provider.ts";

const webFault = faultsOf(webErrors);

/**
 * The web's own locks on a form, by hand: the address also takes messages of the identity provider, which come from another
 * site and bear a signature in their place.
 * @throws WEB_SIGN_IN without a session, WEB_FORM_EXPIRED for a form that is not of that session
 */
export function refuseForeignForm(request: WebRequest, publicUrl: string): void {
  if (request.session === undefined) throw webFault("WEB_SIGN_IN");
  const { origin, "sec-fetch-site": site } = request.headers;
  const elsewhere =
    site === undefined
      ? origin !== undefined && origin !== "null" && origin !== new URL(publicUrl).origin
      : site !== "same-origin";
  if (elsewhere) throw webFault("WEB_FORM_EXPIRED", { log: { lock: "origin" } });
  const given = Buffer.from(request.form.get("_csrf") ?? request.get("x-csrf-token") ?? "");
  const expected = Buffer.from(request.session.csrfToken);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw webFault("WEB_FORM_EXPIRED", { log: { lock: "token" } });
}

/** Ends our session, at the person's own word, and journals it. @clause DD.7 */
export async function signOut(
  { journal, unitOfWork }: GarPorts,
  { controller }: SignInProvider,
  request: WebRequest,
): Promise<void> {
  const data = request.session?.data;
  await unitOfWork.transaction(async (unit) => {
    await journal.record(unit, {
      log: "activity",
      type: "gar.signedOut",
      clause: "DD.7",
      controller: data?.controller ?? controller,
      actor: {
        role: data?.actorRole ?? "dataSubject",
        ...(data?.subject === undefined ? {} : { id: data.subject }),
      },
    });
    await request.signOut(unit);
  });
}
