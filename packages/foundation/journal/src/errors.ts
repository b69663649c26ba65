import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  JOURNAL_BAD_ORIGIN: {
    status: 500,
    exit: 2,
    says: { en: "This is not an origin of a log.", fr: "Ceci n'est pas une origine de journal." },
    remedy: {
      en: "Use a name like journal.publisher.example: printable, without space or plus sign, 200 characters at most.",
      fr: "Utilisez un nom comme journal.editeur.example : imprimable, sans espace ni signe plus, 200 caractères au plus.",
    },
  },
  JOURNAL_OTHER_SIGNER: {
    status: 500,
    exit: 4,
    says: {
      en: "The last checkpoint of this log was signed with another key or under another name.",
      fr: "Le dernier point de contrôle de ce journal a été signé avec une autre clé ou sous un autre nom.",
    },
    remedy: {
      en: "Give every replica the signing key and the name that this journal began with.",
      fr: "Donnez à toutes les répliques la clé de signature et le nom avec lesquels ce journal a commencé.",
    },
  },
  JOURNAL_BROKEN: {
    status: 500,
    exit: 4,
    says: {
      en: "The journal does not hold together: its tables contradict its last checkpoint.",
      fr: "Le journal est incohérent : ses tables contredisent son dernier point de contrôle.",
    },
    remedy: {
      en: "Stop writing, keep a copy of the tables, and restore them from a backup.",
      fr: "Arrêtez les écritures, gardez une copie des tables, et restaurez-les depuis une sauvegarde.",
    },
  },
  JOURNAL_BEHIND: {
    status: 500,
    exit: 4,
    says: {
      en: "This journal is not the one that was signed last: it ends before it, or has another history.",
      fr: "Ce journal n'est pas celui qui a été signé en dernier : il finit avant lui, ou son histoire est autre.",
    },
    remedy: {
      en: "Restore the newer database. When it is lost for good, keep a copy of the jrn_ tables, empty them, and begin a journal of another name.",
      fr: "Restaurez la base plus récente. Si elle est définitivement perdue, gardez une copie des tables jrn_, videz-les, et commencez un journal d'un autre nom.",
    },
  },
  JOURNAL_BAD_EVENT: {
    status: 500,
    exit: 2,
    says: { en: "This event cannot be recorded.", fr: "Cet événement ne peut pas être consigné." },
    remedy: {
      en: "Its type is plugin.whatHappened, up to 100 characters; its payloads are JSON of up to 16 MiB.",
      fr: "Son type est extension.ceQuiEstArrive, 100 caractères au plus ; ses contenus sont du JSON, 16 Mio au plus.",
    },
  },
  JOURNAL_RECEIPT_OVERCLAIMS: {
    status: 500,
    exit: 2,
    says: {
      en: "This receipt would claim more than was verified.",
      fr: "Ce reçu affirmerait plus que ce qui a été vérifié.",
    },
    remedy: {
      en: "PASS needs a second look without a hit; PENDING needs a date; FAILED and UNKNOWN need a reason.",
      fr: "PASS demande un second regard sans trouvaille ; PENDING une date ; FAILED et UNKNOWN une raison.",
    },
  },
  JOURNAL_RECEIPT_CLOSED: {
    status: 409,
    exit: 2,
    says: { en: "This receipt is closed already.", fr: "Ce reçu est déjà clos." },
  },
  JOURNAL_ARCHIVE_NO_INSTRUCTION: {
    status: 403,
    exit: 2,
    says: {
      en: "No recorded instruction of this controller asks for the archive to be opened.",
      fr: "Aucune instruction consignée de ce responsable ne demande l'ouverture de l'archive.",
    },
    remedy: {
      en: "Record the instruction first, and name its entry.",
      fr: "Consignez d'abord l'instruction, et nommez son inscription.",
    },
  },
  JOURNAL_ARCHIVE_BROKEN: {
    status: 500,
    exit: 4,
    says: {
      en: "A segment of the archive does not open: it was changed, or its key is gone.",
      fr: "Un segment de l'archive ne s'ouvre pas : il a été modifié, ou sa clé n'existe plus.",
    },
    remedy: {
      en: "Keep a copy of the table jrn_archive, and restore it from a backup with its key store.",
      fr: "Gardez une copie de la table jrn_archive, et restaurez-la d'une sauvegarde avec son magasin de clés.",
    },
  },
  JOURNAL_RECEIPT_UNKNOWN: {
    status: 404,
    exit: 2,
    says: { en: "There is no such receipt.", fr: "Ce reçu n'existe pas." },
  },
});

export const fault = faultsOf(errors);
