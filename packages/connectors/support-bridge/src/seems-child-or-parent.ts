/**
 * Whether somebody writes as a child, or as a parent: by their own words, French and English. Of a child's classes, of a teacher or
 * a mother spoken of as a child does, of a child spoken of as a parent does. A sign, no proof: it keeps words here that might not be
 * the desk's. @clause DC, DB.K.pupil
 */

export type ChildOrParent = "CHILD" | "PARENT";

const CLASS_FR =
  "(?:cp|ce ?[12]|cm ?[12]|[3456]e(?:me)?|(?:petite|moyenne|grande) section|sixieme|cinquieme|quatrieme|troisieme|seconde|2nde|1ere|terminale|primaire|upe2a|ulis|segpa)";
const CLASS_EN =
  "(?:year ?\\d{1,2}|(?:the )?\\d{1,2}(?:st|nd|rd|th) grade|grade ?\\d{1,2}|reception|kindergarten|primary school|elementary school|middle school|high school|secondary school|sixth form)";
const KIN_FR =
  "(?:fils|fille|filles|enfants?|gamins?|gamine|ados?|jumeaux|jumelles|petit-fils|petite-fille|garcons?|aine|ainee|cadet|cadette|neveu|niece|beau-fils|belle-fille)";
const KIN_EN =
  "(?:son|sons|daughter|daughters|child|boy|girl|twins|grandson|granddaughter|stepson|stepdaughter|nephew|niece|little one)";
const AGE = "(?:[5-9]|1[0-7])";
const AGE_FR = "(?:cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix-sept)";
const AGE_EN = "(?:five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)";

const CHILD = [
  `(?:je suis|chuis|j'suis|je rentre|je passe) (?:\\w+ )?(?:en|au) (?:classe de )?${CLASS_FR}\\b`,
  "je suis (?:une? |l')?(?:petite? )?(?:eleve|collegien(?:ne)?|lyceen(?:ne)?|ecolier|ecoliere)\\b",
  "(?:mon (?:maitre|instit(?:uteur)?|prof(?:esseur)?)|ma (?:maitresse|instit(?:utrice)?|prof(?:esseure?)?))\\b",
  "la maitresse (?:a |veut|m'|nous|me |ne )",
  "(?:ma maman|mon papa|mes parents(?! d'eleve)|ma mere|mon pere)\\b",
  `j'ai (?:${AGE}|${AGE_FR}) ans\\b`,
  `i(?:'m| am) (?:\\w+ )?in ${CLASS_EN}\\b`,
  `i(?:'m| am) (?:only |just )?(?:${AGE}|${AGE_EN})(?: years? old| yo\\b|(?= and|[.,!]|$))`,
  "i(?:'m| am) a (?:\\w{1,20} ){0,3}(?:pupil|schoolboy|schoolgirl|(?:year|grade) ?\\d{1,2} student)\\b",
  "my (?:teacher|\\w+ teacher|form tutor|mum|mummy|mom|mommy|dad|daddy|parents)\\b",
];

const PARENT = [
  `(?:mon|ma|mes|notre|nos) (?:\\w+ )?${KIN_FR}\\b`,
  "je suis (?:la |le |une? |l')?(?:jeune )?(?:maman|papa|mere|pere|parent|tuteur legal|tutrice legale|responsable legale?|grand-mere|grand-pere|belle-mere|beau-pere)\\b",
  "(?:en tant que|comme) (?:\\w+ )?(?:parents?|mere|pere|maman|papa|responsables? lega(?:l|le|ux))\\b",
  `(?:my|our) (?:\\w+ )?(?:\\w+[- ]year[- ]old|${KIN_EN})\\b`,
  "my (?:\\w+ )?(?:children|kids?)\\b",
  "i(?:'m| am) (?:the |an? )?(?:\\w+'s )?(?:mother|father|mum|mom|dad|parent|guardian|legal guardian|grandmother|grandfather|stepmother|stepfather)\\b",
  "as (?:a|her|his|their|the) (?:mother|father|mum|mom|dad|parent|guardian)\\b",
];

const childish = new RegExp(`\\b(?:${CHILD.join("|")})`);
const parental = new RegExp(`\\b(?:${PARENT.join("|")})`);

/** What is read of one message: as much as is kept of it. */
const MOST_READ = 20_000;

/** Undefined for nobody's in particular. */
export function seemsChildOrParent(text: string): ChildOrParent | undefined {
  const words = fold(text.slice(0, MOST_READ));
  if (childish.test(words)) return "CHILD";
  return parental.test(words) ? "PARENT" : undefined;
}

/** No accents, no case, one kind of apostrophe and of space. */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/\s+/g, " ");
}
