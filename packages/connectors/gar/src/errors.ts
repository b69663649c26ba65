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
});

export const fault = faultsOf(errors);
