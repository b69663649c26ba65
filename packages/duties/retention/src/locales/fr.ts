/** The words of this package’s pages. */
export const fr = {
  deletionTitle: "Supprimer mon compte",
  deletionLead:
    "Supprimer un compte supprime ses données. La demande vaut instruction écrite : elle est horodatée, exécutée en moins de 24 heures, puis vérifiée par un second regard.",
  planTitle: "Ce qui partira",
  planTable: "Table",
  planErased: "Effacées",
  planAnonymised: "Anonymisées",
  planKept: "Conservées",
  planEmpty: "Aucune donnée trouvée.",
  keptTitle: "Ce qui reste, et pourquoi",
  keptWhere: "Où",
  keptRows: "Lignes",
  keptReason: "Raison",
  keptClause: "Clause",
  keptUntil: "Jusqu’au",
  keptNothing: "Rien.",
  notCoveredTitle: "Ce qui n’est pas couvert",
  notCoveredWhat: "Quoi",
  notCoveredWhy: "Pourquoi",
  planNotCoveredNothing: "Rien : tous les magasins connus sont couverts.",
  notCoveredNothing: "Rien : tout ce qui était prévu a été vérifié.",
  blocked:
    "Vos données font l’objet d’une limitation ou d’une conservation légale : elles sont gardées, et un effacement ne les retirerait pas.",
  confirm: "Supprimer mon compte et ses données",
  cancel: "Ne rien supprimer",
  goneTitle: "Ce qui est parti",
  cannotUndo: "Après l’effacement, rien ne permet de revenir en arrière.",
  erasureTitle: "Effacement",
  stateOrdered: "Demandé, pas encore commencé",
  statePlanned: "En cours",
  stateErased: "En vérification",
  stateClosed: "Terminé",
  requestedAt: "Demande reçue",
  dueAt: "À terminer avant",
  timeLeft: "Temps restant",
  closedAt: "Terminé",
  verdict: "Résultat",
  reference: "Référence",
  receiptId: "Reçu",
  storesTitle: "Magasin par magasin",
  store: "Magasin",
  why: "Constat",
  secondLook: "Second regard",
  secondLookFound: (columns: string, hits: string) => `${columns} colonnes relues, ${hits} trace(s)`,
  noSecondLook: "pas encore",
  lastCopy: "Dernière copie de sauvegarde éteinte au plus tard le",
  lastCopySeen: "compté d’après les sauvegardes vues",
  lastCopyPromised: "la durée de l’accord",
  laterTitle: "Relu après le délai du magasin",
  laterWaits:
    "Un magasin annonce un délai. Tant qu’il court, personne ne peut dire qu’il ne reste rien ; il sera relu le",
  laterFollows: "Ce reçu fait suite à",
  laterDownload: "Télécharger le second reçu",
  download: "Télécharger le reçu",
  downloadHint: "Il se vérifie hors ligne, avec la clé publique du journal.",
  publicKeys: "Clés publiques du journal",
  refreshing: "Cette page se met à jour d’elle-même.",
  failedStore: (store: string) => `Le magasin « ${store} » a échoué ; il sera retenté.`,
} as const;

type Words = typeof fr;
/** Every language has the same keys, with the same arguments. */
export type RetentionTexts = {
  readonly [K in keyof Words]: Words[K] extends (...words: infer A) => string
    ? (...words: A) => string
    : string;
};
