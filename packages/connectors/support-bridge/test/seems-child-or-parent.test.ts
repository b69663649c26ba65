/** Words of children and of parents, and of those who speak of them without being either (DC, DB.K.pupil). */
import { describe, expect, it } from "vitest";
import { seemsChildOrParent } from "../src/seems-child-or-parent.ts";

const CHILD = [
  "je suis en CM2 et je peux pas entrer",
  "Je suis en classe de 6ème, mon mot de passe marche plus",
  "chuis en 5e aidez moi svp",
  "J’ai 11 ans et mon compte est bloqué",
  "ma maîtresse m’a dit d’écrire ici",
  "La maitresse veut que je fasse l’exercice mais ça bug",
  "mon prof de maths a mis une note fausse",
  "je suis élève au collège Jean Rostand",
  "ma maman est pas là, c’est quoi mon code",
  "je rentre en seconde, je garde mon compte ?",
  "hi i'm in year 4 and it does not work",
  "I am in the 5th grade, please help",
  "I'm 12 and I forgot my password",
  "my teacher said I should ask you",
  "I'm a Year 9 pupil",
  "im sure my mum knows, I’m in primary school",
];
const PARENT = [
  "Mon fils est en 6e et ne voit plus ses notes",
  "ma fille Zoé n’a plus accès",
  "Bonjour, je suis la maman de Lou",
  "En tant que parent, je souhaite savoir qui voit ces données",
  "je suis responsable légale d’un élève de CP",
  "nos enfants n’arrivent pas à se connecter",
  "My daughter cannot log in",
  "I am Tom's mother and I want his data erased",
  "As her father I object",
  "our six-year-old son has two accounts",
  "my kids share an account",
];
const NEITHER = [
  "Bonjour, je suis professeur de français au collège du Hameau",
  "Comment ajouter une classe de 6e ?",
  "Un parent d’élève m’a signalé une erreur de note",
  "Mes élèves de CM2 ne voient plus le cahier",
  "les parents n’ont pas reçu le message",
  "Je suis administrateur de l’établissement, mes professeurs ne peuvent plus entrer",
  "Mes parents d’élèves ne reçoivent rien",
  "I'm a high school teacher and my class is empty",
  "A pupil of mine in year 4 cannot log in",
  "How do I invite parents?",
  "I'm five minutes late, sorry",
  "Our children’s reading groups are gone", // a school speaks so
  "",
];

describe("who seems to write", () => {
  it.each(CHILD)("a child: %s", (text) => expect(seemsChildOrParent(text)).toBe("CHILD"));
  it.each(PARENT)("a parent: %s", (text) => expect(seemsChildOrParent(text)).toBe("PARENT"));
  it.each(NEITHER)("neither: %s", (text) => expect(seemsChildOrParent(text)).toBeUndefined());

  it("is found in capitals, without accents, with other apostrophes, zero-width letters and broken lines", () => {
    for (const text of [
      "JE SUIS EN CM2",
      "je suis\nen  CM2",
      "j\u2019ai 9 ans",
      "ma ma\u0131tresse".replace("\u0131", "i"),
    ])
      expect(seemsChildOrParent(text), text).toBe("CHILD");
    expect(seemsChildOrParent("mon f\u200bils")).toBe("PARENT");
  });
});
