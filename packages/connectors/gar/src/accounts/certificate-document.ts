/** The certificate of destruction as a document: Markdown, a page, a PDF. @clause D12.2, D6.2c */
import { localDate } from "@preau/calendar";
import type { Cell, Piece } from "@preau/documents";
import {
  cell,
  type Document,
  definitions,
  entry,
  heading,
  note,
  paragraph,
  soft,
  strong,
  table,
} from "@preau/documents";
import type { Language, Verdict } from "@preau/kernel";
import type { CertifiedReceipt, DestructionCertificate } from "./destruction-certificate.ts";
import { accountTextsOf } from "./texts.ts";

export interface CertificateScope {
  readonly certificate: DestructionCertificate;
  readonly language: Language;
  /** The controller's name and zone, as the register has them. */
  readonly controllerName: string;
  readonly processorName: string;
  readonly agreementName: string;
  readonly zone: string;
  readonly roleNames: ReadonlyMap<string, string>;
  readonly productNames: ReadonlyMap<string, string>;
  /** SHA-256 of the certificate's own text, which the journal bears. */
  readonly sha256: string;
}

export function certificateDocument(scope: CertificateScope): Document {
  const { certificate, language, zone, roleNames, productNames } = scope;
  const words = accountTextsOf(language).certificate;
  const { schoolYear, verdict, issuedAt } = certificate;
  const productOf = (id: string): Cell => cell(productNames.get(id) ?? id);
  const roleOf = (id: string): Cell => cell(roleNames.get(id) ?? id);
  const sayVerdict = (each: Verdict): Cell => cell(`${each} · ${words.verdicts[each]}`);
  return {
    language,
    title: words.titleOf(schoolYear.name),
    subtitle: scope.controllerName,
    facts: [
      entry(words.certificate, certificate.id),
      ...(certificate.follows === null ? [] : [entry(words.follows, certificate.follows)]),
      entry(words.issued, { kind: "moment", at: issuedAt, zone }),
      entry(words.agreement, [[scope.agreementName, " ", soft(certificate.agreement)]]),
      entry(scope.processorName, words.processorSays),
    ],
    blocks: [
      definitions([
        entry(words.schoolYear, cell(day(schoolYear.from), " – ", day(schoolYear.until)), "D5"),
        entry(words.verdict, [[strong(verdict), ` · ${words.verdicts[verdict]}`]], "D12.2"),
        entry(words.accounts, figure(certificate.accounts)),
        ...(certificate.lastCopy === null
          ? []
          : [
              entry(
                words.lastCopy,
                cell(day(certificate.lastCopy.date), ` (${words.lastCopyBasis[certificate.lastCopy.basis]})`),
                "D12.3",
              ),
            ]),
      ]),
      ...(certificate.wholeYear ? [] : [note(words.notWhole)]),
      ...(certificate.withoutReceipt === 0
        ? []
        : [note(words.withoutReceipt(certificate.withoutReceipt), "D12.2")]),
      heading(2, words.destroyed, ["D12.2"]),
      table(
        words.destroyed,
        [words.product, words.role, words.lastYear, words.verdict, `>${words.accounts}`],
        certificate.destroyed.map((each) => [
          productOf(each.product),
          roleOf(each.role),
          cell(each.lastYear),
          sayVerdict(each.verdict),
          cell(figure(each.accounts)),
        ]),
        words.destroyedEmpty,
      ),
      heading(2, words.receipts, ["D12.2"]),
      paragraph(words.receiptsHint),
      table(
        words.receipts,
        [words.receipt, words.verdict, words.closed, `>${words.accounts}`],
        certificate.receipts.map((each) => receiptCells(each, zone, words.unreadable)),
        words.receiptsEmpty,
      ),
      heading(2, words.notVerified, ["D12.2"]),
      table(
        words.notVerified,
        [words.receipt, words.store, words.verdict, words.why, words.until],
        certificate.receipts.flatMap((receipt) =>
          receipt.notVerified.map((each) => [
            cell(receipt.id),
            cell(each.store),
            sayVerdict(each.verdict),
            cell(each.why ?? "–"),
            each.until === null ? cell("–") : cell(day(each.until)),
          ]),
        ),
        certificate.accounts === 0 ? words.nothingErased : words.notVerifiedEmpty,
      ),
      heading(2, words.standing, ["D12.4"]),
      paragraph(words.standingHint),
      table(
        words.standing,
        [words.product, words.role, words.lastYear, `>${words.accounts}`],
        certificate.standing.map((each) => [
          productOf(each.product),
          roleOf(each.role),
          cell(each.schoolYear),
          cell(figure(each.accounts)),
        ]),
        words.standingEmpty,
      ),
      heading(2, words.proof),
      paragraph(words.proofHint),
      paragraph([soft(`sha256:${scope.sha256}`)]),
    ],
    gaps: [],
    madeAt: issuedAt,
  };
}

function receiptCells(each: CertifiedReceipt, zone: string, unreadable: string): readonly Cell[] {
  const id = each.followedBy === null ? cell(each.id) : [[each.id], [soft(`→ ${each.followedBy}`)]];
  return [
    id,
    cell(each.verdict),
    each.closedAt === null ? cell(unreadable) : cell({ kind: "moment", at: each.closedAt, zone }),
    cell(figure(each.accounts)),
  ];
}

const figure = (number: number): Piece => ({ kind: "figure", number });
const day = (text: string): Piece => ({ kind: "day", date: localDate(text.slice(0, 10)) });
