/** One template in one language, with its example: the layout in a frame that runs nothing, the text beside it. */
import type { Language, MessageTemplate } from "@preau/kernel";
import { Clause, Definition } from "@preau/web";
import type { Rendered } from "../render-message.ts";
import { textsOf } from "../texts.ts";

export interface TemplatePageProps {
  readonly language: Language;
  readonly template: MessageTemplate;
  readonly rendered: Rendered;
  /** The language that it is shown in, which need not be the reader's. */
  readonly written: Language;
}

export function TemplatePage({ language, template, rendered, written }: TemplatePageProps) {
  const words = textsOf(language);
  const here = `/mail/templates/${template.name}`;
  const other = written === "fr" ? "en" : "fr";
  return (
    <>
      <p class="over">
        <a href="/mail/templates">{words.templates.title}</a>
      </p>
      <h1>
        <span lang={written}>{rendered.subject}</span> <Clause id={template.clause} />
      </h1>
      <Definition
        narrow
        entries={[
          [words.templates.name, <code key="n">{template.name}</code>],
          [words.language, words.languages[written]],
          [
            words.templates.otherLanguage,
            <a key="o" href={`${here}/${other}`}>
              {words.languages[other]}
            </a>,
          ],
          [
            words.templates.file,
            <a key="f" href={`${here}/${written}/eml`}>
              {`${template.name}.${written}.eml`}
            </a>,
          ],
        ]}
      />
      <h2>{words.asHtml}</h2>
      <iframe src={`${here}/${written}/html`} title={words.frame} class="message" />
      <h2>{words.asText}</h2>
      <pre tabindex={0} lang={written}>
        {rendered.text}
      </pre>
    </>
  );
}
