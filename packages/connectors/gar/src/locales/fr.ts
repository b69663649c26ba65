/** The words of the connector’s pages about accounts, and of the certificate. */
import type { Verdict } from "@preau/kernel";

export interface AccountTexts {
  readonly certificate: {
    readonly titleOf: (schoolYear: string) => string;
    readonly certificate: string;
    readonly follows: string;
    readonly issued: string;
    readonly agreement: string;
    readonly processorSays: string;
    readonly schoolYear: string;
    readonly verdict: string;
    readonly verdicts: Readonly<Record<Verdict, string>>;
    readonly accounts: string;
    readonly lastCopy: string;
    readonly lastCopyBasis: Readonly<Record<"agreement" | "generations", string>>;
    readonly notWhole: string;
    readonly withoutReceipt: (accounts: number) => string;
    readonly destroyed: string;
    readonly destroyedEmpty: string;
    readonly product: string;
    readonly role: string;
    readonly lastYear: string;
    readonly receipts: string;
    readonly receiptsHint: string;
    readonly receiptsEmpty: string;
    readonly receipt: string;
    readonly closed: string;
    readonly unreadable: string;
    readonly notVerified: string;
    readonly notVerifiedEmpty: string;
    readonly nothingErased: string;
    readonly store: string;
    readonly why: string;
    readonly until: string;
    readonly standing: string;
    readonly standingHint: string;
    readonly standingEmpty: string;
    readonly proof: string;
    readonly proofHint: string;
  };
  readonly certificates: {
    readonly title: string;
    readonly lead: string;
    readonly none: string;
    readonly files: string;
    readonly form: Readonly<Record<"json" | "md" | "html" | "pdf" | "proof", string>>;
    readonly formOf: (form: string, schoolYear: string) => string;
    readonly issueTitle: string;
    readonly year: string;
    readonly yearHint: string;
    readonly issue: string;
    readonly controller: string;
    readonly show: string;
    readonly chooseController: string;
    readonly relinkLink: string;
  };
  readonly relink: {
    readonly title: string;
    readonly lead: string;
    readonly how: readonly string[];
    readonly ask: string;
    readonly askAgain: string;
    readonly askAgainHint: string;
    readonly codeTitle: string;
    readonly codeOnce: string;
    readonly validUntil: string;
    readonly pending: string;
    readonly pendingHint: string;
    readonly cancel: string;
    readonly keep: string;
    readonly ownNumber: string;
    readonly ownNumberHint: string;
    readonly iAmTeacher: string;
    readonly approveTitle: string;
    readonly approveLead: string;
    readonly approveStaffLead: string;
    readonly code: string;
    readonly codeHint: string;
    readonly oldTitle: string;
    readonly old: string;
    readonly oldHint: string;
    readonly orInApplication: string;
    readonly application: string;
    readonly noApplication: string;
    readonly numberThere: string;
    readonly numberThereHint: string;
    readonly oldMissing: string;
    readonly oldTwice: string;
    readonly instruction: string;
    readonly instructionHint: string;
    readonly controller: string;
    readonly look: string;
    readonly lookTitle: string;
    readonly lookLead: string;
    readonly account: string;
    readonly bothAccounts: string;
    readonly oldAccount: string;
    readonly newAccount: string;
    readonly product: string;
    readonly role: string;
    readonly firstSignIn: string;
    readonly lastSignIn: string;
    readonly stores: string;
    readonly number: string;
    readonly consequences: readonly string[];
    readonly confirm: string;
    readonly back: string;
    readonly doneTitle: string;
    readonly doneLead: string;
    readonly another: string;
  };
}

export const fr: AccountTexts = {
  certificate: {
    titleOf: (schoolYear) => `Certificat de destruction ${schoolYear}`,
    certificate: "Certificat",
    follows: "Remplace",
    issued: "Établi le",
    agreement: "Accord",
    processorSays: "Établi par le sous-traitant pour le responsable de traitement.",
    schoolYear: "Année scolaire",
    verdict: "Constat",
    verdicts: {
      PASS: "vérifié : rien ne reste",
      FAILED: "incomplet : il reste des données",
      UNKNOWN: "non entièrement vérifié",
      PENDING: "en attente d’un délai",
    },
    accounts: "Comptes",
    lastCopy: "Dernière copie de sauvegarde éteinte au plus tard le",
    lastCopyBasis: { agreement: "selon l’accord", generations: "selon les sauvegardes vues" },
    notWhole:
      "L’année scolaire n’était pas terminée à la date du certificat : d’autres comptes peuvent encore être effacés.",
    withoutReceipt: (accounts) =>
      `${accounts} compte(s) dont l’effacement a commencé et n’a pas encore de reçu : rien n’est attesté pour eux.`,
    destroyed: "Comptes du GAR effacés dans l’année",
    destroyedEmpty: "Aucun compte n’a été effacé dans l’année.",
    product: "Produit",
    role: "Rôle",
    lastYear: "Dernière connexion en",
    receipts: "Reçus d’effacement",
    receiptsHint:
      "Chaque reçu dit quels magasins de données ont été effacés, puis relus par un second regard. Il se vérifie hors ligne.",
    receiptsEmpty: "Aucun reçu.",
    receipt: "Reçu",
    closed: "Clos le",
    unreadable: "reçu illisible",
    notVerified: "Ce qui n’est pas vérifié",
    notVerifiedEmpty: "Rien : tout ce qui est dit effacé a été vérifié.",
    nothingErased: "Rien n’a été effacé : il n’y avait rien à vérifier.",
    store: "Magasin",
    why: "Raison",
    until: "Jusqu’au",
    standing: "Comptes qui existent encore",
    standingHint:
      "Dernière connexion dans cette année ou avant, et pas encore effacés : les durées de l’accord ne sont pas échues, ou une conservation les retient.",
    standingEmpty: "Aucun.",
    proof: "Preuve",
    proofHint:
      "L’empreinte de ce certificat est scellée dans le journal. Hors ligne, la preuve montre que cette écriture y figure, et chaque reçu se vérifie entièrement.",
  },
  certificates: {
    title: "Certificats de destruction du GAR",
    lead: "Un par année scolaire, pour le ministère : combien de comptes ont été effacés, avec quels reçus, et ce qui n’est pas vérifié. Aucune personne n’y est nommée.",
    none: "Aucun certificat n’a encore été établi.",
    files: "Fichiers",
    form: { json: "JSON", md: "Markdown", html: "Page", pdf: "PDF", proof: "Preuve" },
    formOf: (form, schoolYear) => `${form}, ${schoolYear}`,
    issueTitle: "Établir un certificat",
    year: "Année scolaire",
    yearHint: "Par exemple 2025-2026. Si rien n’a changé, le certificat en vigueur est rendu.",
    issue: "Établir",
    controller: "Responsable de traitement",
    show: "Afficher",
    chooseController: "Indiquez d’abord pour quel responsable de traitement.",
    relinkLink: "Rattacher l’ancien compte d’une personne",
  },
  relink: {
    title: "Retrouver mon ancien compte",
    lead: "Quand on change d’établissement, l’identifiant transmis par le GAR change aussi, et le travail reste sous l’ancien compte. Un enseignant de votre établissement peut le rattacher ; pour un enseignant, c’est le responsable de traitement.",
    how: [
      "Demandez un code sur cette page.",
      "Donnez-le à un enseignant de votre établissement, avec le numéro de votre ancien compte.",
      "Il vérifie et confirme. Reconnectez-vous : votre travail est là.",
    ],
    ask: "Demander un code",
    askAgain: "Demander un nouveau code",
    askAgainHint: "Un nouveau code annule celui-ci.",
    codeTitle: "Votre code",
    codeOnce: "Notez-le : il n’est affiché qu’une fois.",
    validUntil: "Valable jusqu’au",
    pending: "Un code attend d’être utilisé",
    pendingHint: "Il n’est plus affiché. Si vous l’avez perdu, demandez-en un nouveau.",
    cancel: "Annuler ma demande",
    keep: "Revenir à ma connexion",
    ownNumber: "Le numéro de ce compte",
    ownNumberHint: "Gardez-le : si l’identifiant change un jour, il mène à votre travail.",
    iAmTeacher: "Un élève vous a donné un code ? Rattachez son compte.",
    approveTitle: "Rattacher l’ancien compte d’une personne",
    approveLead:
      "La personne de votre établissement vous a donné un code de huit caractères et le numéro de son ancien compte. Rien n’est fait avant votre confirmation.",
    approveStaffLead:
      "La personne vous a donné un code de huit caractères et le numéro de son ancien compte. Rien n’est fait avant votre confirmation.",
    code: "Code",
    codeHint: "Huit caractères, en majuscules ou minuscules, avec ou sans tiret.",
    oldTitle: "L’ancien compte",
    old: "Numéro dans Préau",
    oldHint: "Il commence par sub_.",
    orInApplication: "Ou son numéro dans une application :",
    application: "Application",
    noApplication: "– aucune –",
    numberThere: "Numéro du compte dans l’application",
    numberThereHint: "Celui que l’application donne au compte, et non un nom.",
    oldMissing: "Donnez l’un ou l’autre numéro.",
    oldTwice: "Donnez un seul des deux numéros.",
    instruction: "Référence de l’instruction écrite",
    instructionHint: "L’éditeur n’agit que sur instruction du responsable de traitement.",
    controller: "Responsable de traitement",
    look: "Vérifier",
    lookTitle: "Vérifiez avant de rattacher",
    lookLead:
      "Ces faits ne nomment personne. S’ils ne conviennent pas à la personne que vous avez devant vous, ne confirmez pas.",
    account: "Compte",
    bothAccounts: "Les deux comptes",
    oldAccount: "Ancien compte",
    newAccount: "Nouveau compte",
    product: "Produit",
    role: "Rôle",
    firstSignIn: "Première connexion",
    lastSignIn: "Dernière connexion",
    stores: "Magasins qui ont de ses données",
    number: "Numéro",
    consequences: [
      "Le nouvel identifiant mène désormais à l’ancien compte, avec tout son travail.",
      "Le compte ouvert à la première connexion dans le nouvel établissement disparaît ; ce que le journal en disait ne peut plus être lu.",
      "Les connexions en cours des deux comptes prennent fin.",
      "Votre approbation est inscrite au journal.",
    ],
    confirm: "Rattacher ce compte",
    back: "Ne rien changer",
    doneTitle: "Le compte est rattaché",
    doneLead: "La personne se reconnecte depuis le médiacentre et retrouve son ancien compte.",
    another: "Rattacher un autre compte",
  },
};
