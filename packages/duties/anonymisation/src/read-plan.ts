/**
 * Reading a release plan from its YAML, with the line and column of what is wrong. A plan that asks for what identifies is
 * refused here, before any row is read. @clause D13.1, D13.2
 */
import { positionIn } from "@preau/data-map";
import { LineCounter, parseDocument } from "yaml";
import { findInName } from "./detect-column-name.ts";
import { findInValue } from "./detect-value.ts";
import { fault } from "./errors.ts";
import { nodesOf } from "./generalise.ts";
import { columnsOf, type ReleasePlan, releasePlanSchema } from "./release-plan.ts";

interface Finding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** It would identify: another word for the same fault would not help. */
  readonly identifies?: boolean;
}

const MOST_CHARACTERS = 131_072;
/** Combinations of levels that are tried at most. */
const MOST_NODES = 20_000;
const MOST_COLUMNS = 12;

/**
 * @param file its name, for the place of errors: `handwriting.yaml`
 * @throws ANONYMISATION_PLAN_INVALID, ANONYMISATION_PLAN_IDENTIFIES with `file:line:column` of the first finding, all in the log
 */
export function readPlan(source: string, file = "plan"): ReleasePlan {
  if (source.length > MOST_CHARACTERS)
    throw fault("ANONYMISATION_PLAN_INVALID", { place: `${file}:1:1 too large` });
  const lines = new LineCounter();
  const document = parseDocument(source, {
    ...{ lineCounter: lines, prettyErrors: false, schema: "core", merge: false },
    ...{ stringKeys: true, uniqueKeys: true, resolveKnownTags: false },
  });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw fault("ANONYMISATION_PLAN_INVALID", { place: `${file}:${line}:${col} not YAML 1.2` });
  }
  const parsed = releasePlanSchema.safeParse(plain(document, file));
  const findings = parsed.success ? faultsIn(parsed.data) : parsed.error.issues.flatMap(findingsOf);
  const first = findings.find(({ identifies }) => identifies === true) ?? findings[0];
  if (first === undefined && parsed.success) return parsed.data;
  throw fault(
    first?.identifies === true ? "ANONYMISATION_PLAN_IDENTIFIES" : "ANONYMISATION_PLAN_INVALID",
    first === undefined
      ? { place: file }
      : {
          ...(first.identifies === true ? { clause: "D13.2" } : {}),
          place: placeOf(first),
          log: { findings: findings.map(placeOf).join("\n") },
        },
  );

  function placeOf({ path, message }: Finding): string {
    const { line, col } = positionIn(document, lines, path);
    return `${file}:${line}:${col} ${path.map(String).join(".")}: ${message}`;
  }
}

/** No alias is followed: a plan is short, and one that grows by itself is none. @throws ANONYMISATION_PLAN_INVALID */
function plain(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw fault("ANONYMISATION_PLAN_INVALID", { place: `${file}:1:1 aliases are not read` });
  }
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function findingsOf({ path, message, keys }: Issue): readonly Finding[] {
  return keys === undefined
    ? [{ path, message }]
    : keys.map((key) => ({ path: [...path, key], message: "there is no such option here" }));
}

/** What the shape alone does not show. */
function faultsIn(plan: ReleasePlan): readonly Finding[] {
  const columns = columnsOf(plan);
  const found: Finding[] = [];
  const taken = new Set<string>();
  const { data } = plan;
  if (columns.length === 0 || columns.length > MOST_COLUMNS)
    found.push({ path: ["columns"], message: `between 1 and ${MOST_COLUMNS} columns` });
  if (data.by !== undefined && data.rows !== undefined)
    found.push({ path: ["data", "rows"], message: "rows that refer to a person are not one per person" });
  if (data.table === undefined && (data.by ?? data.store) !== undefined)
    found.push({ path: ["data"], message: "a store needs a table" });
  for (const column of columns) {
    const path = ["columns", column.source];
    const { generalise, values } = column;
    if (taken.has(column.as)) found.push({ path, message: "two columns have this name in the release" });
    taken.add(column.as);
    if (generalise !== undefined && values !== undefined)
      found.push({
        path: [...path, "values"],
        message: "give the values or how they are generalised, not both",
      });
    if (column.source === data.person)
      found.push({ path, message: "the column that tells persons apart is not released", identifies: true });
    found.push(...namesIn(column.source, path, generalise?.kind === "groups" || values !== undefined));
    if (column.as !== column.source) found.push(...namesIn(column.as, [...path, "as"], true));
    if (generalise?.kind === "groups") found.push(...groupsIn(generalise, [...path, "generalise"]));
    for (const [at, value] of (values ?? []).entries()) found.push(...wordIn(value, [...path, "values", at]));
  }
  if (found.length === 0 && nodesOf(plan) > MOST_NODES)
    found.push({
      path: ["columns"],
      message: `more than ${MOST_NODES} combinations of levels: give fewer levels`,
    });
  return found;
}

function namesIn(name: string, path: readonly PropertyKey[], isClosed: boolean): readonly Finding[] {
  const what = findInName(name);
  if (what === undefined || (what === "ambiguous" && isClosed)) return [];
  const message = {
    identifier: "a direct identifier, a key or a precise place is never released",
    text: "free text is never released",
    ambiguous: "a column of this name needs its closed list (values) or groups",
  }[what];
  return [{ path, message, identifies: what !== "ambiguous" }];
}

function groupsIn(
  {
    levels,
    otherwise,
  }: {
    readonly levels: readonly Readonly<Record<string, readonly string[]>>[];
    readonly otherwise?: string | undefined;
  },
  path: readonly PropertyKey[],
): readonly Finding[] {
  const found: Finding[] = [];
  let before: ReadonlySet<string> | undefined;
  for (const [at, level] of levels.entries()) {
    const here = [...path, "levels", at];
    const members = Object.values(level).flat();
    if (new Set(members).size < members.length)
      found.push({ path: here, message: "a value stands in two groups" });
    if (before !== undefined && members.some((member) => before?.has(member) === false))
      found.push({ path: here, message: "a level groups what the level before it gives" });
    for (const group of Object.keys(level)) found.push(...wordIn(group, [...here, group]));
    before = new Set([...Object.keys(level), ...(otherwise === undefined ? [] : [otherwise])]);
  }
  if (otherwise !== undefined) found.push(...wordIn(otherwise, [...path, "otherwise"]));
  return found;
}

function wordIn(word: string, path: readonly PropertyKey[]): readonly Finding[] {
  const what = findInValue(word);
  return what === undefined
    ? []
    : [{ path, message: `a word of the release that identifies (${what})`, identifies: true }];
}
