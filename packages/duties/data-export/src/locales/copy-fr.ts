/** Les mots de la copie d’une personne. Phrases courtes : un élève, un parent et un enseignant les lisent. */
const plural = (count: number, one: string, many: string) =>
  `${new Intl.NumberFormat("fr-FR").format(count)}\u00a0${count > 1 ? many : one}`;

export const copyFr = {
  yes: "oui",
  no: "non",
  dayUnit: "j",
  notKnown: "non connu",
  colon: "\u00a0: ",
  titles: {
    access: "La copie de vos données personnelles",
    portability: "Vos données, à emporter",
  },
  pdfName: "copie.pdf",
  rows: (count: number) => plural(count, "ligne", "lignes"),
  held: (rows: string, files: number) =>
    files === 0 ? rows : `${rows} et ${plural(files, "fichier", "fichiers")}`,

  madeOn: "Établi le",
  for: "Pour le compte de",
  by: "Établi par",
  askedBy: "Demandé par",
  role: "Vous êtes",
  agreement: "Accord appliqué",
  clock: "Heures",
  clockOf: (zone: string) => `celles de votre établissement (${zone})`,

  inShort: "En bref",
  accessLead: (processor: string, controller: string, held: string) =>
    `Cette copie réunit tout ce que ${processor} conserve sur vous pour le compte du responsable, ${controller}\u00a0: ${held}.`,
  portabilityLead: (processor: string, controller: string, held: string) =>
    `Ce dossier réunit les données que vous avez fournies, ou qui viennent de votre activité, et que ${processor} conserve pour le compte du responsable, ${controller}\u00a0: ${held}. Un autre service peut les relire.`,
  nothingHeld: (processor: string, controller: string) =>
    `${processor} ne conserve rien sur vous pour le compte du responsable, ${controller}\u00a0: tous les magasins de données ont été lus, et aucun ne contient de ligne à votre sujet.`,
  nothingToTake:
    "Des données sont conservées sur vous, mais aucune n’entre dans le droit à la portabilité. Demandez une copie\u00a0: elle contient tout.",
  mostOf: "Ce que vous y trouverez",
  restricted:
    "Le traitement de vos données est limité (RGPD, art. 18)\u00a0: elles sont conservées, mais ne sont plus utilisées. Cette limitation ne vous empêche pas d’en recevoir la copie.",
  withheldLead: (count: number) =>
    `${plural(count, "valeur a été retirée", "valeurs ont été retirées")}\u00a0: elles désignent une autre personne, à qui ses données appartiennent (RGPD, art. 15, § 4), ou sont un secret comme un mot de passe.`,
  notGivenLead: (count: number) =>
    `${plural(count, "fichier n’est pas joint", "fichiers ne sont pas joints")}\u00a0: la raison est dite plus bas.`,
  unnamedLead: (names: string) =>
    `L’annexe B de l’accord ne nomme pas ces catégories dans ces termes\u00a0: ${names}. Vous les recevez quand même. Votre établissement peut vous dire à quelle ligne de l’annexe elles se rattachent, ou pourquoi elles sont là.`,

  howToRead: "Comment lire ce dossier",
  read: {
    index: "cette page, à lire dans un navigateur, sans connexion",
    pdf: "la même chose, à imprimer",
    dataCsv: "toutes les lignes, à ouvrir dans un tableur",
    dataJson: "toutes les lignes, avec leur valeur exacte, pour un programme",
    files: "vos fichiers",
    context: "pourquoi et comment vos données sont utilisées, pour un programme",
    schema: "la description du format des données",
  },
  apostrophe:
    "Dans les fichiers .csv, une apostrophe est ajoutée devant un texte qu’un tableur prendrait pour une formule. Les fichiers .json ont le texte exact.",

  allShown: (rows: string) => `${rows}.`,
  newestShown: (rows: string, shown: number) =>
    `${rows}. Les ${shown} plus récentes sont ici\u00a0; toutes sont dans le fichier`,
  inFile: "Fichier",
  onlyTechnical: (rows: string) => `${rows} de valeurs techniques. Elles sont dans le fichier`,
  otherDetails: "Autres détails",
  takenOut: "(retiré)",
  technicalValue: "valeur technique",
  takenOutOf: (count: number, columns: string) =>
    `Retiré ${plural(count, "fois", "fois")} (${columns})\u00a0: ce qui désigne une autre personne, ou un secret.`,
  noTables: "Rien n’est conservé ici.",
  unnamedHere: "L’annexe B de l’accord ne nomme pas cette catégorie dans ces termes.",
  technical: "Données techniques",
  technicalSays:
    "Ces tableaux servent au fonctionnement de l’application\u00a0: numéros, réglages, traces. Ils vous concernent, et vous y avez droit aussi.",

  yourFiles: "Vos fichiers",
  filesGiven: "Fichiers joints",
  fileName: "Fichier",
  fileFrom: "D’où il vient",
  fileSize: "Taille",
  moreFiles: (count: number) =>
    `${plural(count, "autre fichier est joint", "autres fichiers sont joints")} sans être dans ce tableau\u00a0: regardez dans le dossier files.`,
  filesNotGiven: "Fichiers non joints",
  why: "Pourquoi",
  reference: "Référence",
  missing: "Il est inscrit, mais son contenu n’est plus dans le stockage.",
  namesOthers:
    "Il nomme d’autres personnes, ou n’a pas pu être lu en entier pour le savoir (RGPD, art. 15, § 4). Demandez-le à votre établissement, qui décide.",
  unnamedFile: "un fichier",

  leftOut: "Ce qui n’est pas dans ce dossier",
  leftOutLead:
    "Le droit à la portabilité vaut pour les données que vous avez fournies, ou qui viennent de votre activité, quand elles sont traitées par un ordinateur sur la base d’un consentement ou d’un contrat (RGPD, art. 20, § 1). Il ne vaut pas pour une mission d’intérêt public (art. 20, § 3). Pour tout recevoir, demandez une copie (art. 15).",
  leftOutRows: "Laissé de côté",
  leftOutNothing: "Rien n’a été laissé de côté.",
  unsettled: (purposes: string) =>
    `Aucune base légale n’est déclarée pour\u00a0: ${purposes}. Ces données vous sont données\u00a0: mieux vaut plus que moins.`,
  derived:
    "Un magasin de données ne dit pas toujours ce qui vient de vous et ce que d’autres ont écrit sur vous, comme une note\u00a0: dans le doute, c’est donné.",
  contentsOf: "Ce que contient ce dossier",
  table: "Tableau",
  rowCount: "Lignes",
  file: "Fichier",

  whyAndHow: "Pourquoi et comment ces données sont utilisées",
  whoIsResponsible: "Qui est responsable",
  controller: "Responsable",
  controllerContact: "Pour le joindre",
  controllerOfficer: "Son délégué à la protection des données",
  processor: "Sous-traitant",
  processorOfficer: "Le délégué du sous-traitant",
  purposes: "À quoi elles servent",
  purpose: "But",
  legalBasis: "Base légale",
  services: "Service",
  clause: "Clause",
  unnamedPurpose: "L’accord ne nomme pas ce but dans ces termes",
  categories: "Quelles données",
  category: "Catégorie",
  notInTheseWords: "pas dans ces termes",
  namedByAgreement: "Nommée par l’annexe B",
  recipients: "Qui peut les recevoir",
  recipient: "Destinataire",
  does: "Ce qu’il fait",
  forPurposes: "Pour",
  everyPurpose: "tous les buts",
  subprocessorLead: "Sous-traitant",
  retention: "Combien de temps",
  kept: "Ce qui est gardé",
  period: "Durée",
  countedFrom: "Comptée depuis",
  then: "Ensuite",
  atMost: "au plus",
  ownPeriod: "durée choisie par votre établissement",
  rights: "Vos droits",
  rightsLead: "Pour exercer un droit, adressez-vous à votre établissement. C’est gratuit.",
  answerWithin: (period: string) => `Il vous répond en ${period} au plus.`,
  forwardWithin: (processor: string, period: string) =>
    `Si vous écrivez à ${processor}, votre demande est transmise à l’établissement en ${period} au plus.`,
  rightWords: {
    rectification: [
      "Faire corriger",
      "Une donnée est fausse ou incomplète\u00a0: vous pouvez la faire corriger (art. 16).",
    ],
    erasure: ["Faire effacer", "Dans certains cas, vous pouvez faire effacer vos données (art. 17)."],
    restriction: [
      "Faire limiter",
      "Vous pouvez demander que vos données soient gardées sans être utilisées, par exemple pendant qu’on vérifie si elles sont justes (art. 18).",
    ],
    objection: [
      "Vous opposer",
      "Vous pouvez vous opposer à l’usage de vos données pour des raisons qui tiennent à votre situation (art. 21).",
    ],
    portability: [
      "Emporter vos données",
      "Quand la base est un consentement ou un contrat, vous pouvez recevoir vos données dans un format qu’un autre service relit (art. 20).",
    ],
  },
  complaint: "Réclamation",
  complaintSays:
    "Vous pouvez vous plaindre auprès de la CNIL, l’autorité de contrôle (RGPD, art. 77)\u00a0: 3, place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, www.cnil.fr.",
  source: "D’où elles viennent",
  sourceWords: {
    gar: "du GAR, le gestionnaire d’accès du ministère, par lequel vous vous connectez\u00a0: il transmet ce que votre établissement y a inscrit",
    outsideGar:
      "de votre établissement, qui a créé votre compte, et de vous-même, par ce que vous écrivez et faites dans l’application",
  },
  sourceUnknown: "non connue\u00a0: aucun magasin de données ne dit comment votre compte est arrivé",
  automated: "Décisions automatiques",
  noneAutomated: (operations: string) =>
    `L’accord n’en prévoit aucune\u00a0: le traitement consiste en ${operations}.`,
  automatedUnknown: "non connu\u00a0: l’accord ne dit pas en quoi le traitement consiste",
  transfers: "Hors de l’Union européenne",
  noTransfers: "L’accord dit qu’aujourd’hui aucune donnée ne quitte l’Union européenne.",
  someTransfers: "Des données partent hors de l’Union européenne\u00a0:",
  transfersUnknown: "non connu\u00a0: l’accord n’en dit rien",
  transferTo: (company: string, country: string, mechanism: string) =>
    `${company}, ${country}\u00a0: ${mechanism}`,

  notCovered: "Ce que cette copie n’a pas pu atteindre",
  notCoveredLead:
    "Les magasins de données disent eux-mêmes ce qu’ils n’atteignent pas quand ils cherchent une personne, pour une copie ou pour un effacement. Leurs mots peuvent être en anglais.",
  storeCategories: { technical: "Données techniques" } as Readonly<Record<string, string>>,
  storePurposes: {
    teaching: "l’enseignement",
    security: "la sécurité et la traçabilité",
    legalObligation: "une obligation légale",
  } as Readonly<Record<string, string>>,
  empty: "–",
};

export type CopyTexts = typeof copyFr;
