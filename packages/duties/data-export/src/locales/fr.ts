/** The words of this package’s pages. */
import type { ExportState } from "../export-order.ts";
import type { PackageKind } from "../package-content.ts";

const kinds: Readonly<Record<PackageKind, string>> = {
  access: "Copie des données d’une personne (art. 15)",
  portability: "Données à emporter (art. 20)",
  project: "Archive d’un projet",
  database: "Base de données et fichiers",
};

const states: Readonly<Record<ExportState | "expired", string>> = {
  ordered: "Commandé, pas encore commencé",
  running: "En cours de fabrication",
  ready: "Prêt à être remis",
  fetched: "Retiré",
  expired: "Délai passé, destruction en cours",
  destroyed: "Détruit",
  failed: "Échec, rien n’a été gardé",
  cancelled: "Annulé, rien n’est gardé ici",
};

export const fr = {
  title: "Exports",
  lead: "Remettre des données à qui y a droit\u202f: la copie d’une personne, un projet, toute la base. Chaque paquet est chiffré, se retire une fois par un lien qui expire, puis il est détruit.",
  kinds,
  states,
  list: "Exports commandés",
  empty: "Aucun export pour l’instant.",
  what: "Export",
  about: "Objet",
  projectKinds: { class: "classe", course: "cours", school: "établissement" },
  client: "Client",
  state: "État",
  orderedAt: "Commandé",
  orderedBy: "Commandé par",
  destruction: "Destruction",
  destroyedBy: "au plus tard",
  done: "faite",
  until: "Détruit au plus tard",
  over: "Plus rien depuis",
  progress: "Avancement",
  progressOf: (files: number, said: string, bytes: string) =>
    `${said} ${files < 2 ? "fichier" : "fichiers"}, ${bytes}`,
  newTitle: "Commander un export",
  newPerson: "Les données d’une personne",
  newPersonHint: "Sa copie complète (art. 15), ou ce qu’elle a fourni, à emporter (art. 20).",
  newProject: "Une classe, un cours, un établissement",
  newProjectHint: "Tout ce que le projet contient, en une archive.",
  newDatabase: "Toute la base",
  newDatabaseHint: "Export de la base et archive des fichiers, à recharger avec des outils courants.",
  order: "Commander",
  chooseClient: "Client dont les données sont remises",
  clientNone: "Aucun client n’est enregistré.",
  choose: "Continuer",
  person: "Personne",
  personHint:
    "Son identifiant opaque (sub_…), ou le genre et la valeur d’un identifiant\u202f: moodle.user:210. Rien de ce que vous tapez ici ne paraît dans une adresse ni dans un journal.",
  kind: "Sorte de copie",
  project: "Projet",
  projectNone: "Aucun stockage de ce client ne connaît de projet.",
  store: "Base",
  storeNone: "Aucun stockage de ce client ne peut être exporté en entier.",
  packageLanguage: "Langue du paquet",
  languages: { fr: "Français", en: "Anglais" },
  protection: "Protection",
  protectionHint:
    "Le paquet est chiffré avant d’être posé où que ce soit. Sans logiciel particulier chez le destinataire, choisissez le ZIP\u202f: 7-Zip l’ouvre, ainsi que la plupart des archiveurs.",
  toCorrect: "À corriger.",
  toCorrectIn: {
    person: "Un identifiant que ce client connaît.",
    recipients: "Au moins une clé publique age, 20 au plus.",
    reference: "La référence de l’instruction, sans nom de personne.",
  } as Readonly<Record<string, string>>,
  protections: {
    zip: "ZIP chiffré (AES-256), avec une phrase de passe",
    age: "Fichier age, avec une phrase de passe",
    recipients: "Fichier age, pour des clés publiques",
  },
  recipients: "Clés publiques age",
  recipientsHint:
    "Seulement pour un fichier age à clés publiques\u202f: une clé (age1…) par ligne, 20 au plus.",
  reference: "Référence de l’instruction écrite du client",
  onInstruction: "Sur l’instruction",
  onInstructionHint: "Son numéro au registre, ins_…",
  forRequest: "Pour la demande",
  referenceHint: "200 caractères au plus. N’y mettez aucun nom de personne.",
  orderedTitle: "Export commandé",
  passphrase: "Phrase de passe du paquet",
  passphraseOnce:
    "Elle ne sera plus jamais affichée\u202f: notez-la maintenant. Transmettez-la par une autre voie que le lien, au téléphone par exemple.",
  follow: "Suivre cet export",
  back: "Tous les exports",
  protectedBy: "Protection",
  file: "Fichier",
  size: "Taille",
  sha256: "Empreinte SHA-256",
  contents: "Contenu",
  contentsOf: (files: number, said: string, bytes: string) =>
    `${said} ${files < 2 ? "fichier" : "fichiers"}, ${bytes} avant compression`,
  madeAt: "Fabriqué",
  failure: "Cause de l’échec",
  refreshing: "Cette page se met à jour d’elle-même.",
  resumed: "En cas de coupure, la fabrication reprend là où elle s’est arrêtée.",
  link: "Lien de retrait",
  linkNone: "Aucun lien n’est ouvert.",
  linkUntil: (when: string) => `Un lien est ouvert jusqu’au ${when}. Il ne peut plus être affiché.`,
  linkMake: "Créer le lien",
  linkAgain: "Refaire le lien",
  linkAgainHint: "Le lien précédent ne servira plus.",
  linkHint:
    "Le lien sert une fois\u202f: le premier téléchargement complet l’épuise. Une connexion coupée ne l’épuise pas. Il s’affiche une seule fois, ici.",
  linkOnce:
    "Copiez-le maintenant\u202f: il ne sera plus affiché. Ne joignez pas la phrase de passe au même message.",
  linkGood: "Utilisable jusqu’au",
  downloads: "Téléchargements",
  downloadsEmpty: "Personne n’a encore téléchargé ce paquet.",
  begun: "Commencé",
  ended: "Terminé",
  outcome: "Issue",
  outcomes: { running: "en cours", broken: "interrompu", complete: "complet" },
  cancel: "Annuler et détruire",
  cancelHint: "Le fichier, ses parties, sa clé et son lien disparaissent aussitôt. Il n’y a pas de retour.",
  fetchTitle: "Retirer un paquet de données",
  fetchLead:
    "Quelqu’un vous remet des données par ce lien. Le regarder n’y change rien\u202f; le premier téléchargement complet l’épuise.",
  fetchWhat: "Contenu",
  fetchUntil: "À retirer avant",
  fetch: "Télécharger",
  fetchAgain:
    "Si le téléchargement s’interrompt, revenez sur cette page\u202f: le lien sert encore jusqu’à sa date.",
  openTitle: "Comment l’ouvrir",
  open: {
    zip: [
      "Ouvrez le fichier avec 7-Zip (Windows), Keka (macOS) ou 7z (Linux) et tapez la phrase de passe que l’on vous a transmise à part.",
      "Il contient une archive, `contents.zip`\u202f: ouvrez-la à son tour, sans phrase de passe. Les noms des fichiers y sont ainsi à l’abri eux aussi.",
    ],
    age: [
      "Déchiffrez le fichier avec age (age-encryption.org), et la phrase de passe que l’on vous a transmise à part\u202f: `age -d -o paquet.zip FICHIER`",
      "Ouvrez ensuite `paquet.zip` avec l’outil de votre système.",
    ],
    recipients: [
      "Déchiffrez le fichier avec age (age-encryption.org) et la clé secrète qui va avec votre clé publique\u202f: `age -d -i CLE -o paquet.zip FICHIER`",
      "Ouvrez ensuite `paquet.zip` avec l’outil de votre système.",
    ],
  },
  openCheck:
    "Le paquet contient `manifest.json` et `SHA256SUMS`\u202f: `sha256sum -c SHA256SUMS` vérifie que rien ne manque ni n’a changé.",
  shaHint: "L’empreinte du fichier téléchargé, pour qui veut la comparer.",
  dueTitle: "Détruire un paquet remis",
};

export type ExportTexts = typeof fr;
