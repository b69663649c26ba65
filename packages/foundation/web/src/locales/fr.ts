/** The shell's own words. Pages keep theirs in their package's `locales`. */
export const fr = {
  skip: "Aller au contenu",
  home: "Accueil",
  menu: "Menu principal",
  languages: "Langue",
  signOut: "Se déconnecter",
  signIn: "Se connecter",
  signedInAs: "Connecté :",
  footer: "Préau fait tenir les engagements de l’accord de sous-traitance des données.",
  privacy: "Aucun cookie de suivi, aucune requête vers un tiers.",
  errorReference: "Référence",
  errorClause: "Clause de l’accord",
  errorHome: "Revenir à l’accueil",
  errorCode: "Code",
  clause: "Clause",
  verdictPASS: "Vérifié",
  verdictFAILED: "Échec",
  verdictUNKNOWN: "Non établi",
  verdictPENDING: "En cours",
  noticeInfo: "Information",
  noticeOk: "C’est fait",
  noticeWarn: "Attention",
  noticeDanger: "Important",
  timeLeft: "il reste",
  timeOver: "dépassé de",
  lessThanAMinute: "moins d’une minute",
  required: "obligatoire",
  tableEmpty: "Rien à afficher.",
} as const;

type TextKey = keyof typeof fr;
/** Every language has every key: the compiler refuses one that lacks a text. */
export type Texts = Readonly<Record<TextKey, string>>;
