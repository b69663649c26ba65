/** The page that says what a project's archive is, which tables it has, and how to read them. @clause DD.2 */
import {
  type Block,
  cell,
  type Document,
  entry,
  figure,
  heading,
  list,
  note,
  paragraph,
  renderHtml,
  strong,
  table,
} from "@preau/documents";
import type { Archive } from "./project-archive.ts";
import { projectArchiveTexts } from "./project-archive-texts.ts";

export function archiveReadme({ request, description, face, project, tables, madeAt }: Archive): string {
  const { language } = request;
  const texts = projectArchiveTexts[language];
  const rows = tables.reduce((sum, each) => sum + each.rows, 0);
  const files = tables.reduce((sum, each) => sum + each.files - each.notGiven, 0);
  const missing = tables.reduce((sum, each) => sum + each.notGiven, 0);
  const title = project.title === "" ? project.id : project.title;
  const blocks: readonly Block[] = [
    paragraph(texts.what[project.kind]),
    note(texts.personal),
    heading(2, texts.tables),
    table(
      texts.tables,
      [texts.content, texts.inFolder, `>${texts.rows}`],
      tables.map((each) => [
        cell(face.words?.tables[each.table]?.title[language] ?? each.table),
        cell(each.path),
        cell(figure(each.rows)),
      ]),
      texts.nothing,
    ),
    heading(2, texts.howToRead),
    list([
      [strong("data/….csv"), texts.csv],
      [strong("data/….json"), texts.json],
      [strong("files/…"), texts.files],
      ...(missing === 0 ? [] : [[strong("missing.json"), texts.missing]]),
    ]),
    heading(2, texts.notIn),
    list([
      [texts.secrets],
      ...(project.kind === "school" ? [[texts.notMapped]] : []),
      ...description.notCovered.map(({ what, why }) => [`${what}${texts.colon}${why}`]),
    ]),
  ];
  const document: Document = {
    language,
    title,
    subtitle: texts.kinds[project.kind],
    facts: [
      entry(texts.application, cell(description.title[language])),
      entry(texts.rows, cell(figure(rows))),
      entry(texts.filesGiven, cell(figure(files))),
      ...(missing === 0 ? [] : [entry(texts.filesMissing, cell(figure(missing)))]),
    ],
    blocks,
    gaps: [],
    madeAt,
  };
  return renderHtml(document);
}
