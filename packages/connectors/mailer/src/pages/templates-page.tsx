/** Every template, by name: its subject and its clause, and the way to both of its languages. */
import type { Language, MessageTemplate } from "@preau/kernel";
import { Clause, Table } from "@preau/web";
import { textsOf } from "../texts.ts";

export interface TemplatesPageProps {
  readonly language: Language;
  readonly templates: readonly MessageTemplate[];
}

export function TemplatesPage({ language, templates }: TemplatesPageProps) {
  const words = textsOf(language);
  return (
    <>
      <p class="over">
        <a href="/mail">{words.title}</a>
      </p>
      <h1>
        {words.templates.title} <Clause id="DC" />
      </h1>
      <p class="lead">{words.templates.lead}</p>
      <Table<MessageTemplate>
        caption={words.templates.list}
        empty={words.templates.empty}
        stacked
        columns={[
          {
            title: words.templates.subject,
            cell: ({ name, subject }) => (
              <>
                <a href={`/mail/templates/${name}/${language}`}>{subject[language]}</a>
                <code class="below">{name}</code>
              </>
            ),
          },
          { title: words.clause, cell: ({ clause }) => <Clause id={clause} /> },
          {
            title: words.language,
            cell: ({ name }) => (
              <>
                <a href={`/mail/templates/${name}/fr`}>{words.languages.fr}</a>
                {" · "}
                <a href={`/mail/templates/${name}/en`}>{words.languages.en}</a>
              </>
            ),
          },
        ]}
        rows={templates}
      />
    </>
  );
}
