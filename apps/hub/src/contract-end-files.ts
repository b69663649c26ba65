/** The certificate in its forms, read from the register: JSON as it was hashed, HTML and PDF in both languages, the proof. */
import { createHash } from "node:crypto";
import { renderHtml, renderPdf } from "@preau/documents";
import type { ControllerId, Language } from "@preau/kernel";
import { type Certificate, type ContractEndId, proofOfCertificate, readCertificate } from "@preau/retention";
import { contractEndDocument } from "./contract-end-document.ts";
import { fault } from "./errors.ts";
import type { Hub } from "./hub.ts";

export const certificateForms = ["json", "html", "pdf", "proof"] as const;
export type CertificateForm = (typeof certificateForms)[number];

export const certificateTypes: Readonly<Record<CertificateForm, string>> = {
  json: "application/json",
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
  proof: "text/plain; charset=utf-8",
};

/** @throws HUB_CERTIFICATE_UNKNOWN */
export async function certificateFile(
  hub: Hub,
  of: { readonly controller: ControllerId; readonly end: ContractEndId },
  { form, language }: { readonly form: CertificateForm; readonly language: Language },
): Promise<Uint8Array> {
  const { ports } = hub;
  const { row, name, zone } = await ports.unitOfWork.transaction(async (unit) => ({
    row: await readCertificate(unit, of.controller, of.end),
    name: (await ports.contracts.controller(unit, of.controller))?.name ?? of.controller,
    zone: (await ports.contracts.placeOf(unit, of.controller)).zone,
  }));
  if (row === undefined) throw fault("HUB_CERTIFICATE_UNKNOWN", { clause: "D6.2c" });
  const bytes = (text: string) => new TextEncoder().encode(text);
  if (form === "json") return bytes(row.body);
  if (form === "proof") {
    const proof = await proofOfCertificate(ports, row);
    if (proof === undefined) throw fault("HUB_CERTIFICATE_UNKNOWN", { place: "proof" });
    return bytes(proof);
  }
  const agreement = ports.agreements.of(of.controller);
  const document = contractEndDocument({
    certificate: JSON.parse(row.body) as Certificate,
    language,
    controllerName: name,
    processorName: agreement.annexA.processor.name,
    agreementName: agreement[language],
    zone,
    sha256: createHash("sha256").update(row.body).digest("hex"),
  });
  return form === "pdf" ? renderPdf(document) : bytes(renderHtml(document));
}

/** Opaque ids alone. */
export function certificateName(end: ContractEndId, form: CertificateForm, language: Language): string {
  return form === "json" || form === "proof"
    ? `certificate-${end}.${form === "json" ? "json" : "tlog-proof"}`
    : `certificate-${end}.${language}.${form}`;
}
