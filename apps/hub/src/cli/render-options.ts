/** The words of `preau agreement render`, read. */
import { type ControllerId, controllerId, type Language } from "@preau/kernel";
import {
  type DocumentFormat,
  type DocumentName,
  documentFormats,
  documentNames,
  needsController,
} from "../document-set.ts";
import { fault } from "../errors.ts";

export interface RawRenderOptions {
  readonly what?: string;
  readonly controller?: string;
  readonly language?: string;
  readonly format?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export interface RenderOptions {
  readonly what: DocumentName;
  readonly controller: ControllerId | undefined;
  readonly language: Language;
  readonly format: DocumentFormat;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** The form is that of the file's name where none is named. @throws HUB_BAD_ARGUMENT, HUB_DOCUMENT_NEEDS_CONTROLLER */
export function readRenderOptions(raw: RawRenderOptions, language: Language): RenderOptions {
  const what = oneOf(documentNames, raw.what ?? "annexes", "--what");
  if (needsController(what) && raw.controller === undefined && raw.out === undefined)
    throw fault("HUB_DOCUMENT_NEEDS_CONTROLLER", { place: "--controller" });
  const byName = documentFormats.find((each) => raw.out?.toLowerCase().endsWith(`.${each}`));
  return {
    what,
    controller: raw.controller === undefined ? undefined : controllerId(raw.controller),
    language: oneOf(["fr", "en"] as const, raw.language ?? language, "--language"),
    format: oneOf(documentFormats, raw.format ?? byName ?? "md", "--format"),
    out: raw.out,
    json: raw.json ?? false,
  };
}

function oneOf<T extends string>(words: readonly T[], asked: string, option: string): T {
  const found = words.find((word) => word === asked);
  if (found !== undefined) return found;
  const list = words.join(", ");
  throw fault("HUB_BAD_ARGUMENT", {
    place: option,
    remedy: { en: `Use one of: ${list}.`, fr: `Choisissez parmi : ${list}.` },
  });
}
