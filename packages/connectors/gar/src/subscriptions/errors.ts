/**
 * Errors of the subscription service. Exit 2: refused here, nothing was sent. Exit 1: the service answered, and it is no.
 * Exit 4: the service cannot be reached, or one of the two sides does not believe the other's certificate.
 */
import { defineErrors, faultsOf } from "@preau/kernel";

export const subscriptionErrors = defineErrors({
  GAR_SUBSCRIPTION_INVALID: {
    status: 422,
    exit: 2,
    says: {
      en: "This subscription breaks a rule of the GAR. Nothing was sent.",
      fr: "Cet abonnement enfreint une règle du GAR. Rien n’a été envoyé.",
    },
    remedy: {
      en: "Correct the fields named, then try with --dry-run.",
      fr: "Corrigez les champs indiqués, puis essayez avec --dry-run.",
    },
  },
  GAR_SUBSCRIPTION_FILE_UNREADABLE: {
    status: 400,
    exit: 2,
    says: {
      en: "This file does not describe a subscription. Nothing was sent.",
      fr: "Ce fichier ne décrit pas un abonnement. Rien n’a été envoyé.",
    },
    remedy: {
      en: "Correct the line named: a YAML or JSON file with the GAR's own field names.",
      fr: "Corrigez la ligne indiquée : un fichier YAML ou JSON, avec les noms de champs du GAR.",
    },
  },
  GAR_SUBSCRIPTION_NOT_CONFIGURED: {
    status: 500,
    exit: 2,
    says: {
      en: "A setting of the GAR's subscription service is missing. Nothing was sent.",
      fr: "Il manque un réglage du service d’abonnement du GAR. Rien n’a été envoyé.",
    },
    remedy: {
      en: "Set the option named in preau.yaml, under plugins.gar.subscriptions.",
      fr: "Renseignez l’option indiquée dans preau.yaml, sous plugins.gar.subscriptions.",
    },
  },
  GAR_SUBSCRIPTION_NOT_CONFIRMED: {
    status: 400,
    exit: 2,
    says: {
      en: "Nothing was deleted: the deletion was not confirmed.",
      fr: "Rien n’a été supprimé : la suppression n’a pas été confirmée.",
    },
    remedy: { en: "Confirm, or add --yes.", fr: "Confirmez, ou ajoutez --yes." },
  },
  GAR_SUBSCRIPTION_KEY_UNREADABLE: {
    status: 500,
    exit: 4,
    says: {
      en: "The certificate for the GAR's subscription service, or its key, cannot be used.",
      fr: "Le certificat pour le service d’abonnement du GAR, ou sa clé, est inutilisable.",
    },
    remedy: {
      en: "Give `certificateFile` the certificate that the GAR signed and `keyFile` its key; run chmod 600 on the key.",
      fr: "Donnez à `certificateFile` le certificat signé par le GAR et à `keyFile` sa clé ; lancez chmod 600 sur la clé.",
    },
  },
  GAR_SUBSCRIPTION_REFUSED: {
    status: 422,
    exit: 1,
    says: {
      en: "The GAR's subscription service refused this.",
      fr: "Le service d’abonnement du GAR a refusé.",
    },
    remedy: {
      en: "Read what it answered; `preau gar subscriptions list` shows what stands there.",
      fr: "Lisez ce qu’il a répondu ; `preau gar subscriptions list` montre ce qui y est enregistré.",
    },
  },
  GAR_SUBSCRIPTION_UNKNOWN: {
    status: 404,
    exit: 1,
    says: {
      en: "The GAR has no subscription with this identifier.",
      fr: "Le GAR n’a pas d’abonnement sous cet identifiant.",
    },
    remedy: {
      en: "Look for it with `preau gar subscriptions list`; a deleted one begins with an underscore.",
      fr: "Cherchez-le avec `preau gar subscriptions list` ; un abonnement supprimé commence par un tiret bas.",
    },
  },
  GAR_SUBSCRIPTION_TAKEN: {
    status: 409,
    exit: 1,
    says: {
      en: "This identifier stands for another subscription: an update cannot change the fields named.",
      fr: "Cet identifiant désigne un autre abonnement : une mise à jour ne peut pas changer les champs indiqués.",
    },
    remedy: {
      en: "Choose another idAbonnement, or delete that subscription first.",
      fr: "Choisissez un autre idAbonnement, ou supprimez d’abord cet abonnement.",
    },
  },
  GAR_SUBSCRIPTION_UNREACHABLE: {
    status: 503,
    exit: 4,
    says: {
      en: "The GAR's subscription service cannot be reached, or is out of order.",
      fr: "Le service d’abonnement du GAR est injoignable, ou hors service.",
    },
    remedy: {
      en: "Check `url` and the network, then run the same command again: what was created already is updated.",
      fr: "Vérifiez `url` et le réseau, puis relancez la même commande : ce qui aurait déjà été créé sera mis à jour.",
    },
  },
  GAR_SUBSCRIPTION_CERTIFICATE_REFUSED: {
    status: 503,
    exit: 4,
    says: {
      en: "The GAR's subscription service refused our certificate.",
      fr: "Le service d’abonnement du GAR a refusé notre certificat.",
    },
    remedy: {
      en: "Each platform has its own certificate: check that `certificateFile` is the one signed for `url`, and its end date.",
      fr: "Chaque plateforme a son certificat : vérifiez que `certificateFile` est celui signé pour `url`, et sa date de fin.",
    },
  },
  GAR_SUBSCRIPTION_SERVER_UNTRUSTED: {
    status: 503,
    exit: 4,
    says: {
      en: "Whoever answers at this address cannot prove to be the GAR's subscription service. Nothing was sent.",
      fr: "Ce qui répond à cette adresse ne prouve pas être le service d’abonnement du GAR. Rien n’a été envoyé.",
    },
    remedy: {
      en: "Check `url`; where its authority is not a public one, name the authority's certificate in `caFile`.",
      fr: "Vérifiez `url` ; si son autorité n’est pas publique, indiquez le certificat de l’autorité dans `caFile`.",
    },
  },
  GAR_SUBSCRIPTION_ANSWER_UNREADABLE: {
    status: 502,
    exit: 4,
    says: {
      en: "The answer is not one of the GAR's subscription service.",
      fr: "La réponse n’est pas celle du service d’abonnement du GAR.",
    },
    remedy: {
      en: "Check `url`: a proxy or a portal may stand in between.",
      fr: "Vérifiez `url` : un relais ou un portail se trouve peut-être entre les deux.",
    },
  },
  GAR_SUBSCRIPTION_SCHOOLS_UNWRITABLE: {
    status: 500,
    exit: 4,
    says: {
      en: "The list of schools cannot be kept.",
      fr: "La liste des établissements ne peut pas être conservée.",
    },
    remedy: {
      en: "Check the data folder, its rights and the room on the disk.",
      fr: "Vérifiez le dossier des données, ses droits et la place sur le disque.",
    },
  },
});

export const fault = faultsOf(subscriptionErrors);
