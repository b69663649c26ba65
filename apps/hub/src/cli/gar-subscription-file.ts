/** A subscription as a person writes it, with the line of what is wrong in it. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { readSubscription, type Subscription } from "@preau/gar/subscriptions";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { fault } from "../errors.ts";
import type { CommandContext } from "./command-context.ts";

export interface ReadSubscription {
  readonly subscription: Subscription;
  /** `plume.yaml:12:3`: where a field stands, or the file's first line when it does not. */
  readonly placeOf: (field: string) => string;
}

const MOST_BYTES = 1_048_576;

/** @throws HUB_FILE_UNREADABLE, HUB_FILE_TOO_LARGE, GAR_SUBSCRIPTION_FILE_UNREADABLE with line, column and field */
export function readSubscriptionFile(
  { cwd }: Pick<CommandContext, "cwd">,
  file: string,
  distributor: string | undefined,
): ReadSubscription {
  const name = path.basename(file);
  const lines = new LineCounter();
  const document = parseDocument(textOf(path.resolve(cwd, file), name), {
    lineCounter: lines,
    uniqueKeys: true,
  });
  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const placeOf = (field: string) => {
    const { contents } = document;
    const pair = isMap(contents)
      ? contents.items.find(({ key }) => isScalar(key) && String(key.value) === field)
      : undefined;
    return placeAt(pair !== undefined && isScalar(pair.key) ? pair.key.range[0] : 0);
  };
  const value = document.errors.length > 0 ? undefined : valueOf(document);
  const broken = document.errors[0]?.pos[0];
  const placeOfFile = (field: string) => (broken === undefined ? placeOf(field) : placeAt(broken));
  return { subscription: readSubscription(value, { distributor, placeOf: placeOfFile }), placeOf };
}

/** Nothing where there are aliases: they are of no use in so short a file, and a few of them fill the memory. */
function valueOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}

function textOf(file: string, place: string): string {
  try {
    if (statSync(file).size > MOST_BYTES) throw fault("HUB_FILE_TOO_LARGE", { place });
    return readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "syscall" in cause) throw fault("HUB_FILE_UNREADABLE", { place, cause });
    throw cause;
  }
}
