/** Certificates of destruction of one controller: those that were issued, in their forms, and a form for another year. */
import type { ControllerId, Language, PreauError } from "@preau/kernel";
import { Button, Clause, Field, Form, Moment, Notice, Table, Verdict } from "@preau/web";
import { certificateForms } from "../accounts/certificate-files.ts";
import { accountTextsOf } from "../accounts/texts.ts";
import type { CertificateRow } from "../store/certificate-rows.ts";

export interface CertificatesPageProps {
  readonly language: Language;
  /** Undefined while a reader who sees several has named none. */
  readonly controller: ControllerId | undefined;
  readonly certificates: readonly CertificateRow[];
  /** The school year that is offered: the last one that ended. */
  readonly year: string;
  readonly issues: boolean;
  readonly approves: boolean;
  /** Does the reader see several controllers? */
  readonly several: boolean;
  readonly refused?: PreauError | undefined;
}

export function CertificatesPage(props: CertificatesPageProps) {
  const { language, controller, refused, several, approves } = props;
  const words = accountTextsOf(language).certificates;
  return (
    <>
      <h1>
        {words.title} <Clause id="D12.2" />
      </h1>
      <p class="lead">{words.lead}</p>
      {refused !== undefined && (
        <Notice kind="danger" title={refused.entry.says[language]}>
          {refused.remedy(language) !== undefined && <p>{refused.remedy(language)}</p>}
        </Notice>
      )}
      {several && (
        <Form action="/gar/certificates" method="get" class="filters">
          <Field name="controller" label={words.controller} value={controller ?? ""} required />
          <Button kind="secondary">{words.show}</Button>
        </Form>
      )}
      {controller === undefined ? (
        <p>{words.chooseController}</p>
      ) : (
        <Issued {...props} controller={controller} />
      )}
      {approves && (
        <p>
          <a href="/gar/relink/approve">{words.relinkLink}</a>
        </p>
      )}
    </>
  );
}

function Issued(props: CertificatesPageProps & { readonly controller: ControllerId }) {
  const { language, controller, certificates, year, issues, several } = props;
  const { certificate, certificates: words } = accountTextsOf(language);
  const query = several ? `?controller=${encodeURIComponent(controller)}` : "";
  return (
    <>
      <Table<CertificateRow>
        caption={words.title}
        empty={words.none}
        columns={[
          { title: certificate.schoolYear, cell: ({ schoolYear }) => schoolYear },
          { title: certificate.issued, cell: ({ issuedAt }) => <Moment at={issuedAt} /> },
          { title: certificate.verdict, cell: ({ verdict }) => <Verdict verdict={verdict} /> },
          {
            title: words.files,
            cell: ({ id, schoolYear }) => (
              <span class="links">
                {certificateForms.map((form, index) => (
                  <span key={form}>
                    {index > 0 && " · "}
                    <a
                      href={`/gar/certificates/${id}/certificate.${form}${query}`}
                      aria-label={words.formOf(words.form[form], schoolYear)}
                    >
                      {words.form[form]}
                    </a>
                  </span>
                ))}
              </span>
            ),
          },
        ]}
        rows={certificates}
      />
      {issues && (
        <>
          <h2>{words.issueTitle}</h2>
          <Form action="/gar/certificates">
            {several && <input type="hidden" name="controller" value={controller} />}
            <Field name="year" label={words.year} hint={words.yearHint} value={year} required />
            <div class="actions">
              <Button>{words.issue}</Button>
            </div>
          </Form>
        </>
      )}
    </>
  );
}
