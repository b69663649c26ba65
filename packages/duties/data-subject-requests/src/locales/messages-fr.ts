/** Les mots des messages aux interlocuteurs : rien sur la personne, rien de ce qu’elle a écrit. */
export interface MessageTexts {
  readonly number: string;
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly forwardDueAt: string;
  readonly relaySubject: string;
  readonly relay: string;
  readonly relayLink: string;
  readonly relayOnce: string;
  readonly weDoNotAnswer: string;
  readonly reportSubject: string;
  readonly report: string;
  readonly reportLink: string;
  readonly reminderSubject: string;
  readonly reminder: string;
  readonly reminderLink: string;
  readonly escalationSubject: string;
  readonly escalation: string;
  readonly escalationLink: string;
  /** By the cause. */
  readonly causes: Readonly<Record<string, string>>;
}

export const messagesFr: MessageTexts = {
  number: "Numéro",
  receivedAt: "Reçue par nous",
  dueAt: "Votre délai de réponse",
  forwardDueAt: "À transmettre avant",
  relaySubject: "Une personne exerce ses droits sur des données dont vous êtes responsable",
  relay:
    "Bonjour. Une personne nous a écrit pour exercer ses droits sur des données que nous traitons pour votre compte. Sa demande vous revient\u202f; la voici, derrière ce lien.",
  relayLink: "Ouvrir la demande",
  relayOnce:
    "Le lien s’ouvre une seule fois, et l’ouvrir vaut réception. Ensuite, la lecture se fait depuis votre compte. S’il a déjà été ouvert, ou s’il est échu, demandez-nous-en un nouveau.",
  weDoNotAnswer:
    "Nous ne répondons pas à la personne à votre place. Si vous voulez que nous agissions, donnez-nous votre instruction depuis la page de la demande.",
  reportSubject: "Des données dont vous êtes responsable semblent inexactes",
  report:
    "Bonjour. Nous avons appris que des données que nous traitons pour votre compte sont inexactes ou dépassées. L’accord qui nous lie veut que nous vous le disions sans délai. Le détail se lit derrière ce lien.",
  reportLink: "Lire le signalement",
  reminderSubject: "Une demande attend votre réponse",
  reminder:
    "Bonjour. Une demande que nous vous avons transmise n’est pas close, et votre délai approche de son terme.",
  reminderLink: "Voir la demande",
  escalationSubject: "Une demande n’est pas encore transmise",
  escalation:
    "Une demande d’une personne concernée n’est pas encore transmise à son responsable de traitement, et le délai s’écoule.",
  escalationLink: "Voir la demande",
  causes: {
    bounced:
      "Le message par lequel une demande était transmise est revenu. La demande est de nouveau ouverte, et son délai court toujours.",
    notAccepted:
      "Le message par lequel une demande devait être transmise n’a pas pu partir. Le délai court\u202f: remettez-la en main propre, ou corrigez ce qui l’en empêche.",
    noOfficer:
      "Une demande ne peut être transmise par courriel\u202f: personne ne peut être joint ainsi chez son responsable de traitement. Remettez-la en main propre, et inscrivez-le.",
  },
};
