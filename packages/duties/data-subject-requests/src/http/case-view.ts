/** What is read of one request for its page. */
import type { Language, Unit } from "@preau/kernel";
import type { DeskPorts } from "../desk-ports.ts";
import type { ExecutePorts } from "../execute-ports.ts";
import type { CaseExecutionProps } from "../pages/case-execution.tsx";
import type { Request } from "../request.ts";
import { viewRestrictions } from "../restriction-settle.ts";
import { isOf } from "../restriction-stores.ts";
import { actionsOfRequest, reviewOf } from "../store/actions.ts";
import { type StoreOfPerson, whereIsTheData } from "../where-is-the-data.ts";

export type CasePorts = DeskPorts & ExecutePorts;

export type ReadExecution = Omit<
  CaseExecutionProps,
  "language" | "request" | "orders" | "executes" | "press"
>;

/** Of the request's own controller alone. */
export async function executionOf(
  unit: Unit,
  ports: CasePorts,
  { id, controller, subject }: Request,
  language: Language,
): Promise<ReadExecution> {
  const subjects = subject === undefined ? [] : [subject];
  const [restriction] =
    subjects.length === 0 ? [] : await viewRestrictions(unit, controller, { subjects, limit: 1 });
  return {
    restriction,
    actions: await actionsOfRequest(unit, controller, id),
    review: await reviewOf(unit, controller, id),
    instructions: await ports.instructions.of(unit, controller, id),
    purposes: ports.agreements.of(controller).purposes.map((each) => [each.id, each[language]] as const),
    stores: storesOf(ports, { controller }, language),
  };
}

export function storesOf(
  { sources }: Pick<CasePorts, "sources">,
  { controller }: Pick<Request, "controller">,
  language: Language,
): readonly (readonly [id: string, title: string])[] {
  return [...sources]
    .filter(([, { source }]) => isOf(controller, source))
    .map(([id, { source }]) => [id, source.describe().title[language]] as const);
}

/** Counts alone. */
export async function dataOf(
  ports: CasePorts,
  { controller, subject }: Request,
  signal?: AbortSignal,
): Promise<readonly StoreOfPerson[]> {
  if (subject === undefined) return whereIsTheData(ports, controller, undefined, signal);
  const identifiers = await ports.unitOfWork.transaction((unit) =>
    ports.subjects.identifiers(unit, controller, subject),
  );
  return whereIsTheData(ports, controller, { subject, identifiers }, signal);
}

/** As the agreement of that controller calls it. */
export function categoryNames(
  { agreements }: Pick<CasePorts, "agreements">,
  { controller }: Pick<Request, "controller">,
  language: Language,
): (id: string) => string {
  const { categories } = agreements.of(controller);
  return (id) => categories.find((each) => each.id === id)?.[language] ?? id;
}
