import type { WebRequest } from "@preau/web";
import type { GarPorts } from "../door.ts";
import type { SignInProvider } from "../provider.ts";

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
