/** The words of what is due. */
export const duesFr = {
  title: "Échéances",
  lead: "Ce qui doit être fait, avant quand, et selon quelle clause ; jusqu’à un an devant.",
  late: "En retard",
  today: "Aujourd’hui",
  withinSevenDays: "Dans les sept jours",
  later: "Plus tard",
  none: "Rien à faire dans l’année qui vient.",
  noneFound: "Aucune échéance ne correspond.",
  what: "Quoi",
  clause: "Clause",
  controller: "Responsable de traitement",
  controllerId: "Son identifiant, en entier",
  left: "Délai",
  moment: "Dernier instant",
  filter: "Filtrer",
  everyController: "Tous",
  everyClause: "Toutes",
  clearFilter: "Tout afficher",
  one: "échéance",
  many: "échéances",
  more: "autres, plus lointaines, ne sont pas affichées : filtrez pour les voir.",
  zone: "heure de",
  open: "Ouvrir",
  calendarTitle: "Dans votre agenda",
  calendarLead:
    "Le fichier et l’abonnement portent la clause, le titre et un lien : aucune donnée personnelle. Ils gardent les mille échéances les plus urgentes.",
  download: "Télécharger le fichier (.ics)",
  feedNone: "Un agenda peut s’abonner à une adresse secrète, tenue à jour toute seule.",
  feedMade: "Une adresse d’abonnement existe depuis le",
  feedOnce:
    "Voici l’adresse. Elle n’est montrée qu’une fois : copiez-la dans votre agenda. Quiconque la connaît voit ces échéances.",
  feedAddress: "Adresse d’abonnement",
  feedStaff:
    "Elle ne répond qu’au réseau interne de l’éditeur (DD.6) : un agenda hébergé ailleurs ne l’atteindra pas.",
  makeFeed: "Créer une adresse",
  renewFeed: "Remplacer l’adresse",
  revokeFeed: "Supprimer l’adresse",
  feedNoAccount: "L’abonnement demande un compte de la console.",
  calendarName: "Préau, échéances",
} as const;

export type DuesTexts = { readonly [K in keyof typeof duesFr]: string };
