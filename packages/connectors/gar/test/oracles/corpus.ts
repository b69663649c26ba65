/** The attack documents given to another service provider: how many of them it takes. */
import { millisOf } from "@preau/kernel";
import type { Attack } from "../attacks/documents.ts";
import { markup } from "../attacks/markup.ts";
import { semantics } from "../attacks/semantics.ts";
import { signatures } from "../attacks/signatures.ts";
import type { Target } from "../attacks/target.ts";
import { mixtures, wrapping } from "../attacks/wrapping.ts";
import { base64, ido } from "../identity-provider.ts";
import type { Oracle } from "./reading.ts";

export const corpora = {
  wrapping: [...wrapping, ...mixtures],
  signatures,
  markup,
  semantics,
} satisfies Record<string, readonly Attack[]>;

export interface Taken {
  readonly documents: number;
  readonly accepted: number;
  /** Of these, for whom the attacker wants to be. (In some of `semantics` the provider has signed that itself.) */
  readonly asAdmin: number;
}

export async function acceptedOf(attacks: readonly Attack[], oracle: Oracle, target: Target): Promise<Taken> {
  const { fields } = await target.begin(1);
  let [accepted, asAdmin] = [0, 0];
  for (const [, build] of attacks) {
    const reading = await oracle.read({
      document: base64(build(fields)),
      requestId: fields.inResponseTo ?? "",
      now: millisOf(target.clock.now()),
    });
    if (reading === undefined) continue;
    accepted += 1;
    if (reading.attributes["IDO"]?.join() === ido("admin")) asAdmin += 1;
  }
  return { documents: attacks.length, accepted, asAdmin };
}
