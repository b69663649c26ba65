/** `preau gar subscriptions schools` and `allocations`. */
import { type AllocationQuery, fetchAllocations } from "@preau/gar/subscriptions";
import { addHours } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { CommandContext } from "./command-context.ts";
import { sayRefusal } from "./gar-refusal.ts";
import { allocationsTable, schoolsTable } from "./gar-report.ts";
import { garService } from "./gar-service.ts";
import { garTexts } from "./gar-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export interface SchoolsArguments {
  readonly refresh?: boolean;
  readonly json?: boolean;
}

export interface AllocationsArguments {
  readonly subscription?: string;
  readonly project?: string;
  readonly json?: boolean;
}

const DAY_HOURS = 24;

/** 0; 1 when one of the schools named is not on the list. */
export async function schoolsCommand(
  context: CommandContext,
  uais: readonly string[],
  given: SchoolsArguments,
): Promise<number> {
  const language = terminalLanguage(context.environment);
  const words = garTexts[language];
  const list = garService(context).schools;
  const facts = await sayRefusal(context, () => (given.refresh === true ? list.refetched() : list.fresh()));
  const wanted = uais.map((each) => each.toUpperCase());
  const found = uais.length === 0 ? undefined : await list.find(wanted);
  const schools = wanted.flatMap((uai) => found?.get(uai) ?? []);
  const missing = wanted.filter((uai) => found?.has(uai) !== true);
  if (given.json === true)
    context.out(
      `${JSON.stringify({ schema: "preau.gar-schools/1", ...facts, ...(uais.length === 0 ? {} : { found: schools, missing }) })}\n`,
    );
  else if (uais.length === 0)
    context.out(`${words.listFacts(facts.schools, facts.primary, facts.fetchedAt)}\n`);
  else if (schools.length > 0) context.out(schoolsTable(schools, language));
  if (addHours(facts.fetchedAt, DAY_HOURS) <= context.clock.now()) context.err(`preau: ${words.old}\n`);
  for (const uai of missing) context.err(`preau: ${uai}  ${words.notListed}\n`);
  return missing.length === 0 ? 0 : 1;
}

/** 0; 1 when there is none. @throws HUB_BAD_ARGUMENT unless one of the two is named, GAR_SUBSCRIPTION_NOT_CONFIGURED */
export async function allocationsCommand(
  context: CommandContext,
  given: AllocationsArguments,
): Promise<number> {
  const language = terminalLanguage(context.environment);
  const query = queryIn(given);
  const service = garService(context);
  const url = service.allocationsUrl();
  const exchange = await service.exchange();
  const allocations = await sayRefusal(context, () => fetchAllocations(exchange, url, query));
  if (given.json === true)
    context.out(`${JSON.stringify({ schema: "preau.gar-allocations/1", allocations })}\n`);
  else if (allocations.length > 0) context.out(allocationsTable(allocations, language));
  if (allocations.length === 0) context.err(`preau: ${garTexts[language].noAllocation}\n`);
  return allocations.length > 0 ? 0 : 1;
}

function queryIn({ subscription, project }: AllocationsArguments): AllocationQuery {
  if (subscription !== undefined && project === undefined) return { idAbonnement: subscription };
  if (subscription === undefined && project !== undefined) return { codeProjetRessource: project };
  throw fault("HUB_BAD_ARGUMENT", { place: "--subscription --project" });
}
