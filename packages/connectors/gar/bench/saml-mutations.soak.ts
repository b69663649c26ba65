/**
 * A hundred thousand mutated responses (times the scale): whatever the connector accepts, node-saml alone and Debian's
 * python3-saml accept with the same identity. And how many of the attack documents, all refused here, those two accept.
 */

import "../test/without-pages.ts";
import type { Oracle } from "../test/oracles/reading.ts";

const { openTarget } = await import("../test/attacks/target.ts");
const { acceptedOf, corpora } = await import("../test/oracles/corpus.ts");
const { nodeSamlAlone } = await import("../test/oracles/node-saml-alone.ts");
const { partiesOf } = await import("../test/oracles/parties.ts");
const { pythonSaml, pythonSamlSkipReason } = await import("../test/oracles/python3-saml.ts");
const { runMutations } = await import("../test/oracles/run-mutations.ts");

const DOCUMENTS = 100_000;
const WEAKENED = 1_000;

export async function soak({ seed, scale }: { readonly seed: number; readonly scale: number }) {
  const target = await openTarget();
  const parties = await partiesOf(target);
  const reason = pythonSamlSkipReason();
  const oracles: Oracle[] = [nodeSamlAlone(parties)];
  if (reason === undefined) oracles.push(await pythonSaml(parties));
  try {
    const documents = Math.max(1, Math.round(DOCUMENTS * scale));
    const weakened = { oracle: nodeSamlAlone(parties), documents: WEAKENED };
    const mutations = await runMutations({ seed, documents, target, parties, oracles, weakened });
    const attacks: Record<string, unknown> = {};
    for (const oracle of oracles) {
      for (const [name, corpus] of Object.entries(corpora)) {
        attacks[`${name}, ${oracle.name}`] = await acceptedOf(corpus, oracle, target);
      }
    }
    return { mutations, attacks, python3Saml: reason ?? "installed" };
  } finally {
    for (const oracle of oracles) await oracle.close();
    await target.close();
  }
}
