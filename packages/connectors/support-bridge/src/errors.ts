import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  SUPPORT_BAD_HOOK: {
    status: 422,
    exit: 2,
    says: {
      en: "This is no hook of the support desk as its supplier documents it.",
      fr: "Ceci n’est pas une notification du service d’assistance telle que son fournisseur la documente.",
    },
  },
  SUPPORT_HOOK_REFUSED: {
    status: 401,
    exit: 2,
    says: {
      en: "The hook is not signed by a secret of ours, or it is not fresh.",
      fr: "La notification n’est pas signée par l’un de nos secrets, ou elle n’est pas récente.",
    },
    remedy: {
      en: "Compare the secret of the desk's hook with the bridge's, and both clocks.",
      fr: "Comparez le secret de la notification avec celui de la passerelle, et les deux horloges.",
    },
  },
  SUPPORT_NOT_STORED: {
    status: 503,
    exit: 4,
    says: {
      en: "The event cannot be stored now: deliver it again.",
      fr: "L’événement ne peut pas être enregistré pour l’instant\u202f: représentez-le.",
    },
  },
  SUPPORT_WALL: {
    status: 403,
    exit: 2,
    says: {
      en: "Nothing was sent: it names a person whom the support desk must not know.",
      fr: "Rien n’a été envoyé\u202f: le texte désigne une personne que le service d’assistance ne doit pas connaître.",
    },
    remedy: {
      en: "Write it without naming anybody, or answer in the hub.",
      fr: "Écrivez-le sans désigner personne, ou répondez dans la plateforme.",
    },
  },
  SUPPORT_DESK_DEFERRED: {
    status: 503,
    exit: 4,
    says: {
      en: "The support desk does not answer now; it will be asked again.",
      fr: "Le service d’assistance ne répond pas pour l’instant\u202f; il sera sollicité à nouveau.",
    },
  },
  SUPPORT_DESK_REFUSED: {
    status: 502,
    exit: 4,
    says: {
      en: "The support desk refuses what it is asked.",
      fr: "Le service d’assistance refuse ce qui lui est demandé.",
    },
    remedy: {
      en: "Check the bridge's identifier, key and rights at the desk.",
      fr: "Vérifiez l’identifiant, la clé et les droits de la passerelle auprès du service.",
    },
  },
  SUPPORT_BAD_OPTIONS: {
    status: 500,
    exit: 4,
    says: {
      en: "The support bridge is not told enough to speak with its desk.",
      fr: "La passerelle d’assistance n’en sait pas assez pour parler au service.",
    },
    remedy: {
      en: "Give the option named in preau.yaml, under plugins.support-bridge.",
      fr: "Indiquez l’option citée dans preau.yaml, sous plugins.support-bridge.",
    },
  },
  SUPPORT_NO_DESK: {
    status: 404,
    exit: 2,
    says: {
      en: "No support desk of that name is set up here.",
      fr: "Aucun service d’assistance de ce nom n’est configuré ici.",
    },
    remedy: {
      en: "Name the desk in preau.yaml, under plugins.support-bridge.desk, and its hook's address after it.",
      fr: "Nommez le service dans preau.yaml, sous plugins.support-bridge.desk, et l’adresse de sa notification d’après lui.",
    },
  },
  SUPPORT_NO_PROPOSAL: {
    status: 409,
    exit: 2,
    says: {
      en: "Nothing is proposed here any more: it was decided, or went to the rights desk by itself.",
      fr: "Plus rien n’est proposé ici\u202f: c’est décidé, ou parti de soi-même au guichet des droits.",
    },
  },
  SUPPORT_NO_CASE: {
    status: 404,
    exit: 2,
    says: { en: "There is no such case.", fr: "Il n’y a pas de tel dossier." },
  },
  SUPPORT_WRITER_OTHER: {
    status: 409,
    exit: 2,
    says: {
      en: "A child or a parent seems to have written in this person's session: nothing is answered to the person.",
      fr: "Un enfant ou un parent semble avoir écrit dans la session de cette personne\u202f: rien n’est répondu à celle-ci.",
    },
    remedy: {
      en: "Pass on what asks for a right: the client answers. Then end the case.",
      fr: "Transmettez ce qui exerce un droit\u202f: le client répond. Puis fermez le dossier.",
    },
  },
  SUPPORT_WRITER_UNKNOWN: {
    status: 409,
    exit: 2,
    says: {
      en: "Nobody has said yet who writes: nothing is answered to the desk before.",
      fr: "Personne n’a encore dit qui écrit\u202f: rien n’est répondu au service avant cela.",
    },
    remedy: {
      en: "Say in the case who it is, or close it.",
      fr: "Indiquez dans le dossier de qui il s’agit, ou fermez-le.",
    },
  },
  SUPPORT_DECIDE_FIRST: {
    status: 409,
    exit: 2,
    says: {
      en: "A message of this case seems to exercise a right: say whether it does before you answer.",
      fr: "Un message de ce dossier semble exercer un droit\u202f: dites s’il le fait avant de répondre.",
    },
    remedy: {
      en: "Confirm or reject what was recognised.",
      fr: "Confirmez ou écartez ce qui a été reconnu.",
    },
  },
  SUPPORT_CASE_CLOSED: {
    status: 409,
    exit: 2,
    says: {
      en: "This case is over, and what was written is gone.",
      fr: "Ce dossier est terminé, et ce qui était écrit a disparu.",
    },
  },
  SUPPORT_NOBODY: {
    status: 403,
    exit: 2,
    says: {
      en: "This sign-in does not say in which product and role the person stands: no support is offered to it.",
      fr: "Cette connexion ne dit ni le produit ni le rôle de la personne : aucune assistance ne lui est proposée.",
    },
    remedy: {
      en: "Sign in through the school again; your rights are exercised under /requests/new.",
      fr: "Repassez par votre établissement ; vos droits s’exercent sous /requests/new.",
    },
  },
  SUPPORT_OPEN_FIRST: {
    status: 403,
    exit: 2,
    says: {
      en: "Say why you open this client's cases before you do anything in them.",
      fr: "Dites pourquoi vous ouvrez les dossiers de ce client avant d’y faire quoi que ce soit.",
    },
    remedy: {
      en: "Open the case, and choose a reason.",
      fr: "Ouvrez le dossier, et choisissez un motif.",
    },
  },
  SUPPORT_WITHHELD: {
    status: 403,
    exit: 2,
    says: {
      en: "The words of this case may not be shown to our team: nobody answers what they cannot read.",
      fr: "Les textes de ce dossier ne peuvent pas être montrés à notre équipe : personne ne répond à ce qu’il ne peut pas lire.",
    },
    remedy: {
      en: "Record a written instruction of the client to give our support team access.",
      fr: "Inscrivez une instruction écrite du client qui donne accès à notre équipe d’assistance.",
    },
  },
  SUPPORT_WRITER_KNOWN: {
    status: 409,
    exit: 2,
    says: {
      en: "It is known who writes in this case, or several persons do.",
      fr: "On sait déjà qui écrit dans ce dossier, ou plusieurs personnes y écrivent.",
    },
  },
  SUPPORT_FIELD_BAD: {
    status: 422,
    exit: 2,
    says: { en: "A field is missing or wrong.", fr: "Un champ manque, ou est faux." },
  },
  SUPPORT_BAD_WORDS: {
    status: 422,
    exit: 2,
    says: {
      en: "The message is empty, or longer than 20,000 characters.",
      fr: "Le message est vide, ou dépasse 20\u202f000 caractères.",
    },
  },
});

export const fault = faultsOf(errors);
