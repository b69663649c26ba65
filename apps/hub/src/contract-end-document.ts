/** The certificate of a contract's end as a document: for the page, the printed sheet and the PDF. @clause D6.2c */
import type { LocalDate } from "@preau/calendar";
import { parseDuration } from "@preau/calendar";
import type { Block, Cell, Column, Document, Entry, Piece } from "@preau/documents";
import { actorRoles, type Language } from "@preau/kernel";
import { type Certificate, contractEndTextsOf } from "@preau/retention";

export interface CertificateScope {
  readonly certificate: Certificate;
  readonly language: Language;
  /** The controller's name and zone, as the register has them. */
  readonly controllerName: string;
  readonly processorName: string;
  readonly agreementName: string;
  readonly zone: string;
  /** SHA-256 of the certificate's own text, which the journal bears. */
  readonly sha256: string;
}

type Words = ReturnType<typeof contractEndTextsOf>;

export function contractEndDocument(scope: CertificateScope): Document {
  const { certificate, language, zone } = scope;
  const words = contractEndTextsOf(language);
  const moment = (at: Certificate["issuedAt"]): Piece => ({ kind: "moment", at, zone });
  const says: Entry[] = [
    entry(
      words.verdict,
      [[{ kind: "strong", text: certificate.verdict }, ` · ${words.verdicts[certificate.verdict]}`]],
      "D6.2c",
    ),
    entry(words.contract, line(certificate.contract.reference)),
    entry(words.lastDay, day(certificate.contract.endsOn) ?? line(words.noLastDay)),
    entry(
      words.choice,
      line(certificate.choice === null ? words.notChosen : words.choices[certificate.choice]),
    ),
    ...givenEntry(words.whose, certificate.given, language, moment),
  ];
  return {
    language,
    title: words.certificateOf(certificate.contract.reference),
    subtitle: scope.controllerName,
    facts: [
      entry(words.certificate, line(certificate.id)),
      entry(words.issued, [[moment(certificate.issuedAt)]]),
      entry(words.agreement, [[scope.agreementName, " ", { kind: "soft", text: certificate.agreement }]]),
      entry(scope.processorName, line(words.publisherSays)),
    ],
    blocks: [
      { kind: "definitions", entries: says },
      ...windowBlocks(scope, words, moment),
      ...handBackBlocks(scope, words, moment),
      ...erasureBlocks(scope, words, moment),
      heading(words.kept, "D6.2c"),
      table(
        words.kept,
        [words.where, `>${words.rows}`, words.reason, words.clause, words.untilColumn],
        certificate.kept.map(({ where, rows, reason, clause, until }) => [
          line(where),
          figure(rows),
          line(reason),
          [[{ kind: "clause", id: clause }]],
          day(until) ?? line("–"),
        ]),
        words.keptEmpty,
      ),
      heading(words.notCovered),
      table(
        words.notCovered,
        [words.what, words.reason],
        certificate.notCovered.map(({ what, why }) => [line(what), line(why)]),
        words.notCoveredEmpty,
      ),
      heading(words.holdings, "S15"),
      table(
        words.holdings,
        [words.holding, words.kind, words.due],
        certificate.holdings.map(({ what, store, until }) => [
          line(what),
          line(words.stores[store]),
          until === null ? line(words.noDue) : (day(until) ?? line(until)),
        ]),
        words.holdingsEmpty,
      ),
      heading(words.proof),
      { kind: "paragraph", line: [words.proofHint], clauses: [] },
      { kind: "paragraph", line: [{ kind: "soft", text: `sha256:${scope.sha256}` }], clauses: [] },
    ],
    gaps: [],
    madeAt: certificate.issuedAt,
  };
}

type Moment = (at: Certificate["issuedAt"]) => Piece;

function windowBlocks({ certificate }: CertificateScope, words: Words, moment: Moment): readonly Block[] {
  const { window } = certificate;
  const agreed = window.agreed === null ? undefined : parseDuration(window.agreed);
  return [
    heading(words.stepWindow, "S10"),
    {
      kind: "definitions",
      entries: [
        entry(
          words.window,
          agreed === undefined ? line(words.none) : [[{ kind: "period", duration: agreed }]],
        ),
        ...(window.until === null ? [] : [entry(words.untilColumn, [[moment(window.until)]])]),
      ],
    },
    table(
      words.doors,
      [words.store, words.mechanism, words.now],
      window.doors.map(({ source, mechanism, closed }) => [
        line(source),
        line(mechanism === undefined ? words.noMechanism : mechanism[languageOf(words)]),
        line(closed ? words.closed : words.open),
      ]),
      words.doorsEmpty,
    ),
  ];
}

function handBackBlocks(
  { certificate, language }: CertificateScope,
  words: Words,
  moment: Moment,
): readonly Block[] {
  const { handBack } = certificate;
  if (handBack === null) return [heading(words.stepHandBack, "D6.2c"), paragraph(words.notNeeded)];
  return [
    heading(words.stepHandBack, "D6.2c"),
    {
      kind: "definitions",
      entries: [
        entry(words.when, [[moment(handBack.at)]]),
        entry(words.persons, figure(handBack.persons)),
        entry(words.rows, figure(handBack.rows)),
        entry(words.files, figure(handBack.files)),
        entry(words.manifest, [[{ kind: "soft", text: handBack.manifest }]]),
        ...givenEntry(words.stepAcknowledged, handBack.acknowledged, language, moment),
      ],
    },
    table(
      words.handBack,
      [words.store, words.table, `>${words.rows}`],
      handBack.tables.map(({ store, table: name, rows }) => [line(store), line(name), figure(rows)]),
      words.keptEmpty,
    ),
  ];
}

function erasureBlocks(
  { certificate, language }: CertificateScope,
  words: Words,
  moment: Moment,
): readonly Block[] {
  const { erasure, lastCopy, confirmed } = certificate;
  return [
    heading(words.stepErasing, "D6.2c"),
    {
      kind: "definitions",
      entries: [
        ...givenEntry(words.stepConfirmed, confirmed, language, moment),
        entry(words.persons, figure(erasure.persons)),
        entry(words.left, figure(erasure.left)),
        ...(lastCopy === null
          ? []
          : [
              entry(
                words.lastCopy,
                [[...(day(lastCopy.date)?.[0] ?? []), ` (${words.lastCopyBasis[lastCopy.basis]})`]],
                "D12.3",
              ),
            ]),
      ],
    },
    table(
      words.erasures,
      [words.receipt, words.verdict, words.when],
      erasure.receipts.map(({ id, verdict, closedAt }) => [line(id), line(verdict), [[moment(closedAt)]]]),
      words.keptEmpty,
    ),
  ];
}

function givenEntry(
  term: string,
  given: Certificate["given"],
  language: Language,
  moment: Moment,
): readonly Entry[] {
  if (given === null) return [];
  const reference = given.reference === undefined ? "" : ` · ${given.reference}`;
  return [
    entry(term, [
      [actorRoles[given.by][language], " · ", moment(given.at)],
      [{ kind: "soft", text: `${given.instruction}${reference}` }],
    ]),
  ];
}

function languageOf(words: Words): Language {
  return words === contractEndTextsOf("fr") ? "fr" : "en";
}

const line = (text: string): Cell => [[text]];
const figure = (number: number): Cell => [[{ kind: "figure", number }]];
const day = (text: string | null | undefined): Cell | undefined =>
  text == null ? undefined : [[{ kind: "day", date: text.slice(0, 10) as LocalDate }]];
const entry = (term: string, value: Cell, clause?: string): Entry => ({ term, value, clause });
const paragraph = (text: string): Block => ({ kind: "paragraph", line: [text], clauses: [] });
const heading = (text: string, ...clauses: readonly string[]): Block => ({
  kind: "heading",
  level: 2,
  text,
  clauses,
  startsPage: false,
});

/** Columns by title; one whose title begins with `>` holds figures. */
function table(
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly Cell[])[],
  empty: string,
): Block {
  const columns = titles.map(
    (title): Column => (title.startsWith(">") ? { title: title.slice(1), align: "end" } : { title }),
  );
  return { kind: "table", caption, columns, rows, empty };
}
