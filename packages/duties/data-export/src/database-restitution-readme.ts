/** How a restitution is restored: one page for people, and the commands alone. @clause S8 */
import {
  type Block,
  cell,
  type Document,
  heading,
  list,
  note,
  paragraph,
  renderHtml,
  strong,
  table,
} from "@preau/documents";
import type { Instant, Language } from "@preau/kernel";
import type { PlacedDump } from "./database-restitution.ts";
import { restitutionTexts } from "./database-restitution-texts.ts";
import type { RestitutedStore } from "./restituted-stores.ts";

interface Readme {
  readonly dumps: readonly PlacedDump[];
  readonly stores: readonly RestitutedStore[];
  readonly language: Language;
  readonly madeAt: Instant;
}

export function restitutionReadme({ dumps, stores, language, madeAt }: Readme): string {
  const texts = restitutionTexts[language];
  const titleOf = (id: string) => stores.find((store) => store.id === id)?.title[language] ?? id;
  const lacking = stores.flatMap(({ id, notCovered }) => notCovered.map((each) => ({ id, ...each })));
  const blocks: readonly Block[] = [
    paragraph(texts.what),
    note(texts.secret),
    heading(2, texts.check),
    paragraph(texts.checkSays),
    list([[strong("sha256sum -c SHA256SUMS")]]),
    heading(2, texts.databases),
    ...(dumps.length === 0 ? [] : [paragraph(texts.databasesSay)]),
    table(
      texts.caption,
      [texts.path, texts.store, texts.command],
      dumps.map((each) => [cell(each.path), cell(titleOf(each.store)), cell(strong(loadCommand(each)))]),
      texts.noDatabase,
    ),
    heading(2, texts.files),
    paragraph(texts.filesSay),
    paragraph(texts.listed),
    heading(2, texts.notCovered),
    paragraph(texts.notCoveredSays),
    table(
      texts.notCovered,
      [texts.store, texts.notCovered, texts.reason, texts.remedy],
      lacking.map(({ id, what, why, remedy = "" }) => [
        cell(titleOf(id)),
        cell(what),
        cell(why),
        cell(remedy),
      ]),
      texts.nothing,
    ),
  ];
  const document: Document = {
    language,
    title: texts.title,
    subtitle: "",
    facts: [],
    blocks,
    gaps: [],
    madeAt,
  };
  return renderHtml(document);
}

/** A script of bash that stops at the first fault: a dump that does not unpack is not loaded in part unseen. */
export function restoreCommands(dumps: readonly PlacedDump[], stores: readonly RestitutedStore[]): string {
  const files = stores.filter(({ restitution }) => restitution !== undefined).map(({ id }) => id);
  return [
    "# bash; in the unpacked folder. NAME is a new empty database, TARGET the application's data folder.",
    "# bash ; dans le dossier décompressé. NAME est une nouvelle base vide, TARGET le dossier de données de l’application.",
    "set -euo pipefail",
    "sha256sum --quiet -c SHA256SUMS",
    ...dumps.map(loadCommand),
    ...files.map(
      (id) => `[ ! -d ${shellWord(`files/${id}`)} ] || cp -R ${shellWord(`files/${id}/.`)} TARGET/`,
    ),
    "",
  ].join("\n");
}

/** The dump's own command behind zstd: `zstd -dc database/moodle.sql.zst | mariadb … NAME`. */
function loadCommand({ path, dump }: PlacedDump): string {
  const end = ` < ${dump.name}`;
  const packed = shellWord(path);
  return dump.load.endsWith(end)
    ? `zstd -dc ${packed} | ${dump.load.slice(0, -end.length)}`
    : `zstd -d ${packed} -o ${shellWord(dump.name)} && ${dump.load}`;
}

function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
