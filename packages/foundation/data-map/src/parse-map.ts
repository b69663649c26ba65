/** Reading a data map from its YAML, with the line and column of what is wrong. */
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { fault } from "./errors.ts";
import { lintMap } from "./lint-map.ts";
import { type DataMap, mapSchema } from "./map-schema.ts";
import { positionIn } from "./yaml-position.ts";

/** One thing that is wrong with a map. */
export interface MapFinding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Reads and checks a data map.
 * @param source the YAML text
 * @param file its name, for the place of errors: `moodle-4.5.yaml`
 * @throws DATA_MAP_INVALID with `file:line:column` of the first finding and all findings in its log
 */
export function parseDataMap(source: string, file = "data map"): DataMap {
  return readYaml(source, file, mapSchema, lintMap);
}

/**
 * One YAML document of this shape that holds together. @throws DATA_MAP_INVALID
 * @param lint what the shape alone cannot see
 */
export function readYaml<Value>(
  source: string,
  file: string,
  schema: z.ZodType<Value>,
  lint: (value: Value) => readonly MapFinding[],
): Value {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw fault("DATA_MAP_INVALID", { place: `${file}:${line}:${col} ${broken.message}` });
  }
  const place = ({ path, message }: MapFinding) => {
    const { line, col } = positionIn(document, lines, path);
    return `${file}:${line}:${col} ${path.map(String).join(".")}: ${message}`;
  };
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 1000 }));
  const findings: readonly MapFinding[] = parsed.success ? lint(parsed.data) : issuesOf(parsed.error.issues);
  const first = findings[0];
  if (first !== undefined) {
    throw fault("DATA_MAP_INVALID", {
      place: place(first),
      log: { findings: findings.map(place).join("\n") },
    });
  }
  if (!parsed.success) throw fault("DATA_MAP_INVALID", { place: file });
  return parsed.data;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  /** Of a union: the issues of each branch. */
  readonly errors?: readonly (readonly Issue[])[];
}

function issuesOf(issues: readonly Issue[]): readonly MapFinding[] {
  return issues.flatMap(({ path, message, keys, errors }) => {
    const key = keys?.[0];
    if (key !== undefined) return [{ path: [...path, key], message: `there is no option "${key}" here` }];
    // Of a union, the branch that went deepest is the one that was meant.
    const meant = errors?.toSorted((a, b) => depth(b) - depth(a))[0];
    if (meant !== undefined && depth(meant) > 0) {
      return issuesOf(meant.map((issue) => ({ ...issue, path: [...path, ...issue.path] })));
    }
    return [{ path, message }];
  });
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path, keys }) => path.length + (keys === undefined ? 0 : 1)));
}
