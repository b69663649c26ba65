/** Where a document is read, or fetched in another form, in the reader's language. */
import type { Language } from "@preau/kernel";
import { Definition } from "@preau/web";

const words = {
  fr: {
    title: "Documents",
    annexes: "Annexes A à D",
    record: "Registre du sous-traitant",
    extract: "Extrait pour le responsable",
    forms: { html: "page", pdf: "PDF", md: "Markdown" },
    missing: "Ce qu’un document ne sait pas dire figure à sa fin.",
  },
  en: {
    title: "Documents",
    annexes: "Annexes A to D",
    record: "Processor’s record",
    extract: "Extract for the controller",
    forms: { html: "page", pdf: "PDF", md: "Markdown" },
    missing: "What a document cannot say stands at its end.",
  },
} as const;

export function annexesTitle(language: Language): string {
  return words[language].annexes;
}

/** `page · PDF · Markdown`, each with the name of its document for who cannot see where it stands. */
export function DocumentForms({ path, name, language }: { path: string; name: string; language: Language }) {
  const { forms } = words[language];
  return (
    <>
      {(["html", "pdf", "md"] as const).map((format, at) => (
        <span key={format}>
          {at > 0 && " · "}
          <a href={`${path}.${format}?language=${language}`}>
            {forms[format]} <span class="hidden">{name}</span>
          </a>
        </span>
      ))}
    </>
  );
}

/** A controller's own documents. */
export function ControllerDocuments({ at, language }: { at: string; language: Language }) {
  const said = words[language];
  return (
    <>
      <h2>{said.title}</h2>
      <Definition
        entries={(["record", "extract", "annexes"] as const).map(
          (name) =>
            [
              said[name],
              <DocumentForms key={name} path={`${at}/${name}`} name={said[name]} language={language} />,
            ] as const,
        )}
      />
      <p class="hint">{said.missing}</p>
    </>
  );
}
