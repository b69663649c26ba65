/** The import: choosing a file, seeing what it would change, confirming that. */
import { type ImportPlan, type PlannedRow, sayIssue } from "@preau/contracts";
import type { Bilingual, Language } from "@preau/kernel";
import { Button, Definition, Field, Form, Notice, sayNumber, Table } from "@preau/web";
import type { ContractsTexts } from "../locales/contracts-fr.ts";
import { fieldName, sayValue } from "./changes-table.tsx";

/** Rows on the page; all of them count. */
const SHOWN = 200;

interface Common {
  readonly words: ContractsTexts;
  readonly language: Language;
}

export function ContractImportPage({
  words,
  language,
  error,
}: Common & {
  readonly error?: {
    readonly says: Bilingual;
    readonly remedy?: Bilingual | undefined;
    readonly place?: string | undefined;
  };
}) {
  return (
    <>
      <h1>{words.import}</h1>
      <p class="lead">{words.importLead}</p>
      {error !== undefined && (
        <Notice kind="danger" title={error.says[language]}>
          {error.place !== undefined && (
            <p>
              <code>{error.place}</code>
            </p>
          )}
          {error.remedy !== undefined && <p>{error.remedy[language]}</p>}
        </Notice>
      )}
      <FileForm words={words} />
    </>
  );
}

function FileForm({ words }: Pick<Common, "words">) {
  return (
    <Form action="/contracts/import" multipart>
      <Field
        name="file"
        label={words.file}
        hint={words.fileHint}
        type="file"
        accept=".csv,text/csv"
        required
      />
      <Button>{words.showPlan}</Button>
    </Form>
  );
}

export function ContractPlanPage({
  words,
  language,
  plan,
  file,
  isOther = false,
}: Common & {
  readonly plan: ImportPlan;
  /** The bytes, as base64: what is confirmed is what was shown. */
  readonly file: string;
  readonly isOther?: boolean;
}) {
  const { counts } = plan;
  const rows = plan.rows.filter(({ what }) => what !== "unchanged");
  const sorted = counts.refused > 0 ? rows.filter(({ what }) => what === "refused") : rows;
  const writes = counts.added + counts.changed > 0 && counts.refused === 0;
  return (
    <>
      <h1>{words.planTitle}</h1>
      {isOther && (
        <Notice kind="warn">
          <p>{words.planOther}</p>
        </Notice>
      )}
      {counts.refused > 0 && (
        <Notice kind="danger" title={words.wrong}>
          <p>{words.planRefused}</p>
        </Notice>
      )}
      <Definition
        narrow
        entries={(["added", "changed", "unchanged", "refused"] as const).map(
          (what) => [words.counts[what], sayNumber(counts[what], language)] as const,
        )}
      />
      {writes && (
        <Form action="/contracts/import/confirmation">
          <input type="hidden" name="file" value={file} />
          <input type="hidden" name="digest" value={plan.digest} />
          <div class="actions">
            <Button>{words.importNow}</Button>
            <Button kind="secondary" href="/controllers">
              {words.cancel}
            </Button>
          </div>
        </Form>
      )}
      <Table
        caption={sorted.length > SHOWN ? words.planMore : words.planTitle}
        columns={[
          { title: words.line, cell: (row) => sayNumber(row.line, language), numeric: true },
          { title: words.result, cell: (row) => words.results[row.what] },
          { title: words.controller, cell: (row) => <code>{row.controller ?? "–"}</code> },
          { title: words.reference, cell: (row) => row.reference ?? "–" },
          { title: words.what, cell: (row) => <Detail words={words} language={language} row={row} /> },
        ]}
        rows={sorted.slice(0, SHOWN)}
        empty={words.nothingChanges}
      />
      {!writes && <FileForm words={words} />}
    </>
  );
}

function Detail({ words, language, row }: Common & { readonly row: PlannedRow }) {
  if (row.issues.length > 0) {
    return (
      <ul class="plain">
        {row.issues.map((issue) => (
          <li key={`${issue.field} ${issue.code}`}>
            {issue.column !== undefined && `${words.column} ${issue.column} (${issue.heading ?? ""}) · `}
            {sayIssue(issue).says[language]} {sayIssue(issue).remedy[language]}
          </li>
        ))}
      </ul>
    );
  }
  if (row.what === "added") return "–";
  const changes = [row.ofController, row.ofContract].flatMap((each) =>
    Object.entries(each?.after ?? {}).map(([name, after]) => ({ name, before: each?.before[name], after })),
  );
  return (
    <ul class="plain">
      {changes.map(({ name, before, after }) => (
        <li key={name}>
          {fieldName(words, name)} · {sayValue(words, before)} → {sayValue(words, after)}
        </li>
      ))}
    </ul>
  );
}
