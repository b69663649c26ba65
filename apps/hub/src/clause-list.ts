/**
 * What the product says of its clauses: their words (`clauses.yaml` of the agreement package) and their state
 * (`reference/clauses.json`, generated from docstrings and test titles). Nothing is called enforced that the second
 * does not call so.
 */
import { readFileSync } from "node:fs";
import { clausesFile } from "@preau/agreement";
import { parse } from "yaml";
import { z } from "zod";
import { fault } from "./errors.ts";

const bilingual = z.object({ fr: z.string(), en: z.string() });
const wordsSchema = z.array(
  z.object({
    id: z.string(),
    fr: z.string(),
    en: z.string(),
    figure: bilingual.optional(),
    who: bilingual.optional(),
  }),
);

const place = z.strictObject({ file: z.string(), name: z.string() });
const stateSchema = z.strictObject({
  schema: z.literal("preau.clauses/1"),
  clauses: z.array(
    z.strictObject({
      id: z.string(),
      state: z.enum(["enforced", "planned", "by hand"]),
      functions: z.array(place),
      test: z.strictObject({ file: z.string(), title: z.string() }).optional(),
      /** How many tests bear the id. */
      tests: z.int().min(0),
      page: z.string().optional(),
      byHand: z.object({ who: z.string(), page: z.string().optional(), expires: z.string() }).optional(),
    }),
  ),
});

type ClauseProof = z.infer<typeof stateSchema>["clauses"][number];
export type ClauseState = ClauseProof["state"];

export interface ListedClause {
  readonly words: z.infer<typeof wordsSchema>[number];
  readonly proof: ClauseProof;
}

/** The generated states, beside the program that reads them. */
const statesFile = new URL("../reference/clauses.json", import.meta.url);

/**
 * The clauses that the product answers for, in the order of their list. One without a generated state is planned.
 * @throws HUB_FILE_UNREADABLE
 */
export function readClauseList(): ReadonlyMap<string, ListedClause> {
  const words = read("clauses.yaml", () => wordsSchema.parse(parse(readFileSync(clausesFile, "utf8"))));
  const states = read("clauses.json", () => stateSchema.parse(JSON.parse(readFileSync(statesFile, "utf8"))));
  const proofs = new Map(states.clauses.map((each) => [each.id, each]));
  return new Map(
    words.map((each) => [
      each.id,
      {
        words: each,
        proof: proofs.get(each.id) ?? { id: each.id, state: "planned", functions: [], tests: 0 },
      },
    ]),
  );
}

function read<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw fault("HUB_FILE_UNREADABLE", { place: name, cause });
  }
}
