/** What the duty says, in French; its English is `en.ts`. */
export interface InstructionsTexts extends Readonly<Record<Word, string>> {
  readonly kinds: Readonly<
    Record<
      | "answerDataSubject"
      | "erase"
      | "export"
      | "restrict"
      | "liftRestriction"
      | "rectify"
      | "objectToProcessing"
      | "opposeAnonymisation"
      | "handOver"
      | "transfer"
      | "reuseSample"
      | "observePractices"
      | "staffAccess"
      | "register"
      | "other",
      string
    >
  >;
  readonly states: Readonly<Record<"notYet" | "inForce" | "held" | "ended" | "revoked", string>>;
  readonly allMeans: Readonly<Record<"email" | "letter" | "desk", string>>;
  readonly writers: Readonly<Record<"representative" | "dpo" | "contact", string>>;
  readonly doubts: Readonly<
    Record<
      | "allowsNobody"
      | "answerWithoutRequest"
      | "exportToThirdParty"
      | "keepBeyondCeiling"
      | "restrictedPerson"
      | "other",
      string
    >
  >;
  readonly outcomes: Readonly<Record<"confirmed" | "withdrawn" | "lifted", string>>;
  readonly observationStates: Readonly<Record<"asked" | "approved" | "refused" | "withdrawn", string>>;
  readonly towards: Readonly<Record<"controller" | "publisher", string>>;
  readonly noticeCategories: Readonly<
    Record<"compliance" | "dataSubjectRights" | "authority" | "security" | "inaccurateData" | "other", string>
  >;
}

type Word = keyof typeof words;

const words = {
  title: "Instructions",
  lead: "Ce que le responsable de traitement a demandé par écrit, jusqu’où cela va, et ce qui a été fait pour cela.",
  list: "Registre des instructions",
  empty: "Aucune instruction ne correspond. Celles qui seront données ou inscrites paraîtront ici.",
  client: "Client",
  chooseClient: "Client concerné",
  choose: "Continuer",
  clientNone: "Aucun client n’est encore inscrit.",
  all: "Toutes",
  filterState: "État",
  filterKind: "Nature",
  filter: "Filtrer",
  kind: "Nature",
  state: "État",
  clause: "Clause",
  given: "Donnée",
  givenBy: "Donnée par",
  writtenDownBy: "Inscrite par",
  received: "Reçue",
  ends: "Prend fin",
  never: "Jusqu’à son retrait",
  starts: "Prend effet",
  newTitle: "Donner une instruction",
  newTitleStaff: "Inscrire une instruction reçue",
  newLead:
    "Appuyer sur le bouton vaut écrit. L’instruction vaut aussitôt, et se retire à tout moment pour l’avenir.",
  newLeadStaff: "Indiquez ce que dit l’écrit, et rien de plus\u202f; personne n’y est nommé.",
  record: "Inscrire au registre",
  give: "Donner l’instruction",
  product: "Produit",
  productAny: "Tous les produits",
  operations: "Opérations",
  operationsHint:
    "Mots de l’accord, séparés par des espaces\u202f: store show send export answer erase return. Vide\u202f: toutes celles de sa nature.",
  recipients: "Destinataires",
  purposes: "Finalités",
  categories: "Catégories de données",
  wordsHint: "Identifiants de l’accord, séparés par des espaces. Vide\u202f: non limité.",
  subject: "Personne concernée",
  subjectHint: "Son identifiant opaque, sub_…\u202f; jamais un nom.",
  subjectGone: "Une personne qui n’est plus connue\u202f: l’instruction n’atteint plus personne",
  about: "Objet",
  aboutHint: "Identifiants d’une demande, d’un échantillon, d’une livraison\u202f: rqs_… rel_…",
  fields: "Champs",
  endsOn: "Dernier jour",
  endsOnHint: "Vide\u202f: jusqu’à son retrait.",
  writing: "L’écrit",
  day: "Jour de réception",
  time: "Heure",
  timeHint: "Telle que 14:30, à l’heure du client. Vide\u202f: le début du jour.",
  means: "Moyen",
  writer: "Auteur de l’écrit",
  reference: "Référence",
  referenceHint: "Sous laquelle l’écrit se retrouve\u202f; sans nom.",
  sha256: "Empreinte SHA-256 de l’écrit",
  sha256Hint: "64 chiffres hexadécimaux, si vous l’avez.",
  page: "Sur cette page, par le responsable de traitement",
  scope: "Portée",
  scopeAny: "Non limitée, dans ce que permet sa nature",
  done: "Ce qui a été fait",
  doneNone: "Rien n’a encore été fait pour cette instruction.",
  thing: "Objet",
  at: "Le",
  clocks: "Délais qui courent",
  clocksLead: "Un signalement ne suspend aucun délai légal\u202f: ceux-ci continuent de courir.",
  dueAt: "Au plus tard",
  revoke: "Retirer l’instruction",
  revokeLead:
    "Le retrait vaut dès maintenant, pour l’avenir seul. Ce qui attend est annulé\u202f; un effacement commencé va à son terme.",
  revokedAt: "Retirée",
  again: "Donner de nouveau cette instruction",
  flagTitle: "Signaler un doute",
  flagLead:
    "Le responsable de traitement en est informé aussitôt. L’instruction n’est suspendue que si l’accord le prévoit.",
  flagWhy: "Pourquoi elle paraît contraire au droit",
  flag: "Signaler",
  flaggedTitle: "Cette instruction paraît contraire au droit",
  flaggedHeld: "Elle est suspendue jusqu’à ce que le responsable de traitement la confirme ou la retire.",
  flaggedOpen: "Elle reste en vigueur\u202f: l’accord prévoit un signalement, non une suspension.",
  flaggedTold: "Le délégué du client en a été informé par courriel.",
  flaggedUntold: "Personne n’a pu être averti par courriel\u202f: remettez le lien vous-même.",
  makeLink: "Créer un lien à remettre",
  linkMade: "Lien à remettre, montré une seule fois",
  confirm: "Confirmer l’instruction",
  confirmHint: "Vous en prenez la responsabilité\u202f; la confirmation est conservée.",
  withdraw: "Retirer l’instruction",
  lift: "Lever le signalement",
  liftWhy: "Pourquoi le doute est levé",
  flags: "Signalements",
  flagReasons: "Motifs",
  flagOutcome: "Suite",
  flagOpen: "En attente",
  ofTitle: "Sur instruction de qui\u202f?",
  ofLead:
    "Donnez le numéro d’une entrée du journal\u202f: la réponse est une instruction, une clause de l’accord, ou «\u00a0aucune n’est inscrite\u00a0».",
  ofEntry: "Entrée du journal (jrn_…)",
  ofAsk: "Chercher",
  ofInstruction: "Fait sur cette instruction",
  ofSelf: "Cette entrée est elle-même la parole du responsable de traitement.",
  ofOrder: "Ordonné par une autre entrée du journal",
  ofAgreement: "L’accord lui-même en donne l’instruction\u202f: clause",
  ofNone: "Aucune n’est inscrite.",
  toCorrect: "À corriger",
  instruction: "Instruction",
  observations: "Observation des pratiques",
  observationsLead:
    "L’éditeur demande à observer des pratiques\u202f; le client voit exactement quels champs seraient lus, et approuve ou refuse.",
  observationsEmpty: "Aucune demande. Elles paraîtront ici avec leur réponse.",
  observationNew: "Demander à observer",
  observationChange: "Modifier la demande",
  observationChangeHint:
    "Ce qui a été montré ne peut plus être approuvé\u202f: le client reçoit la nouvelle liste.",
  observationPurpose: "Finalité",
  observationPurposeHint: "Ce que l’on veut apprendre, et pourquoi.",
  observationCapacity: "Qui observe",
  observationCapacityHint: "En quelle qualité, sans nom\u202f: «\u00a0ergonome de l’éditeur\u00a0».",
  observationFrom: "Premier jour",
  observationTo: "Dernier jour",
  observationFields: "Champs lus, un par ligne",
  observationFieldsHint: "Écrits table.colonne, comme dans la carte des données.",
  observationList: "Exactement ces champs",
  observationAsk: "Envoyer la demande",
  observationApprove: "Approuver cette liste",
  observationApproveHint:
    "Seule la liste affichée est approuvée. L’autorisation prend fin d’elle-même, et se retire à tout moment.",
  observationRefuse: "Refuser",
  observationDrop: "Ne plus demander",
  observationAnswered: "Réponse",
  observationDates: "Du … au …",
  observationSearch: "Table et colonne",
  observationMeaning: "Ce que c’est",
  answered: "C’est noté. Merci.",
  linkDead: "Ce lien ne sert plus",
  linkDeadHint: "Il a servi, a expiré ou a été remplacé. Connectez-vous, ou demandez-en un autre.",
  notices: "Informations mutuelles",
  noticesLead:
    "Ce que chaque partie apprend sur la conformité ou les droits des personnes\u202f: elle le dit à l’autre, qui en accuse réception.",
  noticesEmpty: "Aucune information n’a encore été échangée.",
  noticeNew: "Informer l’autre partie",
  noticeTo: "Adressée",
  category: "Objet",
  noticeText: "Texte",
  noticeTextHint: "Chiffré au repos\u202f; le courriel n’en reprend que l’objet.",
  noticeClause: "Clause concernée",
  noticeSend: "Envoyer",
  noticeAcknowledge: "J’en ai pris connaissance",
  noticeAcknowledged: "Prise de connaissance",
  noticeWaiting: "En attente, rappel",
  noticeWritten: "Écrite",
  noticeUnreadable: "Le texte n’est plus lisible\u202f: sa clef a été détruite.",
  dueFlag: "Instruction signalée\u202f: à confirmer ou à retirer",
  dueNotice: "Information dont il faut accuser réception",
  dueObservation: "Autorisation d’observer qui prend fin",
  dueAuthorisation: "Autorisation qui prend fin",
  mailFlagged:
    "Une instruction de votre établissement nous paraît contraire au droit. Nous vous en informons aussitôt, comme l’accord le demande. Le lien ci-dessous permet de la confirmer ou de la retirer.",
  mailFlaggedLink: "Confirmer ou retirer l’instruction",
  mailObservation:
    "Nous demandons à observer des pratiques dans votre établissement. Le lien ci-dessous montre exactement quels champs seraient lus, et permet d’approuver ou de refuser.",
  mailObservationLink: "Lire la demande et répondre",
  mailNotice:
    "Une information sur la conformité ou les droits des personnes vous est adressée. Son texte se lit derrière le lien, et nulle part ailleurs.",
  mailNoticeLink: "Lire et accuser réception",
  mailNoReply: "Ouvrir le lien n’engage à rien\u202f: seul le bouton compte.",
} as const;

export const fr: InstructionsTexts = {
  ...words,
  kinds: {
    answerDataSubject: "Répondre à une personne concernée",
    erase: "Effacer",
    export: "Exporter",
    restrict: "Limiter le traitement",
    liftRestriction: "Lever une limitation",
    rectify: "Rectifier",
    objectToProcessing: "Faire cesser une finalité",
    opposeAnonymisation: "S’opposer à l’anonymisation",
    handOver: "Remettre à un tiers",
    transfer: "Transférer hors de l’Union",
    reuseSample: "Réutiliser un échantillon",
    observePractices: "Observer des pratiques",
    staffAccess: "Accès de l’équipe",
    register: "Tenue du registre des contrats",
    other: "Autre",
  },
  states: {
    notYet: "Pas encore en vigueur",
    inForce: "En vigueur",
    held: "Suspendue",
    ended: "Échue",
    revoked: "Retirée",
  },
  allMeans: {
    email: "Courriel",
    letter: "Lettre",
    desk: "Guichet",
  },
  writers: {
    representative: "Représentant",
    dpo: "Délégué à la protection des données",
    contact: "Correspondant",
  },
  doubts: {
    allowsNobody: "Ce que l’accord ne permet à personne",
    answerWithoutRequest: "Répondre à une personne sans demande de sa part",
    exportToThirdParty: "Donner des données à un tiers",
    keepBeyondCeiling: "Conserver au-delà du plafond de l’accord",
    restrictedPerson: "Traiter les données d’une personne dont le traitement est limité",
    other: "Autre motif, écrit par une personne",
  },
  outcomes: {
    confirmed: "Confirmée par le responsable de traitement",
    withdrawn: "Retirée par le responsable de traitement",
    lifted: "Signalement levé",
  },
  observationStates: {
    asked: "En attente de réponse",
    approved: "Approuvée",
    refused: "Refusée",
    withdrawn: "Retirée par l’éditeur",
  },
  towards: {
    controller: "Au client",
    publisher: "À l’éditeur",
  },
  noticeCategories: {
    compliance: "Conformité",
    dataSubjectRights: "Droits des personnes",
    authority: "Autorité de contrôle",
    security: "Sécurité",
    inaccurateData: "Données inexactes",
    other: "Autre",
  },
};
