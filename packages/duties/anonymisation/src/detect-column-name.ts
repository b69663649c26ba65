/**
 * What the name of a column gives away. Names that can only be of an identifier or of prose are refused whatever becomes of
 * the column; names that may be harmless (`level_name`) need a closed list or groups. @clause D13.2
 */
export type NameFinding = "identifier" | "text" | "ambiguous";

const IDENTIFIERS = new Set(
  (
    "id uid uuid guid key cle identifiant identifier login username userid pseudo nickname alias nom prenom prenoms firstname " +
    "lastname surname givenname familyname middlename fullname email mail courriel mel phone phone1 phone2 tel telephone mobile " +
    "portable address adresse street rue ine nir insee ssn ip ipaddress lastip remoteip mac iban rib url picture photo avatar " +
    "idnumber hash token session sessionid sesskey password secret signature pseudonym pseudonyme matricule rne uai siret ent " +
    "sub subject owner author auteur cookie fingerprint latitude longitude lat lon lng gps geo city ville commune town"
  ).split(" "),
);
const TEXTS = new Set(
  (
    "comment comments commentaire commentaires description text texte message content contenu appreciation appreciations " +
    "feedback remarque remarques body intro summary resume biography bio html onlinetext essay reponse answertext filename"
  ).split(" "),
);
const AMBIGUOUS = new Set([
  "name",
  "title",
  "titre",
  "label",
  "libelle",
  "intitule",
  "subjectname",
  "note_text",
]);
/** `userid`, `id_eleve`, `courseId`: a reference to somebody or something of which there is one. */
const REFERENCE =
  /^(?:user|course|class|pupil|eleve|student|etudiant|parent|teacher|prof|group|cm|context|item|attempt|quiz|grade|account|person|school|module|instance|category|section|device|copy|author|creator|owner|modifier|related|book|event|log|row)s?id$/;

/** `person.birthDate` and `PERSON_BIRTH-DATE` are read alike; the part before a point is a table. */
export function findInName(column: string): NameFinding | undefined {
  const own = column.slice(column.lastIndexOf(".") + 1);
  const words = own
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const all = [...words, words.join(""), ...words.slice(1).map((word, at) => `${words[at]}${word}`)];
  if (all.some((word) => IDENTIFIERS.has(word) || REFERENCE.test(word))) return "identifier";
  if (all.some((word) => TEXTS.has(word))) return "text";
  return all.some((word) => AMBIGUOUS.has(word)) ? "ambiguous" : undefined;
}
