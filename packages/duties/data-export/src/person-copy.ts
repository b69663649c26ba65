/**
 * What one person gets: a copy of everything (GDPR art. 15), or the package of what they gave, to take along (art. 20).
 * The stores are read once; then each file is made when it is asked for.
 * @clause D10.1a
 */
import { type Document, renderHtml, renderPdf } from "@preau/documents";
import type { JsonObject } from "@preau/kernel";
import { accessContext } from "./access-context.ts";
import { contextFile } from "./copy-context-file.ts";
import { copyDocument } from "./copy-document.ts";
import { copyFacts } from "./copy-facts.ts";
import { rowsAgain } from "./copy-gather.ts";
import { type Copy, type PersonCopyRequest, readCopy } from "./copy-read.ts";
import { orStoreFailed } from "./copy-store-failed.ts";
import { type Pages, tableCsv, tableJson } from "./copy-table-file.ts";
import { copyTexts } from "./copy-texts.ts";
import type { ExportPorts } from "./export-ports.ts";
import type { PackageContent, PackageEntry } from "./package-content.ts";
import { packageSchema } from "./package-schema.ts";

/**
 * `entries` throws EXPORT_NO_SUBJECT where nothing is held, EXPORT_STORE_FAILED, and the faults of the stores themselves.
 * @clause D10.1a
 */
export function personCopy(ports: ExportPorts, request: PersonCopyRequest): PackageContent {
  let facts: JsonObject = {};
  return {
    kind: request.kind,
    facts: () => facts,
    entries: async function* (signal) {
      const copy = await readCopy(ports, request, signal);
      facts = copyFacts(copy);
      yield* entriesOf(ports, copy);
    },
  };
}

function* entriesOf(ports: ExportPorts, copy: Copy): Generator<PackageEntry> {
  const { language } = copy.request;
  const context = accessContext(copy);
  const document = copyDocument(copy, context);
  yield textEntry("index.html", () => renderHtml(document));
  yield { path: copyTexts[language].pdfName, bytes: () => pdfOf(document), packed: true };
  yield textEntry("context.json", () => `${JSON.stringify(contextFile(copy, context), undefined, 2)}\n`);
  yield textEntry("data/schema.json", packageSchema);
  for (const table of copy.gathered.stores.flatMap(({ tables }) => tables)) {
    const pages = (signal?: AbortSignal): Pages =>
      table.spool.pages() ?? rowsAgain(ports.sources, { ...copy.asked, signal }, table);
    yield { path: `${table.path}.json`, bytes: (signal) => tableJson(table, pages(signal)) };
    yield { path: `${table.path}.csv`, bytes: (signal) => tableCsv(table, pages(signal)) };
  }
  for (const { path, file, store } of copy.gathered.files) {
    if (path === undefined) continue;
    yield {
      path,
      bytes: (signal) => orStoreFailed(store, file.bytes(), signal),
      packed: isPacked(file.type),
    };
  }
}

const encoder = new TextEncoder();

function textEntry(path: string, make: () => string): PackageEntry {
  return {
    path,
    bytes: async function* () {
      yield encoder.encode(make());
    },
  };
}

async function* pdfOf(document: Document): AsyncGenerator<Uint8Array> {
  yield await renderPdf(document);
}

/** Compressing it again costs time and gains nothing. */
export function isPacked(type = ""): boolean {
  return /^(?:image\/(?!svg|bmp)|audio\/|video\/)|zip|pdf|officedocument|oasis/u.test(type);
}
