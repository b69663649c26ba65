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
      en: "The agreement names no data for this profile, so nobody with it can be signed in through the GAR.",
      fr: "L'accord ne prévoit aucune donnée pour ce profil : personne ne peut se connecter avec lui par le GAR.",
    },
    remedy: {
      en: "The controller and the publisher can have the agreement name what this profile needs.",
      fr: "Le responsable de traitement et l'éditeur peuvent inscrire à l'accord ce dont ce profil a besoin.",
    },
  },
  GAR_CONTROLLER_REFUSED: {
    status: 403,
    exit: 2,
    says: {
      en: "This person's schools have different controllers, so nobody can say whose data would be stored.",
      fr: "Les établissements de cette personne ont des responsables de traitement différents : nul ne peut dire à qui seraient ses données.",
    },
    remedy: {
      en: "Give all schools of the person one controller in `controllersBySchool`.",
      fr: "Donnez dans `controllersBySchool` un même responsable à tous les établissements de la personne.",
    },
  },
  GAR_METADATA_UNREADABLE: {
    status: 503,
    exit: 4,
    says: {
      en: "The metadata of the GAR's identity provider cannot be read.",
      fr: "Les métadonnées du fournisseur d'identité du GAR sont illisibles.",
    },
    remedy: {
      en: "Check `idpMetadata`: a file, or an https address, of the SAML metadata of one identity provider.",
      fr: "Vérifiez `idpMetadata` : un fichier, ou une adresse https, des métadonnées SAML d'un fournisseur d'identité.",
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
      fr: "Vérifiez `issuer` : l'adresse https sous laquelle se trouve `/.well-known/openid-configuration`, à la lettre près comme elle y est écrite.",
    },
  },
  GAR_PROVIDER_SILENT: {
    status: 503,
    exit: 4,
    says: {
      en: "The identity provider does not answer.",
      fr: "Le fournisseur d'identité ne répond pas.",
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
      fr: "Mettez le secret sur la première ligne de `clientSecretFile` ; lancez chmod 600 dessus.",
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
      fr: "Donnez à `keyFile` une clé RSA d'au moins 2048 bits, et le certificat de cette clé ; lancez chmod 600 dessus.",
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
      fr: "Ce compte ne peut pas approuver : un enseignant du même établissement le peut, ou le responsable de traitement.",
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
      en: "There is no request with this code here: it was used, cancelled or mistyped, or is of another controller.",
      fr: "Aucune demande ne porte ce code ici : il a servi, a été annulé ou mal saisi, ou relève d’un autre responsable de traitement.",
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
      en: "The person who asks is not of your school.",
      fr: "La personne qui demande n’est pas de votre établissement.",
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
      fr: "Le numéro commence par `sub_` et figure sur ce qui a été remis à la personne ; ou donnez le numéro du compte dans l’application.",
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
  GAR_RELINK_ACTIVE_ACCOUNT: {
    status: 409,
    exit: 2,
    says: {
      en: "Somebody signed in to the old account only lately: it is likely another person's.",
      fr: "Quelqu’un s’est connecté récemment à l’ancien compte : il est sans doute celui d’une autre personne.",
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
      fr: "Le nouveau compte contient déjà des travaux : rattaché à l’ancien, ils seraient perdus.",
    },
    remedy: {
      en: "Move the work over within the application, delete the new account there, then approve again. Or the person deletes the new account on “Delete my account”, signs in again and asks for a new code.",
      fr: "Reprenez les travaux dans l’application, supprimez-y le nouveau compte, puis approuvez de nouveau. Ou la personne supprime le nouveau compte par « Supprimer mon compte », se reconnecte et demande un nouveau code.",
    },
  },
  GAR_RELINK_RESTRICTED: {
    status: 409,
    exit: 2,
    says: {
      en: "One of the two accounts is restricted: kept, and not used.",
      fr: "L’un des deux comptes fait l’objet d’une limitation : conservé, et non utilisé.",
    },
    remedy: {
      en: "Lift the restriction first, or wait until it is lifted.",
      fr: "Levez d’abord la limitation, ou attendez qu’elle le soit.",
    },
  },
  GAR_BAD_SCHOOL_YEAR: {
    status: 422,
    exit: 2,
    says: { en: "This is no school year.", fr: "Ceci n’est pas une année scolaire." },
    remedy: {
      en: "Write two years that follow each other: 2025-2026.",
      fr: "Écrivez deux années qui se suivent : 2025-2026.",
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
});

export const fault = faultsOf(errors);
