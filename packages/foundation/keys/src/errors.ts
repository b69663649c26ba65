import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  KEYS_SEAL_BROKEN: {
    status: 500,
    exit: 4,
    says: {
      en: "These sealed bytes are not what was sealed under this key and context.",
      fr: "Ces octets scellés ne sont pas ceux qui ont été scellés sous cette clé et dans ce contexte.",
    },
    remedy: {
      en: "Restore the row from a backup, and look for who changed it.",
      fr: "Restaurez la ligne depuis une sauvegarde et cherchez qui l'a modifiée.",
    },
  },
  KEYS_DESTROYED: {
    status: 410,
    exit: 2,
    says: {
      en: "This key has been destroyed; nothing can be sealed under it any more.",
      fr: "Cette clé a été détruite ; plus rien ne peut être scellé avec elle.",
    },
  },
  KEYS_BAD_SCOPE: {
    status: 400,
    exit: 2,
    says: { en: "This is not the scope of a key.", fr: "Ceci n'est pas la portée d'une clé." },
    remedy: {
      en: "Give a controller, a kind, and an opaque identifier of 1 to 128 printable ASCII characters.",
      fr: "Donnez un responsable de traitement, un genre et un identifiant opaque de 1 à 128 caractères ASCII imprimables.",
    },
  },
  KEYS_ROOT_WRONG: {
    status: 500,
    exit: 4,
    says: {
      en: "The root key does not open this key store.",
      fr: "La clé racine n'ouvre pas ce magasin de clés.",
    },
    remedy: {
      en: "Give the root key that was made with this key store; no other one opens it.",
      fr: "Donnez la clé racine créée avec ce magasin de clés ; aucune autre ne l'ouvre.",
    },
  },
  KEYS_SECRET_FILE: {
    status: 500,
    exit: 4,
    says: {
      en: "The file of a secret key cannot be used.",
      fr: "Le fichier d'une clé secrète est inutilisable.",
    },
    remedy: {
      en: "It must be a readable file of one line, 64 hexadecimal digits, closed to other users (mode 0600).",
      fr: "Ce doit être un fichier lisible d'une ligne, 64 chiffres hexadécimaux, fermé aux autres utilisateurs (mode 0600).",
    },
  },
  KEYS_STORE_BROKEN: {
    status: 500,
    exit: 4,
    says: {
      en: "The key store does not hold together: a wrapped key does not open.",
      fr: "Le magasin de clés est incohérent : une clé enveloppée ne s'ouvre pas.",
    },
    remedy: {
      en: "Restore all tables of the key store from one and the same backup.",
      fr: "Restaurez toutes les tables du magasin de clés depuis une seule et même sauvegarde.",
    },
  },
  KEYS_AGE_RECIPIENT: {
    status: 400,
    exit: 2,
    says: {
      en: "This is not a recipient of age files.",
      fr: "Ceci n'est pas un destinataire de fichiers age.",
    },
    remedy: {
      en: "Give at least one public key that begins with age1, or a passphrase of at least 12 characters.",
      fr: "Donnez au moins une clé publique qui commence par age1, ou une phrase de passe d'au moins 12 caractères.",
    },
  },
  KEYS_AGE_UNOPENED: {
    status: 400,
    exit: 2,
    says: {
      en: "This age file cannot be opened with that identity, or it is damaged.",
      fr: "Ce fichier age ne s'ouvre pas avec cette identité, ou il est endommagé.",
    },
    remedy: {
      en: "Discard what was written so far, and try with the identity it was made for.",
      fr: "Jetez ce qui a déjà été écrit, et essayez avec l'identité à laquelle il était destiné.",
    },
  },
});

export const fault = faultsOf(errors);
