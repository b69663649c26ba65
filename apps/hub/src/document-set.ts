/** The documents that can be asked for by name, and the forms that each can have: for the command and for the pages. */
import {
  annexA,
  annexB,
  annexC,
  annexD,
  annexes,
  type ControllerSource,
  controllerExtract,
  type Document,
  recordOfProcessing,
  renderHtml,
  renderMarkdown,
  renderPdf,
  type Source,
} from "@preau/documents";
import type { Language } from "@preau/kernel";

/** Of the agreement alone, or of one controller too. */
const ofAgreement = {
  annexes,
  "annex-a": annexA,
  "annex-b": annexB,
  "annex-c": annexC,
  "annex-d": annexD,
} as const satisfies Record<string, (source: Source) => Document>;
/** Of one controller. */
const ofController = {
  record: recordOfProcessing,
  extract: controllerExtract,
} as const satisfies Record<string, (source: ControllerSource) => Document>;

export type AgreementDocument = keyof typeof ofAgreement;
export type ControllerDocument = keyof typeof ofController;
export type DocumentName = AgreementDocument | ControllerDocument;
export const documentNames = [
  ...(Object.keys(ofAgreement) as AgreementDocument[]),
  ...(Object.keys(ofController) as ControllerDocument[]),
] as const satisfies readonly DocumentName[];

export const documentFormats = ["md", "html", "pdf"] as const;
export type DocumentFormat = (typeof documentFormats)[number];

export const documentTypes: Readonly<Record<DocumentFormat, string>> = {
  md: "text/markdown; charset=utf-8",
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
};

export function needsController(name: DocumentName): name is ControllerDocument {
  return name in ofController;
}

/** A document of the agreement, with the controller's part where its file is given. */
export function makeAgreementDocument(name: AgreementDocument, source: Source): Document {
  return ofAgreement[name](source);
}

export function makeControllerDocument(name: DocumentName, source: ControllerSource): Document {
  return needsController(name) ? ofController[name](source) : ofAgreement[name](source);
}

export async function renderDocument(document: Document, format: DocumentFormat): Promise<Uint8Array> {
  if (format === "pdf") return renderPdf(document);
  return new TextEncoder().encode(format === "html" ? renderHtml(document) : renderMarkdown(document));
}

export interface NamedFile {
  readonly name: DocumentName;
  readonly format: DocumentFormat;
  readonly language: Language;
  /** Whose it is: a controller, or an agreement by its id. */
  readonly of: string;
}

/** `record-ecole-des-mirabelliers.fr.pdf`: opaque ids alone. */
export function documentFileName({ name, format, language, of }: NamedFile): string {
  return `${name}-${of}.${language}.${format}`;
}
