/** A package's entries as bytes and texts, by path. */
import type { PackageContent } from "../src/package-content.ts";

export interface Opened {
  readonly paths: readonly string[];
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  readonly text: (path: string) => string;
  readonly json: (path: string) => unknown;
}

export async function openCopy(content: PackageContent): Promise<Opened> {
  const bytes = new Map<string, Uint8Array>();
  for await (const entry of content.entries()) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry.bytes()) chunks.push(chunk);
    if (bytes.has(entry.path)) throw new Error(`twice: ${entry.path}`);
    bytes.set(entry.path, Buffer.concat(chunks));
  }
  const text = (path: string) => {
    const found = bytes.get(path);
    if (found === undefined) throw new Error(`no ${path} among ${[...bytes.keys()].join(" ")}`);
    return Buffer.from(found).toString("utf8");
  };
  return { paths: [...bytes.keys()], bytes, text, json: (path) => JSON.parse(text(path)) as unknown };
}
