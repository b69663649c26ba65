/** A certificate in its forms: JSON as it was hashed, Markdown, a page and a PDF in either language, the proof. */
import { renderHtml, renderMarkdown, renderPdf } from "@preau/documents";
import type { Language } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { CertificateRow } from "../store/certificate-rows.ts";
import type { AccountPorts } from "./account-ports.ts";
import { certificateDocument } from "./certificate-document.ts";
import { type DestructionCertificate, proofOfCertificate, sha256Of } from "./destruction-certificate.ts";

export const certificateForms = ["json", "md", "html", "pdf", "proof"] as const;
export type CertificateForm = (typeof certificateForms)[number];

export const certificateTypes: Readonly<Record<CertificateForm, string>> = {
  json: "application/json",
  md: "text/markdown; charset=utf-8",
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
  proof: "text/plain; charset=utf-8",
};

/** @throws GAR_NO_CERTIFICATE while its entry is not numbered */
export async function certificateFile(
  ports: Pick<AccountPorts, "agreements" | "contracts" | "journal" | "unitOfWork">,
  row: CertificateRow,
  { form, language }: { readonly form: CertificateForm; readonly language: Language },
): Promise<Uint8Array> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  if (form === "json") return bytes(row.body);
  if (form === "proof") {
    const proof = await proofOfCertificate(ports, row);
    if (proof === undefined) throw fault("GAR_NO_CERTIFICATE", { place: "proof" });
    return bytes(proof);
  }
  const { controller } = row;
  const { name, zone } = await ports.unitOfWork.transaction(async (unit) => ({
    name: (await ports.contracts.controller(unit, controller))?.name ?? controller,
    zone: (await ports.contracts.placeOf(unit, controller)).zone,
  }));
  const agreement = ports.agreements.of(controller);
  const namesOf = (words: readonly ({ readonly id: string } & Readonly<Record<Language, string>>)[]) =>
    new Map(words.map((each) => [each.id, each[language]]));
  const document = certificateDocument({
    certificate: JSON.parse(row.body) as DestructionCertificate,
    language,
    zone,
    controllerName: name,
    processorName: agreement.annexA.processor.name,
    agreementName: agreement[language],
    roleNames: namesOf(agreement.roles),
    productNames: namesOf(agreement.products),
    sha256: sha256Of(row.body),
  });
  if (form === "md") return bytes(renderMarkdown(document));
  return form === "html" ? bytes(renderHtml(document)) : renderPdf(document);
}

/** Opaque ids and years alone. */
export function certificateName(
  { id, schoolYear }: Pick<CertificateRow, "id" | "schoolYear">,
  form: CertificateForm,
  language: Language,
): string {
  const stem = `gar-${schoolYear}-${id}`;
  if (form === "json") return `${stem}.json`;
  return form === "proof" ? `${stem}.tlog-proof` : `${stem}.${language}.${form}`;
}
