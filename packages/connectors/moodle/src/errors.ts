/** Errors of the Moodle connector. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  MOODLE_NOT_FOUND: {
    status: 409,
    exit: 2,
    says: { en: "This database holds no Moodle.", fr: "Cette base ne contient pas de Moodle." },
    remedy: {
      en: "Check the name of the database and the table prefix ($CFG->prefix).",
      fr: "Vérifiez le nom de la base et le préfixe des tables ($CFG->prefix).",
    },
  },
  MOODLE_SITE_ACCOUNT: {
    status: 409,
    exit: 2,
    says: {
      en: "This account keeps the site working: it is the guest account or a site administrator.",
      fr: "Ce compte fait fonctionner le site : c'est le compte invité ou un administrateur du site.",
    },
    remedy: {
      en: "Name another site administrator in Moodle first; the guest account is nobody's.",
      fr: "Désignez d'abord un autre administrateur dans Moodle ; le compte invité n'est à personne.",
    },
  },
  MOODLE_NO_FILE_STORE: {
    status: 409,
    exit: 4,
    says: {
      en: "The file store of Moodle cannot be read.",
      fr: "Le dépôt de fichiers de Moodle est illisible.",
    },
    remedy: {
      en: "Give the folder that holds filedir ($CFG->dataroot), readable and writable.",
      fr: "Indiquez le dossier qui contient filedir ($CFG->dataroot), accessible en lecture et en écriture.",
    },
  },
  MOODLE_FILE_UNREADABLE: {
    status: 409,
    exit: 4,
    says: {
      en: "A file or folder of Moodle’s data folder cannot be read.",
      fr: "Un fichier ou un dossier du dossier de données de Moodle est illisible.",
    },
    remedy: {
      en: "Let the service’s user read all of it ($CFG->dataroot), and check its disk; then begin again.",
      fr: "Donnez à l’utilisateur du service le droit de tout y lire ($CFG->dataroot) et vérifiez le disque ; puis recommencez.",
    },
  },
});

export const fault = faultsOf(errors);
