/**
 * How an identifier is kept: its kind in clear, a keyed hash to find it by, and the value sealed under the subject's own
 * key. HMAC-SHA-256 under the controller's key over the canonical JSON of `[kind, value]`: two controllers never have the
 * same hash, and without the key a list of school logins cannot be tried against the table.
 */
import { type ControllerId, canonicalJson, type Identifier, type SubjectId } from "@preau/kernel";
import type { KeyScope, KeyStore, ScopeKey } from "@preau/keys";
import type { IdentifierRow } from "./store/subject-rows.ts";

const HASH_LABEL = "subjects.identifier";

/** The keyed hash of an identifier, 64 hexadecimal digits. */
export async function hashIdentifier(
  keyStore: KeyStore,
  controller: ControllerId,
  { kind, value }: Identifier,
): Promise<string> {
  const scope: KeyScope = { controller, kind: "controller", id: controller };
  return (await keyStore.mac(scope, HASH_LABEL, canonicalJson([kind, value]))).toString("hex");
}

export function subjectScope(controller: ControllerId, subject: SubjectId): KeyScope {
  return { controller, kind: "subject", id: subject };
}

/** Seals a value for its row, padded to steps of 64 bytes: a length, too, tells one address from another. */
export function sealValue(
  keyStore: KeyStore,
  row: Pick<IdentifierRow, "id" | "controller" | "subject">,
  value: string,
): Promise<Buffer> {
  const json = Buffer.from(JSON.stringify(value)); // JSON keeps lone surrogates, which UTF-8 alone would not
  const padded = Buffer.alloc(Math.ceil(json.length / 64) * 64, " ");
  json.copy(padded);
  return keyStore.seal(subjectScope(row.controller, row.subject), padded, contextOf(row.id));
}

/**
 * The values of rows, for one look at the key store; undefined where the subject's key is destroyed.
 * @throws KEYS_SEAL_BROKEN when a row was tampered with
 */
export async function openValues(
  keyStore: KeyStore,
  controller: ControllerId,
  rows: readonly IdentifierRow[],
): Promise<readonly { readonly row: IdentifierRow; readonly value: string | undefined }[]> {
  const scopes = new Map(rows.map(({ subject }) => [subject, subjectScope(controller, subject)]));
  return keyStore.withKeys(
    [...scopes.values()],
    (keyOf) =>
      rows.map((row) => {
        const key = keyOf(subjectScope(controller, row.subject));
        return { row, value: key && openValue(key, row) };
      }),
    { create: false },
  );
}

function openValue(key: ScopeKey, row: IdentifierRow): string {
  return JSON.parse(key.open(row.sealed, contextOf(row.id)).toString()) as string;
}

function contextOf(id: string): string {
  return `sbj_identifier ${id}`;
}
