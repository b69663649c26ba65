import type { EndChoice } from "@preau/contracts";
import type { Verdict } from "@preau/kernel";
import type { ContractEndState, StopReason } from "../contract-end.ts";
import type { HoldingKind, HoldingStore } from "../loading-data.ts";

export interface ContractEndTexts {
  readonly title: string;
  readonly lead: string;
  readonly contract: string;
  readonly contracts: string;
  readonly contractsEmpty: string;
  readonly products: string;
  readonly lastDay: string;
  readonly noLastDay: string;
  readonly state: string;
  readonly states: Readonly<Record<ContractEndState, string>>;
  readonly stops: Readonly<Record<StopReason, string>>;
  readonly stopTitle: string;
  readonly choice: string;
  readonly choices: Readonly<Record<EndChoice, string>>;
  readonly notChosen: string;
  readonly choiceHint: string;
  readonly window: string;
  readonly windowHint: string;
  readonly guard: string;
  readonly guardHint: string;
  readonly none: string;
  readonly bounds: (least: string, most: string) => string;
  readonly out: string;
  readonly outHint: string;
  readonly start: string;
  readonly startButton: string;
  readonly change: string;
  readonly changeButton: string;
  readonly steps: string;
  readonly step: string;
  readonly stepWhat: string;
  readonly when: string;
  readonly whose: string;
  readonly stepChoice: string;
  readonly stepWindow: string;
  readonly stepHandBack: string;
  readonly stepAcknowledged: string;
  readonly stepConfirmed: string;
  readonly stepErasing: string;
  readonly stepCertified: string;
  readonly notYet: string;
  readonly notNeeded: string;
  readonly until: (moment: string) => string;
  readonly doors: string;
  readonly doorsEmpty: string;
  readonly store: string;
  readonly mechanism: string;
  readonly noMechanism: string;
  readonly before: string;
  readonly now: string;
  readonly open: string;
  readonly closed: string;
  readonly handBack: string;
  readonly table: string;
  readonly rows: string;
  readonly manifest: string;
  readonly persons: string;
  readonly files: string;
  readonly goOn: string;
  readonly goOnHint: string;
  readonly acknowledge: string;
  readonly acknowledgeHint: string;
  readonly confirm: string;
  readonly confirmHint: string;
  readonly confirmWord: string;
  readonly withdraw: string;
  readonly withdrawHint: string;
  readonly plan: string;
  readonly planShow: string;
  readonly planLead: string;
  readonly planStops: string;
  readonly planErases: string;
  readonly planKept: string;
  readonly planRefused: string;
  readonly accounts: string;
  readonly erasures: string;
  readonly receipt: string;
  readonly certificate: string;
  readonly certificateOf: (reference: string) => string;
  readonly download: string;
  readonly verdict: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly left: string;
  readonly leftHint: string;
  readonly kept: string;
  readonly keptEmpty: string;
  readonly where: string;
  readonly reason: string;
  readonly clause: string;
  readonly untilColumn: string;
  readonly notCovered: string;
  readonly notCoveredEmpty: string;
  readonly what: string;
  readonly lastCopy: string;
  readonly lastCopyBasis: Readonly<Record<"agreement" | "generations", string>>;
  readonly holdings: string;
  readonly holdingsLead: string;
  readonly holdingsEmpty: string;
  readonly holdingsLink: string;
  readonly holding: string;
  readonly kind: string;
  readonly kinds: Readonly<Record<HoldingKind, string>>;
  readonly stores: Readonly<Record<HoldingStore, string>>;
  readonly held: string;
  readonly accepted: string;
  readonly notAccepted: string;
  readonly due: string;
  readonly noDue: string;
  readonly size: string;
  readonly accept: string;
  readonly acceptOf: (name: string) => string;
  readonly destroyed: string;
  readonly restoreTests: string;
  readonly restoreTestsEmpty: string;
  readonly restoreMissing: string;
  readonly restoreMissingHint: string;
  readonly backup: string;
  readonly backupAt: string;
  readonly restoredAt: string;
  readonly evidence: string;
  readonly recordedBy: string;
  readonly reference: string;
  readonly issued: string;
  readonly agreement: string;
  readonly proof: string;
  readonly proofHint: string;
  readonly publisherSays: string;
  readonly dueChoice: string;
  readonly dueWindow: string;
  readonly dueAcknowledge: string;
  readonly dueConfirm: string;
  readonly dueStopped: string;
  readonly dueNotStarted: string;
  readonly dueHolding: string;
  readonly dueRestoreTest: string;
}

export const contractEndFr: ContractEndTexts = {
  title: "Fin de contrat",
  lead: "Les données sont rendues, supprimées, ou l’un puis l’autre, selon ce que le client choisit. Rien n’est effacé avant que quelqu’un l’ait confirmé.",
  contract: "Contrat",
  contracts: "Contrats",
  contractsEmpty: "Aucun contrat.",
  products: "Produits",
  lastDay: "Dernier jour",
  noLastDay: "sans dernier jour",
  state: "État",
  states: {
    chosen: "Prévue",
    window: "Ouvert aux seuls administrateurs",
    handedBack: "Données restituées",
    erasing: "Effacement en cours",
    certified: "Certifiée",
    cancelled: "Retirée",
  },
  stopTitle: "Arrêté ici",
  stops: {
    renewed: "Le contrat court encore, ou court de nouveau.",
    otherContract: "Un autre contrat du client porte sur le même produit : ses données restent.",
    otherProduct:
      "Un autre contrat du client court, et aucun magasin ne dit à quel produit est une donnée : mettez fin à cet autre contrat, ou effacez sur instruction.",
    noChoice: "Le client n’a pas encore choisi ce que deviennent ses données.",
    noFolder: "La restitution attend le dossier où écrire : « preau contract end --out ».",
    notAcknowledged: "Le client n’a pas encore reconnu avoir reçu ce qui lui est restitué.",
    notConfirmed: "L’effacement attend que quelqu’un le confirme.",
    doorsRefused: "Un magasin n’a pas fermé ou rendu ses accès : voyez le tableau des accès.",
    somebodyLeft:
      "Il reste quelqu’un qu’aucune loi ne conserve : levez la limitation ou réparez le magasin, et l’effacement reprendra.",
  },
  choice: "Ce que deviennent les données",
  choices: {
    return: "rendues, puis les copies restantes supprimées",
    delete: "supprimées",
    returnThenDelete: "rendues, puis supprimées",
  },
  notChosen: "pas encore choisi",
  choiceHint: "Peut rester ouvert jusqu’au dernier jour du contrat.",
  window: "Ouverture aux seuls administrateurs",
  windowHint:
    "En jours après le dernier jour du contrat. Vide : ce que l’accord prévoit ; « none » : aucune.",
  guard: "Garde des archives",
  guardHint: "Par exemple months(6). Vide : ce que l’accord prévoit ; « none » : aucune.",
  none: "aucune",
  bounds: (least, most) => `De ${least} à ${most}.`,
  out: "Dossier de restitution",
  outHint: "Chemin sur le serveur : un dossier vide que seul le service peut lire.",
  start: "Préparer une fin de contrat",
  startButton: "Préparer",
  change: "Changer ce qui est prévu",
  changeButton: "Enregistrer",
  steps: "Le déroulé",
  step: "Étape",
  stepWhat: "Contenu",
  when: "Quand",
  whose: "Sur parole de",
  stepChoice: "Choix",
  stepWindow: "Fenêtre des administrateurs",
  stepHandBack: "Restitution",
  stepAcknowledged: "Reçu de la remise",
  stepConfirmed: "Confirmation de l’effacement",
  stepErasing: "Effacement",
  stepCertified: "Certificat",
  notYet: "pas encore",
  notNeeded: "sans objet",
  until: (moment) => `jusqu’au ${moment}`,
  doors: "Accès",
  doorsEmpty: "Aucun magasin à comptes n’a été touché.",
  store: "Magasin",
  mechanism: "Mécanisme",
  noMechanism: "aucun : rien n’a été fermé ici",
  before: "Avant",
  now: "Maintenant",
  open: "ouvert",
  closed: "administrateurs seuls",
  handBack: "Ce qui est restitué",
  table: "Table",
  rows: "Lignes",
  manifest: "Empreinte du manifeste",
  persons: "Personnes",
  files: "Fichiers",
  goOn: "Continuer",
  goOnHint: "Reprend là où le déroulé s’est arrêté.",
  acknowledge: "Le client a reçu la restitution",
  acknowledgeHint: "Après contrôle des empreintes : « sha256sum -c SHA256SUMS » dans le dossier remis.",
  confirm: "Confirmer l’effacement de tous les comptes",
  confirmHint: "À partir de là, plus rien ne se reprend. Tapez la référence du contrat pour confirmer.",
  confirmWord: "Référence du contrat",
  withdraw: "Retirer cette fin de contrat",
  withdrawHint: "Les accès sont rendus tels qu’ils étaient ; rien n’a été effacé.",
  plan: "Essai à blanc",
  planShow: "Calculer l’essai à blanc",
  planLead: "Ce qui se passerait aujourd’hui. Rien n’est écrit chez le client.",
  planStops: "Ce qui l’arrêterait",
  planErases: "Ce qui partirait",
  planKept: "Conservés par une loi",
  planRefused: "Un magasin refuse le plan avant toute écriture :",
  accounts: "Comptes",
  erasures: "Effacements",
  receipt: "Reçu",
  certificate: "Certificat",
  certificateOf: (reference) => `Certificat de fin du contrat ${reference}`,
  download: "Télécharger",
  verdict: "Résultat",
  verdicts: {
    PASS: "vérifié : rien ne reste en dehors de ce qui est dit gardé",
    FAILED: "incomplet : il reste des données",
    UNKNOWN: "non entièrement vérifié",
    PENDING: "en cours chez un sous-traitant",
  },
  left: "Personnes encore trouvées",
  leftHint: "Comptées après le passage sur tous les comptes.",
  kept: "Ce qui est gardé, et pourquoi",
  keptEmpty: "Rien.",
  where: "Où",
  reason: "Motif",
  clause: "Clause",
  untilColumn: "Jusqu’au",
  notCovered: "Ce qui n’est pas couvert",
  notCoveredEmpty: "Rien : tout ce qui était prévu a été vérifié.",
  what: "Objet",
  lastCopy: "Dernière copie de sauvegarde disparue au plus tard le",
  lastCopyBasis: {
    agreement: "selon l’accord",
    generations: "selon les sauvegardes vues",
  },
  holdings: "Copies détenues",
  holdingsLead:
    "Données de chargement, archives et échantillons gardés à côté du service, chacun avec la durée qui y met fin.",
  holdingsEmpty: "Aucune copie n’est inscrite.",
  holdingsLink: "Voir les copies détenues",
  holding: "Copie",
  kind: "Nature",
  kinds: {
    file: "fichier",
    folder: "dossier",
    sqlite: "base SQLite",
    database: "base temporaire",
  },
  stores: {
    loadingData: "données de chargement",
    archive: "archive ou sauvegarde",
    sample: "échantillon",
  },
  held: "Détenue depuis",
  accepted: "Chargement accepté",
  notAccepted: "pas encore accepté",
  due: "À détruire avant",
  noDue: "sans échéance",
  size: "Taille",
  accept: "Accepter",
  acceptOf: (name) => `Accepter le chargement de ${name}`,
  destroyed: "Détruite",
  restoreTests: "Restaurations d’essai",
  restoreTestsEmpty: "Aucune sauvegarde du site n’a été restaurée à titre d’essai.",
  restoreMissing: "Rien ne sera détruit pour l’instant",
  restoreMissingHint:
    "Aucune sauvegarde du site postérieure au chargement n’a été restaurée à titre d’essai. Restaurez-en une, puis inscrivez-le par « preau loading restore-tested ».",
  backup: "Sauvegarde",
  backupAt: "Faite le",
  restoredAt: "Restaurée le",
  evidence: "Preuve",
  recordedBy: "Inscrite par",
  reference: "Référence de l’instruction",
  issued: "Établi le",
  agreement: "Accord",
  proof: "Preuve",
  proofHint:
    "L’empreinte de ce certificat est scellée dans le journal. Hors ligne, la preuve montre que cette écriture y figure, et chaque reçu se vérifie entièrement.",
  publisherSays: "Établi par le sous-traitant pour le responsable de traitement.",
  dueChoice: "Fin de contrat : le client doit choisir ce que deviennent ses données",
  dueWindow: "Fin de contrat : la fenêtre des administrateurs se ferme",
  dueAcknowledge: "Fin de contrat : le client doit reconnaître la remise",
  dueConfirm: "Fin de contrat : quelqu’un doit confirmer l’effacement",
  dueStopped: "Fin de contrat arrêtée : quelqu’un doit s’en occuper",
  dueNotStarted: "Un contrat est terminé et ses données sont toujours là",
  dueHolding: "Une copie détenue doit être détruite",
  dueRestoreTest: "Une sauvegarde du site doit être restaurée à titre d’essai avant la destruction",
};
