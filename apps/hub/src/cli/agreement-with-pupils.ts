/**
 * The reference agreement with pupils of the GAR in it: what an integrator tries a pupil's sign-in with. Made from the
 * reference, text and rule changed together, so that the one check holds for both. @figure DB.K.gar-pupil
 */

type Edit = readonly [file: string, from: string, to: string];

/** Each passage stands in the reference as it is here; that it no longer does is an error of ours. */
const edits: readonly Edit[] = [
  [
    "agreement.yaml",
    `    origin: gar
    role: pupil
    categories: []
`,
    `    origin: gar
    role: pupil
    categories:
      - name
      - classAndGroup
      - connectionAndUsage
`,
  ],
  [
    "text.fr.md",
    "Aucune donnée n’est prévue\u00A0: la connexion d’un élève par le GAR est refusée.",
    "Nom et prénom\u00A0; classe et groupe\u00A0; connexion et usage.",
  ],
  [
    "text.en.md",
    "No data is provided for: a pupil's sign-in through GAR is refused.",
    "Name; class and group; connection and usage.",
  ],
];

/** The warning that the reference accepts of its empty row: there is none to accept any more. */
const ACCEPTED = /^ {2}- lint: GAR_ROLE_EMPTY\n(?: {4}.*\n)+/m;

/** @param reference texts of the reference folder's files, by name */
export function agreementWithPupils(reference: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const files = new Map(reference);
  for (const [file, from, to] of edits)
    files.set(
      file,
      edited(files.get(file), (text) => text.replace(from, to)),
    );
  const rules = "agreement.yaml";
  files.set(
    rules,
    edited(files.get(rules), (text) => text.replace(ACCEPTED, "")),
  );
  return files;
}

function edited(text: string | undefined, edit: (text: string) => string): string {
  const changed = text === undefined ? undefined : edit(text);
  if (changed === undefined || changed === text)
    throw new TypeError("the reference agreement reads otherwise");
  return changed;
}
