/** What `preau gar …` says, in both languages. */
import type { Language } from "@preau/kernel";

const en = {
  gar: "what concerns the GAR, the ministry's access manager",
  subscriptions: "the subscriptions that open a resource to schools, at the GAR's web service",
  list: "list what the GAR holds",
  create: "create a subscription from a YAML or JSON file; one that exists already is updated",
  update: "change a subscription: dates, licences, audiences; never its schools",
  delete: "delete a subscription: its schools lose the resource",
  schools: "fetch the list of schools when it is a day old; with UAIs, show these schools",
  allocations: "how many persons each school has given the resource to",
  doctor: "clocks, certificates, what changed in metadata, declared attributes against received ones",
  accept: "keep the metadata seen now as accepted: changes are said from there on",
  id: "its idAbonnement",
  school: "those of one school, by UAI",
  project: "those of one codeProjetRessource",
  distributor: "those of one idDistributeurCom",
  type: "INDIV or ETABL",
  audience: "ELEVE, ENSEIGNANT, DOCUMENTALISTE or AUTRE PERSONNEL",
  part: "a part of the list, as the service counts it: 0-100",
  dryRun: "check every rule and show what would be sent; send nothing",
  refresh: "fetch the list of schools now",
  ofSubscription: "of one subscription, by idAbonnement",
  ofProject: "of all subscriptions of one codeProjetRessource",
  none: "The GAR holds no such subscription.",
  noAllocation: "No school has given the resource to anybody yet.",
  notListed: "not on the GAR's list",
  created: "created",
  updated: "updated",
  existed: "it existed already",
  deleted: "deleted",
  wouldSend: "Nothing was sent: this was a dry run.",
  startStays: "An update sends the debutValidite that the GAR holds, which a dry run does not ask for.",
  serviceSays: (message: string) => `The GAR says: ${message}`,
  startIs: (moment: string) => `Its start stays ${moment}: an update cannot move it.`,
  certificateEnds: (moment: string) =>
    `Our certificate for the GAR's subscription service ends at ${moment}: ask for the next one.`,
  askDelete: "Delete this subscription? Its schools lose the resource. [y/N]",
  listFacts: (schools: number, primary: number, at: string) =>
    `${schools} schools, ${primary} of them primary; fetched at ${at}`,
  old: "The list of schools is more than a day old: it could not be fetched again.",
  columns: ["subscription", "resource", "schools", "from", "until", "for"],
  schoolColumns: ["UAI", "nature", "school", "place", "ENT"],
  allocationColumns: ["school", "subscription", "project", "pupils", "teachers", "librarians", "others"],
  fileExample: `A file (the GAR's own field names; a day alone is enough):
  idAbonnement: 3f6c1f0e-5b0a-4c3e-9d5e-0a4f2b7c9e11
  idRessource: ark:/99999/plume
  libelleRessource: Plume
  debutValidite: 2026-09-01
  anneeFinValidite: 2026-2027
  uaiEtab: [0999997C]
  typeAffectation: INDIV
  nbLicenceGlobale: ILLIMITE
  publicCible: [ELEVE, ENSEIGNANT]`,
  exits:
    "2: refused here, nothing was sent · 1: the GAR says no, or there is none · 4: no answer, or a certificate is refused",
};

const fr: typeof en = {
  gar: "ce qui touche au GAR, le gestionnaire d’accès aux ressources du ministère",
  subscriptions: "les abonnements qui ouvrent une ressource aux établissements, au service web du GAR",
  list: "lister ce que le GAR a enregistré",
  create: "créer un abonnement depuis un fichier YAML ou JSON ; s’il existe déjà, il est mis à jour",
  update: "modifier un abonnement : dates, licences, publics ; jamais ses établissements",
  delete: "supprimer un abonnement : ses établissements perdent la ressource",
  schools: "récupérer la liste des établissements si elle a plus d’un jour ; avec des UAI, montrer ceux-là",
  allocations: "à combien de personnes chaque établissement a donné la ressource",
  doctor: "horloges, certificats, changements des métadonnées, attributs déclarés et reçus",
  accept: "accepter les métadonnées vues maintenant : les changements sont dits à partir de là",
  id: "son idAbonnement",
  school: "ceux d’un établissement, par UAI",
  project: "ceux d’un codeProjetRessource",
  distributor: "ceux d’un idDistributeurCom",
  type: "INDIV ou ETABL",
  audience: "ELEVE, ENSEIGNANT, DOCUMENTALISTE ou AUTRE PERSONNEL",
  part: "une partie de la liste, comme le service la compte : 0-100",
  dryRun: "vérifier toutes les règles et montrer ce qui serait envoyé ; ne rien envoyer",
  refresh: "récupérer la liste des établissements maintenant",
  ofSubscription: "d’un abonnement, par idAbonnement",
  ofProject: "de tous les abonnements d’un codeProjetRessource",
  none: "Le GAR n’a pas de tel abonnement.",
  noAllocation: "Aucun établissement n’a encore donné la ressource à qui que ce soit.",
  notListed: "absent de la liste du GAR",
  created: "créé",
  updated: "mis à jour",
  existed: "il existait déjà",
  deleted: "supprimé",
  wouldSend: "Rien n’a été envoyé : ceci était un essai.",
  startStays:
    "Une mise à jour envoie le debutValidite que le GAR a enregistré, qu’un essai ne lui demande pas.",
  serviceSays: (message: string) => `Le GAR répond : ${message}`,
  startIs: (moment: string) => `Son début reste ${moment} : une mise à jour ne peut pas le déplacer.`,
  certificateEnds: (moment: string) =>
    `Notre certificat pour le service d’abonnement du GAR prend fin à ${moment} : demandez le suivant.`,
  askDelete: "Supprimer cet abonnement ? Ses établissements perdent la ressource. [o/N]",
  listFacts: (schools: number, primary: number, at: string) =>
    `${schools} établissements, dont ${primary} du premier degré ; récupérée à ${at}`,
  old: "La liste des établissements a plus d’un jour : elle n’a pas pu être récupérée à nouveau.",
  columns: ["abonnement", "ressource", "établissements", "du", "au", "pour"],
  schoolColumns: ["UAI", "nature", "établissement", "lieu", "ENT"],
  allocationColumns: [
    "établissement",
    "abonnement",
    "projet",
    "élèves",
    "enseignants",
    "documentalistes",
    "autres",
  ],
  fileExample: `Un fichier (les noms de champs du GAR ; un jour seul suffit) :
  idAbonnement: 3f6c1f0e-5b0a-4c3e-9d5e-0a4f2b7c9e11
  idRessource: ark:/99999/plume
  libelleRessource: Plume
  debutValidite: 2026-09-01
  anneeFinValidite: 2026-2027
  uaiEtab: [0999997C]
  typeAffectation: INDIV
  nbLicenceGlobale: ILLIMITE
  publicCible: [ELEVE, ENSEIGNANT]`,
  exits:
    "2 : refusé ici, rien n’est envoyé · 1 : le GAR refuse, ou il n’y a rien · 4 : pas de réponse, ou un certificat est refusé",
};

export const garTexts: Readonly<Record<Language, typeof en>> = { en, fr };
