/** Errors of the simulators' command. */
import { defineErrors, faultsOf } from "@preau/kernel";

const errors = defineErrors({
  SIMULATOR_PORT_TAKEN: {
    status: 503,
    exit: 4,
    says: { en: "EADDRINUSE: this port is taken.", fr: "EADDRINUSE : ce port est déjà pris." },
    remedy: {
      en: "Stop the program that listens there, or choose another port by the variable named.",
      fr: "Arrêtez le programme qui y écoute, ou choisissez un autre port par la variable nommée.",
    },
  },
  SIMULATOR_BAD_PORT: {
    status: 400,
    exit: 2,
    says: { en: "This is not a TCP port.", fr: "Ceci n'est pas un port TCP." },
    remedy: { en: "Give a number from 1 to 65535.", fr: "Donnez un nombre de 1 à 65535." },
  },
  SIMULATOR_UNKNOWN: {
    status: 400,
    exit: 2,
    says: { en: "There is no such simulator.", fr: "Il n'existe pas de tel simulateur." },
    remedy: { en: "Name gar, school, mail, desk or all.", fr: "Nommez gar, school, mail, desk ou all." },
  },
  SIMULATOR_UNKNOWN_FAULT: {
    status: 400,
    exit: 2,
    says: {
      en: "There is no such fault switch, or it takes no such value.",
      fr: "Il n'existe pas de tel défaut, ou il n'accepte pas cette valeur.",
    },
    remedy: { en: "GET /_faults lists them.", fr: "GET /_faults en donne la liste." },
  },
  SIMULATOR_OLD_SCHOOL: {
    status: 503,
    exit: 4,
    says: {
      en: "The demo school in this data folder is of an earlier version.",
      fr: "L'école de démonstration de ce dossier de données est d'une version antérieure.",
    },
    remedy: {
      en: "Remove the folder named, below the data folder: a new school is made. Nothing removes it for you, because everybody who was erased would be back.",
      fr: "Supprimez le dossier nommé, dans le dossier de données : une nouvelle école est créée. Rien ne le fait pour vous, car toutes les personnes effacées reviendraient.",
    },
  },
  SIMULATOR_BAD_SAML_REQUEST: {
    status: 400,
    exit: 2,
    says: {
      en: "The identity provider refuses this SAML message.",
      fr: "Le fournisseur d'identité refuse ce message SAML.",
    },
  },
  SIMULATOR_BAD_RESOURCE: {
    status: 400,
    exit: 2,
    says: {
      en: "This is not a list of resources.",
      fr: "Ceci n'est pas une liste de ressources.",
    },
    remedy: {
      en: "Write NAME=URL, separated by commas or line breaks; the addresses begin with http: or https:.",
      fr: "Écrivez NOM=URL, séparés par des virgules ou des retours à la ligne ; les adresses commencent par http: ou https:.",
    },
  },
});

export const fault = faultsOf(errors);
