import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  RETENTION_NO_ERASURE: {
    status: 404,
    exit: 2,
    says: { en: "There is no such erasure.", fr: "Cet effacement n’existe pas." },
  },
  RETENTION_NOBODY: {
    status: 400,
    exit: 2,
    says: {
      en: "An order to erase names at least one person.",
      fr: "Un ordre d’effacement désigne au moins une personne.",
    },
  },
  RETENTION_RECEIPT_NOT_READY: {
    status: 409,
    exit: 3,
    says: {
      en: "The receipt of this erasure is not filed yet.",
      fr: "Le reçu de cet effacement n’est pas encore établi.",
    },
    remedy: {
      en: "Follow the erasure, and try again once it is done.",
      fr: "Suivez l’effacement, puis réessayez.",
    },
  },
  RETENTION_STORE_FAILED: {
    status: 500,
    exit: 1,
    says: {
      en: "A store could not be erased or looked at again; the erasure stays open and is tried again.",
      fr: "Un magasin de données n’a pas pu être effacé ou relu ; l’effacement reste ouvert et sera retenté.",
    },
    remedy: {
      en: "Read the cause in the operational log, mend the store, and run the erasure again.",
      fr: "Lisez la cause dans le journal d’exploitation, réparez le magasin, puis relancez l’effacement.",
    },
  },
  RETENTION_NEWLY_RESTRICTED: {
    status: 409,
    exit: 1,
    says: {
      en: "A person was restricted or held after the erasure had been planned: it stays open, and nothing more is erased.",
      fr: "Une limitation ou une conservation légale est survenue après le plan : l’effacement reste ouvert et plus rien n’est effacé.",
    },
    remedy: {
      en: "Lift the restriction or the hold; the erasure then goes on by itself.",
      fr: "Levez la limitation ou la conservation légale ; l’effacement reprendra de lui-même.",
    },
  },
  RETENTION_HOLD_IGNORED: {
    status: 500,
    exit: 4,
    says: {
      en: "A store plans to erase a person whom another store restricts or holds. Nothing was erased.",
      fr: "Un magasin de données prévoit d’effacer une personne qu’un autre limite ou conserve. Rien n’a été effacé.",
    },
  },
  RETENTION_RUN_OVERTAKEN: {
    status: 409,
    exit: 1,
    says: {
      en: "Another run has taken this erasure over; this one stops.",
      fr: "Un autre passage a repris cet effacement ; celui-ci s’arrête.",
    },
  },
  RETENTION_CLOCK_BEHIND: {
    status: 503,
    exit: 4,
    says: {
      en: "The clock stands before the moment at which the receipt was opened; the erasure stays open.",
      fr: "L’horloge indique un moment antérieur à l’ouverture du reçu ; l’effacement reste ouvert.",
    },
    remedy: {
      en: "Set the clock of this machine; the erasure then closes by itself.",
      fr: "Réglez l’horloge de cette machine ; l’effacement se terminera de lui-même.",
    },
  },
  RETENTION_NO_ACCOUNTS: {
    status: 404,
    exit: 2,
    says: {
      en: "This store has no accounts of its own that periods could end.",
      fr: "Ce magasin n’a pas de comptes à lui auxquels une durée pourrait mettre fin.",
    },
    remedy: {
      en: "Name a store whose adapter tells who has an account; `preau doctor` lists the stores.",
      fr: "Nommez un magasin dont l’adaptateur dit qui a un compte ; `preau doctor` liste les magasins.",
    },
  },
  RETENTION_NO_PURGE: {
    status: 404,
    exit: 2,
    says: { en: "There is no such purge.", fr: "Cette purge n’existe pas." },
  },
  RETENTION_PURGE_OVER: {
    status: 409,
    exit: 2,
    says: {
      en: "This purge has acted or was cancelled: nothing can be decided about it any more.",
      fr: "Cette purge a agi ou a été annulée : plus rien ne peut en être décidé.",
    },
  },
  RETENTION_CEILING: {
    status: 409,
    exit: 2,
    says: {
      en: "The agreement's longest period ends this data: no decision keeps it beyond that.",
      fr: "La durée la plus longue de l’accord met fin à ces données : aucune décision ne les garde au-delà.",
    },
    remedy: {
      en: "If a law requires that it be kept, place a hold that names that law.",
      fr: "Si une loi impose de les garder, posez une conservation qui nomme cette loi.",
    },
  },
  RETENTION_NEEDS_INSTRUCTION: {
    status: 400,
    exit: 2,
    says: {
      en: "Only the controller decides this: name the written instruction that it gave.",
      fr: "Seul le responsable de traitement en décide : indiquez l’instruction écrite qu’il a donnée.",
    },
    remedy: {
      en: "Give the reference of the instruction: a letter's number and day, without any name.",
      fr: "Donnez la référence de l’instruction : numéro et jour d’un courrier, sans aucun nom.",
    },
  },
  RETENTION_NO_SUBJECT: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has no such person.",
      fr: "Ce responsable de traitement n’a pas cette personne.",
    },
  },
  RETENTION_HOLD_BAD: {
    status: 400,
    exit: 2,
    says: {
      en: "A field of the hold is missing or cannot be.",
      fr: "Un champ de la conservation manque ou ne convient pas.",
    },
    remedy: {
      en: "Say why it is kept in at most 500 characters; give a day that is not over, and a category of the agreement.",
      fr: "Dites pourquoi en 500 caractères au plus ; donnez un jour qui n’est pas passé et une catégorie de l’accord.",
    },
  },
  RETENTION_HOLD_NEEDS_DPO: {
    status: 403,
    exit: 2,
    says: {
      en: "Whether a law requires a hold is said, and lifted, by a data protection officer.",
      fr: "Qu’une loi impose une conservation, c’est un délégué à la protection des données qui le dit, et qui la lève.",
    },
    remedy: {
      en: "Ask the data protection officer, or place a hold that no law requires: it ends at the agreement’s ceiling.",
      fr: "Demandez au délégué à la protection des données, ou posez une conservation sans loi : elle s’arrête au plafond de l’accord.",
    },
  },
  RETENTION_NO_HOLD: {
    status: 404,
    exit: 2,
    says: { en: "There is no such hold.", fr: "Cette conservation n’existe pas." },
  },
  RETENTION_NO_CONTRACT: {
    status: 404,
    exit: 2,
    says: { en: "There is no such contract.", fr: "Ce contrat n’existe pas." },
    remedy: {
      en: "`preau contracts show` lists the contracts of a controller with their references.",
      fr: "`preau contracts show` liste les contrats d’un responsable avec leurs références.",
    },
  },
  RETENTION_NO_END: {
    status: 404,
    exit: 2,
    says: { en: "No end of a contract is under way here.", fr: "Aucune fin de contrat n’est en cours ici." },
  },
  RETENTION_END_BAD: {
    status: 400,
    exit: 2,
    says: {
      en: "What was given for the contract’s end cannot be.",
      fr: "Ce qui est indiqué pour la fin du contrat ne convient pas.",
    },
    remedy: {
      en: "Give a choice that the agreement offers, and periods as days(30) or months(6), or `none`.",
      fr: "Donnez un choix offert par l’accord, et des durées comme days(30) ou months(6), ou `none`.",
    },
  },
  RETENTION_END_OUTSIDE_BOUNDS: {
    status: 400,
    exit: 2,
    says: {
      en: "This period lies outside what the agreement lets a contract settle.",
      fr: "Cette durée sort de ce que l’accord laisse régler par contrat.",
    },
    remedy: {
      en: "Keep to the shortest and the longest period that the clause names.",
      fr: "Restez entre la durée la plus courte et la plus longue que la clause nomme.",
    },
  },
  RETENTION_END_WITHOUT_DAY: {
    status: 409,
    exit: 2,
    says: {
      en: "The contract has no last day: it runs until it is ended.",
      fr: "Le contrat n’a pas de dernier jour : il court jusqu’à ce qu’on y mette fin.",
    },
    remedy: {
      en: "End it first, by `preau contracts end` or on its page.",
      fr: "Mettez-y fin d’abord, par `preau contracts end` ou sur sa page.",
    },
  },
  RETENTION_END_OVER: {
    status: 409,
    exit: 2,
    says: {
      en: "The erasure has begun, or this end is closed: that can no longer be changed.",
      fr: "L’effacement a commencé, ou cette fin est close : cela ne peut plus être changé.",
    },
  },
  RETENTION_END_TOO_EARLY: {
    status: 409,
    exit: 2,
    says: {
      en: "That can only be said once the step before it is done.",
      fr: "Cela ne peut se dire qu’une fois l’étape précédente faite.",
    },
    remedy: {
      en: "The hand-over is acknowledged after the hand-back; the erasure is confirmed after the choice.",
      fr: "La remise se reconnaît après la restitution ; l’effacement se confirme après le choix.",
    },
  },
  RETENTION_HAND_BACK_FOLDER: {
    status: 409,
    exit: 2,
    says: {
      en: "The folder of the hand-back cannot be used: it holds something else, or cannot be written.",
      fr: "Le dossier de restitution est inutilisable : il contient autre chose, ou ne peut être écrit.",
    },
    remedy: {
      en: "Name an empty folder that only this service can read; the hand-back then goes on where it stopped.",
      fr: "Indiquez un dossier vide que seul ce service peut lire ; la restitution reprendra où elle s’est arrêtée.",
    },
  },
  RETENTION_NO_CERTIFICATE: {
    status: 404,
    exit: 3,
    says: { en: "There is no certificate yet.", fr: "Il n’y a pas encore de certificat." },
    remedy: {
      en: "It is issued when every person’s erasure has its receipt.",
      fr: "Il est établi quand l’effacement de chaque personne a son reçu.",
    },
  },
  RETENTION_NO_HOLDING: {
    status: 404,
    exit: 2,
    says: { en: "No such copy is registered.", fr: "Aucune copie de ce nom n’est inscrite." },
  },
  RETENTION_HOLDING_BAD: {
    status: 400,
    exit: 2,
    says: {
      en: "A field of this registration is missing or cannot be.",
      fr: "Un champ de cette inscription manque ou ne convient pas.",
    },
    remedy: {
      en: "Give kind, place and moment; a file or folder must exist, and a moment must not lie ahead.",
      fr: "Donnez nature, lieu et moment ; un fichier ou dossier doit exister, et un moment ne peut être à venir.",
    },
  },
  RETENTION_RESTORE_NOT_TESTED: {
    status: 409,
    exit: 1,
    says: {
      en: "No backup of the site made after the loading has been restored in a test: nothing is destroyed.",
      fr: "Aucune sauvegarde du site postérieure au chargement n’a été restaurée à titre d’essai : rien n’est détruit.",
    },
    remedy: {
      en: "Restore a backup of the site in a test, record it with `preau loading restore-tested`, then go on.",
      fr: "Restaurez une sauvegarde du site à titre d’essai, inscrivez-le par `preau loading restore-tested`, puis reprenez.",
    },
  },
  RETENTION_HOLDING_NOT_DUE: {
    status: 409,
    exit: 1,
    says: {
      en: "Its time is not over, or nobody has accepted the loading yet: it is kept.",
      fr: "Son délai n’est pas écoulé, ou personne n’a encore accepté le chargement : elle est gardée.",
    },
  },
  RETENTION_HOLDING_KEPT: {
    status: 409,
    exit: 1,
    says: {
      en: "A hold that a law requires keeps this copy: nothing is destroyed.",
      fr: "Une conservation imposée par une loi garde cette copie : rien n’est détruit.",
    },
    remedy: {
      en: "Ask the data protection officer: once the hold has ended or is lifted, destroy the copy again.",
      fr: "Voyez le délégué à la protection des données : une fois la conservation finie ou levée, recommencez.",
    },
  },
  RETENTION_HOLDING_STANDS: {
    status: 500,
    exit: 1,
    says: {
      en: "The copy is still there, or something else stands in its place: its destruction stays open.",
      fr: "La copie est toujours là, ou autre chose occupe sa place : sa destruction reste ouverte.",
    },
    remedy: {
      en: "Read the cause in the operational log, free the place, and destroy again.",
      fr: "Lisez la cause dans le journal d’exploitation, libérez l’emplacement, puis recommencez.",
    },
  },
});

export const fault = faultsOf(errors);
