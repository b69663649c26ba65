/** Les mots des signalements de données inexactes (D10.3b). */
const inaccuracy = {
  title: "Données inexactes",
  lead: "Ce que l’éditeur apprend d’inexact ou de dépassé dans les données d’un responsable lui est dit sans délai. Le responsable voit ce qu’il faut en faire.",
  leadController:
    "Ce que l’éditeur a appris d’inexact ou de dépassé dans vos données. À vous de voir ce qu’il faut en faire.",
  list: "Signalements",
  empty: "Aucun signalement.",
  report: "Signalement",
  place: "Où",
  controller: "Responsable",
  learntAt: "Appris",
  state: "État",
  states: {
    noted: "À dire au responsable",
    told: "Dit au responsable",
    acknowledged: "Pris en compte par le responsable",
  },
  new: "Signaler une inexactitude",
  newLead:
    "Vous avez appris que des données sont inexactes ou dépassées\u202f: dites où, et ce qui ne va pas. Le responsable est prévenu aussitôt.",
  chooseController: "Responsable dont ce sont les données",
  store: "Stockage",
  column: "Table et colonne",
  columnHint: "Comme personne.adresse. Aucune valeur.",
  day: "Appris le",
  time: "Heure",
  subject: "Personne",
  what: "Ce qui ne va pas",
  whatHint: "Scellé, transmis au responsable seul, détruit quand il l’a pris en compte.",
  continue: "Continuer",
  send: "Signaler",
  acknowledge: "Confirmer que j’en suis informé",
  toldAt: "Dit au responsable",
  openedAt: "Ouvert",
  acknowledgedAt: "Pris en compte",
  about: "Personne",
  back: "Données inexactes",
  byHand: "Inscrire que le responsable en est informé",
} as const;

export const inaccuracyFr = { inaccuracy };
