/**
 * When two messages are one request: the same person, the same right, the same controller, while one is open, whatever the
 * channel. Compared by keyed hashes; a guardian's children are told apart by their names. @clause D10.1b
 */
import { foldName } from "@preau/identifiers";
import {
  type ControllerId,
  canonicalJson,
  type Json,
  type RequestMatter,
  type SubjectId,
} from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import type { IntakePorts } from "./desk-ports.ts";

type Vault = Pick<IntakePorts, "vault">;

const publisherScope = { controller: PUBLISHER, kind: "controller", id: PUBLISHER } as const;

/** Of the caller's key, which may name somebody (a `Message-ID` does). The same key of somebody else is another. */
export function keyHash(
  ports: Vault,
  key: string,
  whose: { readonly controller?: ControllerId | undefined; readonly subject?: SubjectId | undefined } = {},
): Promise<string> {
  return macOf(ports, publisherScope, "key", [whose.controller ?? null, whose.subject ?? null, key]);
}

/** Undefined for none. Upper and lower case of an address are one person's. */
export async function addressHash(ports: Vault, address: string | undefined): Promise<string | undefined> {
  const plain = address?.trim().normalize("NFC").toLowerCase() ?? "";
  return plain === "" ? undefined : macOf(ports, publisherScope, "address", plain);
}

export interface Whose {
  readonly controller: ControllerId;
  readonly matter: RequestMatter;
  /** Whom it is about, where that is known. */
  readonly subject?: SubjectId | undefined;
  /** Who asks, when that is somebody else. */
  readonly requester?: SubjectId | undefined;
  readonly addressHash?: string | undefined;
  /** The other person's name, as it was written; present when somebody asks for another. */
  readonly concerns?: string | undefined;
  readonly isAboutAnother: boolean;
}

/** Undefined where nobody can say that two are the same. */
export async function openKey(ports: Vault, whose: Whose): Promise<string | undefined> {
  const { controller, matter } = whose;
  const who = personIn(whose);
  if (who === undefined) return undefined;
  return macOf(ports, { controller, kind: "controller", id: controller }, "open", [who, matter]);
}

function personIn(whose: Whose): Json | undefined {
  const { subject, requester, addressHash: address, concerns, isAboutAnother } = whose;
  if (subject !== undefined) return ["subject", subject];
  if (!isAboutAnother) return address === undefined ? undefined : ["address", address];
  const name = foldWords(concerns ?? "");
  const asker = requester ?? address;
  return name === "" || asker === undefined ? undefined : ["for", asker, name];
}

/** One spelling of a name, whichever of its words comes first. */
export function foldWords(name: string): string {
  return foldName(name)
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== "")
    .toSorted()
    .join(" ");
}

async function macOf(
  { vault }: Vault,
  scope: Parameters<IntakePorts["vault"]["mac"]>[0],
  label: string,
  value: Json,
): Promise<string> {
  return (await vault.mac(scope, `data-subject-requests.${label}`, canonicalJson(value))).toString("hex");
}
