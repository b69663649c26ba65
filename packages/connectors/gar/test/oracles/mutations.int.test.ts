/** Mutated documents against two service providers that are not ours. A hundred thousand: `npm run soak -- saml-mutations`. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTarget, type Target } from "../attacks/target.ts";
import { acceptedOf, corpora } from "./corpus.ts";
import { nodeSamlAlone } from "./node-saml-alone.ts";
import { partiesOf } from "./parties.ts";
import { pythonSaml, pythonSamlSkipReason } from "./python3-saml.ts";
import type { Oracle, Parties } from "./reading.ts";
import { runMutations } from "./run-mutations.ts";

const DOCUMENTS = 800;
const SEED = 20_261_127;

let target: Target;
let parties: Parties;
beforeAll(async () => {
  target = await openTarget();
  parties = await partiesOf(target);
});
afterAll(() => target.close());

describe(`${DOCUMENTS} mutated documents (SAML core §5.4)`, () => {
  it("are refused, or are the honest one to every oracle", async () => {
    const reason = pythonSamlSkipReason();
    if (reason !== undefined) {
      process.stderr.write(`skipped: python3-saml as an oracle: ${reason}\n`);
      expect(process.env["CI"], reason).toBeUndefined();
    }
    const weakened = { oracle: nodeSamlAlone(parties), documents: 100 };
    const oracles: Oracle[] = [nodeSamlAlone(parties)];
    if (reason === undefined) oracles.push(await pythonSaml(parties));
    try {
      const outcome = await runMutations({
        seed: SEED,
        documents: DOCUMENTS,
        target,
        parties,
        oracles,
        weakened,
      });
      process.stderr.write(`mutations: ${JSON.stringify(outcome)}\n`);
      expect(outcome.refused + outcome.acceptedMutants).toBe(DOCUMENTS);
      expect(outcome.acceptedMutants).toBeGreaterThan(0);
      expect(outcome.acceptedControls).toBeGreaterThan(0);
      // The mutator is alive: a reader that verifies nothing, and a library that checks less, take some for good.
      expect(outcome.wouldFoolACredulousReader).toBeGreaterThan(5);
      expect(outcome.weakenedAccepted).toBeGreaterThan(0);
      expect(Object.keys(outcome.refusals)).toEqual(
        expect.arrayContaining(["notXml", "unknownShape", "badSignature"]),
      );
    } finally {
      for (const oracle of oracles) await oracle.close();
    }
  }, 300_000);
});

describe("the attack documents are alive (SAML profiles §4.1.4.2)", () => {
  it("a library without our checks accepts many of those with one wrong field", async () => {
    const taken = await acceptedOf(corpora.semantics, nodeSamlAlone(parties), target);
    process.stderr.write(`node-saml alone, one field wrong at a time: ${JSON.stringify(taken)}\n`);
    expect(taken.accepted).toBeGreaterThan(50);
  });
});
