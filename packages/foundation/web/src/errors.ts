/** What the web answers by itself. The HTTP statuses are those of RFC 9110; the bodies those of RFC 9457. */
import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({
  WEB_BAD_REQUEST: {
    status: 400,
    exit: 2,
    says: { en: "This request cannot be read.", fr: "Cette requête est illisible." },
    remedy: {
      en: "Check its address and its body.",
      fr: "Vérifiez son adresse et son contenu.",
    },
  },
  WEB_SIGN_IN: {
    status: 401,
    exit: 2,
    says: { en: "Sign in to see this page.", fr: "Connectez-vous pour voir cette page." },
    remedy: {
      en: "Sign in through your school, then come back to this page.",
      fr: "Connectez-vous depuis votre établissement, puis revenez à cette page.",
    },
  },
  WEB_FORBIDDEN: {
    status: 403,
    exit: 2,
    says: { en: "Your role does not open this page.", fr: "Votre rôle n’ouvre pas cette page." },
    remedy: {
      en: "Ask a colleague whose role opens it.",
      fr: "Adressez-vous à un collègue dont le rôle l’ouvre.",
    },
  },
  WEB_OUTSIDE_NETWORK: {
    status: 403,
    exit: 2,
    says: {
      en: "Staff pages open only from the publisher's own network.",
      fr: "Les pages du personnel ne s’ouvrent que depuis le réseau interne de l’éditeur.",
    },
    remedy: {
      en: "Connect to the internal network, or have this network added to the configuration.",
      fr: "Connectez-vous au réseau interne, ou faites ajouter ce réseau à la configuration.",
    },
  },
  WEB_FORM_EXPIRED: {
    status: 403,
    exit: 2,
    says: {
      en: "This form was not sent from one of our pages, or it has expired.",
      fr: "Ce formulaire ne vient pas de l’une de nos pages, ou il a expiré.",
    },
    remedy: {
      en: "Go back, reload the page and send the form again. Nothing was changed.",
      fr: "Revenez en arrière, rechargez la page et renvoyez le formulaire. Rien n’a été modifié.",
    },
  },
  WEB_NOT_FOUND: {
    status: 404,
    exit: 2,
    says: { en: "There is no such page.", fr: "Cette page n’existe pas." },
    remedy: { en: "Start again from the home page.", fr: "Repartez de la page d’accueil." },
  },
  WEB_METHOD_NOT_ALLOWED: {
    status: 405,
    exit: 2,
    says: {
      en: "This address does not answer that method.",
      fr: "Cette adresse ne répond pas à cette méthode.",
    },
    remedy: {
      en: "Use one of the methods named in the Allow header.",
      fr: "Utilisez l’une des méthodes citées dans l’en-tête Allow.",
    },
  },
  WEB_TOO_LARGE: {
    status: 413,
    exit: 2,
    says: { en: "This is too large.", fr: "C’est trop volumineux." },
    remedy: { en: "Send less at a time.", fr: "Envoyez-en moins à la fois." },
  },
  WEB_MEDIA_TYPE: {
    status: 415,
    exit: 2,
    says: {
      en: "This address does not read that kind of content.",
      fr: "Cette adresse ne lit pas ce type de contenu.",
    },
    remedy: {
      en: "Send the content type that its documentation names, in UTF-8 and without compression.",
      fr: "Envoyez le type de contenu indiqué par sa documentation, en UTF-8 et sans compression.",
    },
  },
  WEB_TOO_MANY: {
    status: 429,
    exit: 2,
    says: { en: "Too many attempts from this network.", fr: "Trop de tentatives depuis ce réseau." },
    remedy: {
      en: "Wait for the time given in the Retry-After header.",
      fr: "Attendez le délai indiqué dans l’en-tête Retry-After.",
    },
  },
  WEB_UNEXPECTED: {
    status: 500,
    exit: 4,
    says: { en: "Something failed on our side.", fr: "Une erreur s’est produite de notre côté." },
    remedy: {
      en: "Try again; if it fails again, give us the reference below.",
      fr: "Réessayez ; si l’erreur persiste, donnez-nous la référence ci-dessous.",
    },
  },
  WEB_NOT_READY: {
    status: 503,
    exit: 4,
    says: { en: "The service is starting.", fr: "Le service démarre." },
    remedy: { en: "Try again in a few seconds.", fr: "Réessayez dans quelques secondes." },
  },
  WEB_BAD_OPTIONS: {
    status: 500,
    exit: 2,
    says: { en: "The web options do not fit together.", fr: "Les options du web ne sont pas cohérentes." },
    remedy: {
      en: "Read the place: it names the option or the route.",
      fr: "Lisez l’endroit indiqué : il nomme l’option ou la route.",
    },
  },
});

export const fault = faultsOf(errors);
