/** Errors of the GAR connector. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  GAR_SIGN_IN_REFUSED: {
    status: 403,
    exit: 2,
    says: {
      en: "This sign-in was refused.",
      fr: "Cette connexion a été refusée.",
    },
    remedy: {
      en: "Start again from your school's media centre. If it happens again, give support the reference below.",
      fr: "Recommencez depuis le médiacentre de votre établissement. Si cela se reproduit, indiquez au support la référence ci-dessous.",
    },
  },
  GAR_ROLE_REFUSED: {
    status: 403,
    exit: 2,
    says: {
      en: "The agreement names no data for this profile, so nobody with it can be signed in by this door.",
      fr: "L’accord ne prévoit aucune donnée pour ce profil : personne ne peut se connecter avec lui par cette porte.",
    },
    remedy: {
      en: "The controller and the publisher can have the agreement name what this profile needs.",
      fr: "Le responsable de traitement et l’éditeur peuvent inscrire à l’accord ce dont ce profil a besoin.",
    },
  },
  GAR_CONTROLLER_REFUSED: {
    status: 403,
    exit: 2,
    says: {
      en: "This person's schools have different controllers, or no school is named: nobody can say whose data would be stored.",
      fr: "Les établissements de cette personne ont des responsables de traitement différents, ou aucun n’est indiqué : nul ne peut dire à qui seraient ses données.",
    },
    remedy: {
      en: "Give all schools of the person one controller in `controllersBySchool`, and have the provider send their UAI.",
      fr: "Donnez dans `controllersBySchool` un même responsable à tous les établissements de la personne, et faites transmettre leur UAI.",
    },
  },
  GAR_METADATA_UNREADABLE: {
    status: 503,
    exit: 4,
    says: {
      en: "The metadata of the GAR's identity provider cannot be read.",
      fr: "Les métadonnées du fournisseur d’identité du GAR sont illisibles.",
    },
    remedy: {
      en: "Check `idpMetadata`: a file, or an https address, of the SAML metadata of one identity provider.",
      fr: "Vérifiez `idpMetadata` : un fichier, ou une adresse https, des métadonnées SAML d’un fournisseur d’identité.",
    },
  },
  GAR_TLS_UNVERIFIED: {
    status: 500,
    exit: 4,
    says: {
      en: "NODE_TLS_REJECT_UNAUTHORIZED=0 has any certificate believed, so no identity provider is asked.",
      fr: "NODE_TLS_REJECT_UNAUTHORIZED=0 fait croire tout certificat : aucun fournisseur d’identité n’est interrogé.",
    },
    remedy: {
      en: "Remove that variable and start again; name an authority of your own by NODE_EXTRA_CA_CERTS.",
      fr: "Retirez cette variable et redémarrez ; indiquez votre propre autorité par NODE_EXTRA_CA_CERTS.",
    },
  },
  GAR_ISSUER_UNREADABLE: {
    status: 503,
    exit: 4,
    says: {
      en: "The metadata or keys of the OpenID provider cannot be read.",
      fr: "Les métadonnées ou les clés du fournisseur OpenID sont illisibles.",
    },
    remedy: {
      en: "Check `issuer`: the https address below which `/.well-known/openid-configuration` stands, letter for letter as written there.",
      fr: "Vérifiez `issuer` : l’adresse https sous laquelle se trouve `/.well-known/openid-configuration`, à la lettre près comme elle y est écrite.",
    },
  },
  GAR_PROVIDER_SILENT: {
    status: 503,
    exit: 4,
    says: {
      en: "The identity provider does not answer.",
      fr: "Le fournisseur d’identité ne répond pas.",
    },
    remedy: {
      en: "Start again in a few minutes from your school's media centre.",
      fr: "Recommencez dans quelques minutes depuis le médiacentre de votre établissement.",
    },
  },
  GAR_SECRET_UNREADABLE: {
    status: 500,
    exit: 4,
    says: {
      en: "The client secret for the OpenID provider cannot be read.",
      fr: "Le secret du client pour le fournisseur OpenID est illisible.",
    },
    remedy: {
      en: "Put the secret on the first line of `clientSecretFile`; run chmod 600 on it.",
      fr: "Mettez le secret sur la première ligne de `clientSecretFile` ; lancez chmod 600 dessus.",
    },
  },
  GAR_KEY_UNREADABLE: {
    status: 500,
    exit: 4,
    says: {
      en: "The key that signs SAML messages cannot be read.",
      fr: "La clé qui signe les messages SAML est illisible.",
    },
    remedy: {
      en: "Give `keyFile` an RSA key of 2048 bits or more, and the certificate of that key; run chmod 600 on it.",
      fr: "Donnez à `keyFile` une clé RSA d’au moins 2048 bits, et le certificat de cette clé ; lancez chmod 600 dessus.",
    },
  },
  GAR_RELINK_NO_ACCOUNT: {
    status: 403,
    exit: 2,
    says: {
      en: "Only somebody who signed in through a school can ask for an old account.",
      fr: "Seule une personne connectée par son établissement peut demander son ancien compte.",
    },
    remedy: {
      en: "Sign in again from your school's media centre, then come back to this page.",
      fr: "Reconnectez-vous depuis le médiacentre de votre établissement, puis revenez sur cette page.",
    },
  },
  GAR_RELINK_NOT_APPROVER: {
    status: 403,
    exit: 2,
    says: {
      en: "This account may not approve: a teacher of the same school may, or the controller's staff.",
      fr: "Ce compte ne peut pas approuver : un enseignant du même établissement le peut, ou le responsable de traitement.",
    },
    remedy: {
      en: "Give the code to a teacher of your school.",
      fr: "Donnez le code à un enseignant de votre établissement.",
    },
  },
  GAR_RELINK_NEEDS_INSTRUCTION: {
    status: 422,
    exit: 2,
    says: {
      en: "The publisher joins accounts on the controller's written instruction alone.",
      fr: "L’éditeur ne rattache un compte que sur instruction écrite du responsable de traitement.",
    },
    remedy: {
      en: "Name the controller, and give the reference of the instruction.",
      fr: "Nommez le responsable de traitement et indiquez la référence de l’instruction.",
    },
  },
  GAR_RELINK_CODE_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "There is no request with this code here: it was used, cancelled or mistyped, too many wrong numbers were tried with it, or it is of another controller.",
      fr: "Aucune demande ne porte ce code ici : il a servi, a été annulé ou mal saisi, trop de numéros faux ont été essayés avec lui, ou il relève d’un autre responsable de traitement.",
    },
    remedy: {
      en: "Check the eight characters. If they are right, the person asks for a new code.",
      fr: "Vérifiez les huit caractères. S’ils sont justes, la personne demande un nouveau code.",
    },
  },
  GAR_RELINK_CODE_EXPIRED: {
    status: 410,
    exit: 2,
    says: { en: "This code has expired.", fr: "Ce code a expiré." },
    remedy: { en: "The person asks for a new one.", fr: "La personne en demande un nouveau." },
  },
  GAR_RELINK_OTHER_SCHOOL: {
    status: 403,
    exit: 2,
    says: {
      en: "The person who asks is not of your school, or signs in another way than you do.",
      fr: "La personne qui demande n’est pas de votre établissement, ou se connecte par une autre voie que vous.",
    },
    remedy: {
      en: "A teacher of that person's school approves, or the controller's staff.",
      fr: "Un enseignant de son établissement approuve, ou le responsable de traitement.",
    },
  },
  GAR_RELINK_SELF: {
    status: 403,
    exit: 2,
    says: {
      en: "Nobody approves for an account of their own.",
      fr: "Nul n’approuve pour son propre compte.",
    },
    remedy: {
      en: "Ask another teacher of your school.",
      fr: "Adressez-vous à un autre enseignant de votre établissement.",
    },
  },
  GAR_RELINK_ACCOUNT_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "There is no account with this number at this controller.",
      fr: "Aucun compte ne porte ce numéro chez ce responsable de traitement.",
    },
    remedy: {
      en: "The number begins with `sub_` and stands on what was handed to the person; or give the account's number in the application.",
      fr: "Le numéro commence par `sub_` et figure sur ce qui a été remis à la personne ; ou donnez le numéro du compte dans l’application.",
    },
  },
  GAR_RELINK_SAME_ACCOUNT: {
    status: 409,
    exit: 2,
    says: {
      en: "This is the account that the person has already.",
      fr: "C’est déjà le compte de la personne.",
    },
    remedy: { en: "Give the number of the old account.", fr: "Donnez le numéro de l’ancien compte." },
  },
  GAR_RELINK_OTHER_PRODUCT: {
    status: 409,
    exit: 2,
    says: {
      en: "The old account is of another product.",
      fr: "L’ancien compte relève d’un autre produit.",
    },
    remedy: {
      en: "The person asks for a code in the product in which the old account is.",
      fr: "La personne demande un code dans le produit où se trouve l’ancien compte.",
    },
  },
  GAR_RELINK_OTHER_ROLE: {
    status: 409,
    exit: 2,
    says: {
      en: "The old account has another role.",
      fr: "L’ancien compte a un autre rôle.",
    },
    remedy: {
      en: "A pupil's account stays a pupil's. Check the number.",
      fr: "Un compte d’élève reste un compte d’élève. Vérifiez le numéro.",
    },
  },
  GAR_RELINK_OTHER_PROVIDER: {
    status: 409,
    exit: 2,
    says: {
      en: "The two accounts are signed in to by different ways: the GAR, a school's portal, another service.",
      fr: "On se connecte aux deux comptes par des voies différentes : le GAR, un portail d’établissement, un autre service.",
    },
    remedy: {
      en: "Accounts of one way in are joined, no others. Check the number.",
      fr: "Seuls des comptes d’une même voie de connexion se rattachent. Vérifiez le numéro.",
    },
  },
  GAR_RELINK_STAFF_ALONE: {
    status: 403,
    exit: 2,
    says: {
      en: "The account of somebody who may approve is joined by the controller's staff alone.",
      fr: "Le compte d’une personne qui peut approuver n’est rattaché que par le responsable de traitement.",
    },
    remedy: {
      en: "The person gives the code to the controller's staff.",
      fr: "La personne donne le code au responsable de traitement.",
    },
  },
  GAR_RELINK_ACTIVE_ACCOUNT: {
    status: 409,
    exit: 2,
    says: {
      en: "Somebody signed in to the old account only lately: it is likely another person's.",
      fr: "Quelqu’un s’est connecté récemment à l’ancien compte : il est sans doute celui d’une autre personne.",
    },
    remedy: {
      en: "Check the number. If it is right, approve once nobody has signed in to it for some days.",
      fr: "Vérifiez le numéro. S’il est juste, approuvez quand personne ne s’y sera connecté depuis quelques jours.",
    },
  },
  GAR_RELINK_NEW_HAS_DATA: {
    status: 409,
    exit: 2,
    says: {
      en: "The new account holds work already: joined to the old one, that work would be lost.",
      fr: "Le nouveau compte contient déjà des travaux : rattaché à l’ancien, ils seraient perdus.",
    },
    remedy: {
      en: "Move the work over within the application, delete the new account there, then approve again. Or the person deletes the new account on “Delete my account”, signs in again and asks for a new code.",
      fr: "Reprenez les travaux dans l’application, supprimez-y le nouveau compte, puis approuvez de nouveau. Ou la personne supprime le nouveau compte par « Supprimer mon compte », se reconnecte et demande un nouveau code.",
    },
  },
  GAR_RELINK_RESTRICTED: {
    status: 409,
    exit: 2,
    says: {
      en: "One of the two accounts is restricted, or held: kept, and neither used nor changed.",
      fr: "L’un des deux comptes fait l’objet d’une limitation ou d’une conservation : gardé, et ni utilisé ni modifié.",
    },
    remedy: {
      en: "Lift the restriction or the hold first, or wait until it is lifted.",
      fr: "Levez d’abord la limitation ou la conservation, ou attendez qu’elle le soit.",
    },
  },
  GAR_BAD_SCHOOL_YEAR: {
    status: 422,
    exit: 2,
    says: { en: "This is no school year.", fr: "Ceci n’est pas une année scolaire." },
    remedy: {
      en: "Write two years that follow each other: 2025-2026.",
      fr: "Écrivez deux années qui se suivent : 2025-2026.",
    },
  },
  GAR_NO_CERTIFICATE: {
    status: 404,
    exit: 2,
    says: {
      en: "There is no such certificate, or its proof is not ready yet.",
      fr: "Ce certificat n’existe pas, ou sa preuve n’est pas encore prête.",
    },
    remedy: {
      en: "Issue it on the page of certificates, or try again in a moment.",
      fr: "Établissez-le sur la page des certificats, ou réessayez dans un instant.",
    },
  },
  // Of the subscription service. Exit 2: refused here, nothing was sent. Exit 1: the service answered, and it is no. Exit 4: it
  // cannot be reached, or one of the two sides does not believe the other's certificate.
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
      fr: "Corrigez la ligne indiquée : un fichier YAML ou JSON, avec les noms de champs du GAR.",
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
      fr: "Rien n’a été supprimé : la suppression n’a pas été confirmée.",
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
      fr: "Donnez à `certificateFile` le certificat signé par le GAR et à `keyFile` sa clé ; lancez chmod 600 sur la clé.",
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
      fr: "Lisez ce qu’il a répondu ; `preau gar subscriptions list` montre ce qui y est enregistré.",
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
      fr: "Cherchez-le avec `preau gar subscriptions list` ; un abonnement supprimé commence par un tiret bas.",
    },
  },
  GAR_SUBSCRIPTION_TAKEN: {
    status: 409,
    exit: 1,
    says: {
      en: "This identifier stands for another subscription: an update cannot change the fields named.",
      fr: "Cet identifiant désigne un autre abonnement : une mise à jour ne peut pas changer les champs indiqués.",
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
      fr: "Vérifiez `url` et le réseau, puis relancez la même commande : ce qui aurait déjà été créé sera mis à jour.",
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
      fr: "Chaque plateforme a son certificat : vérifiez que `certificateFile` est celui signé pour `url`, et sa date de fin.",
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
      fr: "Vérifiez `url` ; si son autorité n’est pas publique, indiquez le certificat de l’autorité dans `caFile`.",
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
      fr: "Vérifiez `url` : un relais ou un portail se trouve peut-être entre les deux.",
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

export const fault = faultsOf(errors);
