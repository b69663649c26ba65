/** What `preau simulate --help` says. */
import type { Language } from "@preau/kernel";

const en = {
  simulate:
    "a simulated GAR, school, mail provider or support desk for your own development and tests: everything in it is invented",
  gar: "the GAR: SAML 2.0, OpenID Connect, CAS 3.0, the médiacentre, the subscription service; defects on demand",
  school: "the demo school, a small LMS to erase from and export",
  mail: "a mail provider that speaks Brevo’s API, with its log, its blocklist, its web hooks",
  desk: "a support desk that speaks Crisp’s API and hooks, with a visitor’s chat box and an operator’s inbox",
  all: "every simulator",
  port: "TCP port; 0 for any that is free",
  json: "the addresses in JSON, on one line of stdout, once all listen",
  agreement:
    "write the reference agreement with pupils of the GAR in it; without it their sign-in is refused",
  written: (folder: string) => `Name the folder in preau.yaml:  agreement: ${folder}`,
};

const fr: typeof en = {
  simulate:
    "un GAR, une école, un prestataire de messagerie ou un service d’assistance simulés, pour votre développement et vos tests : tout y est inventé",
  gar: "le GAR : SAML 2.0, OpenID Connect, CAS 3.0, le médiacentre, le service d’abonnement ; des défauts à la demande",
  school: "l’école de démonstration, un petit LMS où effacer et exporter",
  mail: "un prestataire de messagerie qui parle l’API de Brevo, avec son journal, sa liste de blocage, ses notifications",
  desk: "un service d’assistance qui parle l’API et les notifications de Crisp, avec la fenêtre du visiteur et la boîte de l’agent",
  all: "tous les simulateurs",
  port: "port TCP ; 0 pour n’importe lequel de libre",
  json: "les adresses en JSON, sur une ligne de stdout, dès que tout écoute",
  agreement: "écrire l’accord de référence avec les élèves du GAR ; sans lui leur connexion est refusée",
  written: (folder) => `Nommez le dossier dans preau.yaml :  agreement: ${folder}`,
};

export const simulateHelp: Readonly<Record<Language, typeof en>> = { en, fr };
