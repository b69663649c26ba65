import type { Session, WebRequest } from "@preau/web";
import type { Response } from "express";
import type { GarPorts } from "../door.ts";
import type { SignInProvider } from "../provider.ts";
import { sendLeadingPage } from "./logout-pages.tsx";

/** Id of the provider that began the session; undefined where another door did. */
function providerOf(session: Session | undefined): string | undefined {
  const sealed = session?.sealed["provider"];
  if (typeof sealed !== "object" || sealed === null || Array.isArray(sealed)) return undefined;
  const { id } = sealed as Readonly<Record<string, unknown>>;
  return typeof id === "string" ? id : undefined;
}

/** Did this provider begin the session? */
export function startedBy(session: Session | undefined, { id }: SignInProvider): boolean {
  return providerOf(session) === id;
}

/** Where the sign-out button of this session posts, so that its provider hears of it; undefined where no provider began it. */
export function signOutPathOf(session: Session): string | undefined {
  const id = providerOf(session);
  if (id === undefined) return undefined;
  const [, protocol] = /^gar\.([a-z]+)$/.exec(id) ?? [];
  return protocol === undefined ? `/sso/${id}/logout` : `/gar/${protocol}/logout`;
}

const signingOut = { en: "Signing out", fr: "Déconnexion en cours" };

/**
 * After the person signed out here: on to the provider's own address, where there is one, by a page of ours: a redirect that
 * answers a form is stopped by the policy of the form's page.
 */
export function leadOn(request: WebRequest, response: Response, url: string | undefined): void {
  if (url === undefined) response.redirect(303, "/");
  else sendLeadingPage(request, response, { url, title: signingOut });
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
