import { describe, expect, it } from "vitest";
import { redactText } from "../src/index.ts";

/** What was masked stands between « and »; everything else is to stay, letter by letter. */
const MARKED = /«([^»]*)»/g;

function marked(text: string, language: "fr" | "en" = "fr"): string {
  const { found } = redactText(text, { language });
  let out = "";
  let at = 0;
  for (const { start, end } of found) {
    out += `${text.slice(at, start)}«${text.slice(start, end)}»`;
    at = end;
  }
  return out + text.slice(at);
}

function kindsOf(text: string): readonly string[] {
  return redactText(text).found.map(({ kind }) => kind);
}

describe("what tells a person from another (D10.1b, DD.8)", () => {
  it.each([
    ["a name by its list", "Mon fils «Lucas Martin» n'arrive pas à se connecter."],
    ["two children", "Je suis la maman de «Nolan» et «Kylian», ils ne peuvent plus se connecter."],
    ["small letters", "salut c «lucas» de 5eB g oublié mon mdp vous pouvez maider svp"],
    ["capitals, family name first", "Élève : «DIALLO Fatoumata», classe de 3ème B."],
    ["a rare name beside one in capitals", "«Kélyandre DUBREUIL» est en CM2."],
    ["civilities and particles", "«», M. «El Amrani», Mlle «Da Silva» et Mme «Nguyen-Tran»."],
    ["an ordinary word after a civility", "M. «Petit» et Mme «Blanc» sont en réunion."],
    ["a word for a person", "Ma fille «Oumaraï» est absente, et la petite «Zélandine» aussi."],
    ["who speaks", "Je m'appelle «yacinedu» et my name is «Tom Baker»."],
    ["a signature", "Le lien est mort.\nCordialement,\n«Zéphirelle Karabatsoglou»"],
    ["a signature on one line", "Pouvez-vous m'aider ? Merci. «Claire»"],
    ["decomposed letters", `Ma fille «${"Zoé".normalize("NFD")}» pleure.`],
    ["initials", "La demande concerne «Jade R.» et «P. Lefèbvre»."],
  ])("masks %s", (_what, text) => {
    const expected = text.replace("«», ", "");
    expect(marked(expected.replace(MARKED, "$1"))).toBe(expected);
  });

  it.each([
    ["Écrire à «lucas.martin@ecole.example».", "email"],
    ["«lucas point martin arobase ecole point fr»", "email"],
    ["l'adresse est «lucas.martin @ ecole . example»", "email"],
    ["write to «lucas at ecole dot example» please", "email"],
    ["«lucas(at)ecole.example»", "email"],
    ["«ｌｕｃａｓ＠ｅｃｏｌｅ．ｅｘａｍｐｌｅ»", "email"],
    ["«lu\u200bcas@ecole.example»", "email"],
    ["«luсаs@ecole.example»", "email"],
    ["Tél : «06.12.34.56.78»", "telephone"],
    ["au «06\u00a012\u00a034\u00a056\u00a078»,", "telephone"],
    ["«06 / 12 / 34 / 56 / 78»", "telephone"],
    ["«+33 (0)6 12 34 56 78»", "telephone"],
    ["«0033612345678»", "telephone"],
    ["«0 6 1 2 3 4 5 6 7 8»", "telephone"],
    ["call «+44 7911 123456»", "telephone"],
    ["portable : «0612 345 678»", "telephone"],
    ["INE «123456789HJ»", "ine"],
    ["INE : «123 456 789 HJ»", "ine"],
    ["sécu «2 84 05 88 321 025 30»", "nir"],
    ["«2 62 08 75 032 039 77»", "nir"],
    ["IBAN «FR76 3000 6000 0112 3456 7890 189»", "iban"],
    ["né le «12/03/2012»", "birthDate"],
    ["née le «14 février 2010»", "birthDate"],
    ["né(e) le «1er mars 2011»", "birthDate"],
    ["né le «douze mars deux mille douze»", "birthDate"],
    ["Date de naissance : «03-09-2011»", "birthDate"],
    ["DOB: «2011-09-03»", "birthDate"],
    ["born on «March 3rd, 2011»", "birthDate"],
    ["au «14 bis, avenue du Général Leclerc, 92100 Boulogne-Billancourt».", "address"],
    ["«3 impasse des Roses, 13008 Marseille»", "address"],
    ["at «12 Baker Street» since", "address"],
    ["j'habite à «Vitry-sur-Seine»", "address"],
    ["le code est «75011 Paris»", "address"],
    ["un «TDAH sévère»", "health"],
    ["une «allergie aux arachides»", "health"],
    ["«Diabète de type 1»", "health"],
    ["un «PAI» et une «AESH»", "health"],
    ["suivi par la «MDPH»", "health"],
    ["she has «epilepsy and a hearing aid»", "health"],
  ])("masks %s as %s", (text, kind) => {
    const bare = text.replace(MARKED, "$1");
    expect(marked(bare)).toBe(text);
    expect(new Set(kindsOf(bare))).toEqual(new Set([kind]));
  });

  it("says what stood there, in the language asked for, and counts it", () => {
    const text = "Mon fils Lucas (06 12 34 56 78) a un PAI.";
    expect(redactText(text)).toMatchObject({
      text: "Mon fils [nom] ([téléphone]) a un [santé].",
      counts: { name: 1, telephone: 1, health: 1 },
    });
    expect(redactText(text, { language: "en" }).text).toBe("Mon fils [name] ([telephone]) a un [health].");
  });

  it("leaves the numbers of schools and companies, which are no persons, unless asked", () => {
    const text = "UAI 0951099D, SIRET 424 761 419 00045";
    expect(redactText(text).text).toBe(text);
    expect(redactText(text, { also: ["siret", "uai"] }).text).toBe("UAI [UAI], SIRET [SIRET]");
  });
});

describe("what tells nobody stays, so that the text is of use", () => {
  it.each([
    "Dans l'exercice 3 de mathématiques, la fraction 3/4 s'affiche mal.",
    "Ticket #20241234, version 4.5.2, le 12/03/2025 à 14h30, erreur 0x80070005 sur 192.168.1.10.",
    "Le collège Victor-Hugo (UAI 0951099D) et le lycée Jean-Jaurès ont le même problème ; le lycée Saint-Louis aussi.",
    "Il a eu 10/10 à la dictée et 15/20 en SVT.",
    "Rose est une couleur, la pierre est dure, et la Rose des vents se lit au CDI.",
    "Le cours d'histoire parle de la rue de la Paix et de la Révolution française.",
    "On étudie Le Petit Prince, Roméo et Juliette, Victor Hugo et les lois de Jules Ferry.",
    "Louis XIV, Henri IV et François Ier ne s'ouvrent pas dans le module Moyen Âge.",
    "Le menu Paramètres > Mon Compte > Notifications ne s'ouvre pas dans Google Chrome sous Windows 11.",
    "Bonjour Madame, Monsieur, la page du cours de français est blanche depuis lundi. Merci d'avance.",
    "Madame la Directrice, Monsieur le Principal, veuillez trouver le bulletin du premier trimestre.",
    'The course "Introduction to World History" shows an error on page 12. New York and London are missing.',
    "Paris est la capitale. En mai et en juin, les classes de CE2 vont à Nancy.",
    "Le quiz « Fractions » a 25 questions ; 12 élèves sur 28 ont fini, soit 43 %.",
    "Hello, the upload fails since the last update. I will try again on Monday. Thanks!",
    "Le traitement des données est décrit à l'article 28 du RGPD ; la CNIL et le DPO sont informés.",
  ])("%s", (text) => {
    expect(marked(text)).toBe(text);
  });
});
