/** The key of one order: it seals the parts, the package and the passphrase, and is destroyed with them. */
import type { ExportOrder } from "./export-order.ts";
import type { ExportPorts } from "./export-ports.ts";

type Whose = Pick<ExportOrder, "controller" | "id">;
type Vault = Pick<ExportPorts, "vault">;

const PASSPHRASE = "data-export.passphrase/1";

export function sealPassphrase({ vault }: Vault, order: Whose, passphrase: string): Promise<Buffer> {
  return vault.seal(scopeOf(order), new TextEncoder().encode(passphrase), PASSPHRASE);
}

/** Undefined when the key is gone. */
export async function openPassphrase(
  { vault }: Vault,
  order: Whose,
  sealed: Uint8Array,
): Promise<string | undefined> {
  return (await vault.open(scopeOf(order), sealed, PASSPHRASE))?.toString("utf8");
}

/** 32 bytes. @throws KEYS_DESTROYED */
export function fileKey({ vault }: Vault, order: Whose): Promise<Buffer> {
  return vault.derive(scopeOf(order), "data-export.files/1", 32);
}

/** Doing it twice is doing it once. */
export async function destroyKey({ vault }: Vault, orders: readonly Whose[]): Promise<void> {
  const left = [];
  for (const order of orders)
    if ((await vault.destruction(scopeOf(order))) === undefined) left.push(scopeOf(order));
  if (left.length > 0) await vault.destroy(left);
}

function scopeOf({ controller, id }: Whose) {
  return { controller, kind: "controller", id } as const;
}
