/** The three questions of the working party, with their figures; and why what was refused was. @clause D13.2 */
import type { Language } from "@preau/kernel";
import { Clause, Table } from "@preau/web";
import type { Reason } from "../anonymise-reasons.ts";
import type { Release } from "../ledger.ts";
import type { Loss } from "../loss.ts";
import { sayFigure, sayQuestion } from "../release-words.ts";
import { textsOf } from "../texts.ts";
import type { Figure } from "../three-questions.ts";

export interface ReleaseQuestionsProps {
  readonly language: Language;
  readonly release: Release;
}

export function ReleaseQuestions({ language, release }: ReleaseQuestionsProps) {
  const words = textsOf(language);
  const { answers, reasons = [], loss } = release.figures;
  return (
    <>
      {reasons.length > 0 && <Reasons {...{ language, reasons }} />}
      {answers.length > 0 && (
        <>
          <h2>
            {words.questionsTitle} <Clause id="D13.2" />
          </h2>
          <p>{words.questionsLead}</p>
          {answers.map((answer) => (
            <Figures
              key={answer.question}
              {...{ language, figures: answer.figures }}
              caption={sayQuestion(language, answer)}
            />
          ))}
        </>
      )}
      {loss !== undefined && <Lost {...{ language, loss }} />}
    </>
  );
}

function Figures({
  language,
  caption,
  figures,
}: {
  readonly language: Language;
  readonly caption: string;
  readonly figures: readonly Figure[];
}) {
  const words = textsOf(language);
  const said = (figure: Figure) => sayFigure(language, figure, numberIn(language));
  return (
    <Table<Figure>
      caption={caption}
      columns={[
        { title: words.figure, cell: (row) => said(row).name },
        { title: words.measured, numeric: true, cell: (row) => said(row).value },
        {
          title: words.bound,
          numeric: true,
          cell: (row) => (
            <>
              {said(row).bound}
              {!row.holds && <strong class="below">{words.unmet}</strong>}
            </>
          ),
        },
      ]}
      rows={figures}
    />
  );
}

function Reasons({
  language,
  reasons,
}: {
  readonly language: Language;
  readonly reasons: readonly Reason[];
}) {
  const words = textsOf(language);
  return (
    <Table<Reason>
      caption={words.reasonsTitle}
      columns={[
        {
          title: words.reason,
          cell: ({ says, column }) => (
            <>
              {says[language]}
              {column !== undefined && <code class="below">{column}</code>}
            </>
          ),
        },
        { title: words.remedy, cell: ({ remedy }) => remedy[language] },
        {
          title: words.concerned,
          numeric: true,
          cell: ({ share }) => (share === undefined ? words.noFigure : shareIn(language).format(share)),
        },
      ]}
      rows={reasons}
    />
  );
}

function Lost({ language, loss }: { readonly language: Language; readonly loss: Loss }) {
  const words = textsOf(language);
  return (
    <Table<Loss["columns"][number]>
      caption={words.lossTitle}
      columns={[
        { title: words.column, cell: ({ column }) => column },
        {
          title: words.lossLevel,
          numeric: true,
          cell: (row) => `${row.level + 1}\u202f/\u202f${row.levels}`,
        },
        { title: words.lossShare, numeric: true, cell: (row) => shareIn(language).format(row.loss) },
        { title: words.valuesGone, numeric: true, cell: (row) => numberIn(language).format(row.valuesGone) },
      ]}
      rows={loss.columns}
    />
  );
}

function numberIn(language: Language): Intl.NumberFormat {
  return new Intl.NumberFormat(language === "fr" ? "fr-FR" : "en-GB", { maximumFractionDigits: 3 });
}

function shareIn(language: Language): Intl.NumberFormat {
  return new Intl.NumberFormat(language === "fr" ? "fr-FR" : "en-GB", {
    ...{ style: "percent", maximumFractionDigits: 1 },
  });
}
