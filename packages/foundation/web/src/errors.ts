/** What the web answers by itself, and its accounts. The HTTP statuses are those of RFC 9110; the bodies those of RFC 9457. */
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
  WEB_BUSY: {
    status: 503,
    exit: 4,
    says: { en: "Too many sign-ins at this moment.", fr: "Trop de connexions en ce moment." },
    remedy: { en: "Try again in a few seconds.", fr: "Réessayez dans quelques secondes." },
  },
  ACCOUNT_WAIT: {
    status: 429,
    exit: 2,
    says: {
      en: "There were too many failed attempts with this address, or from this network.",
      fr: "Trop de tentatives ont échoué avec cette adresse, ou depuis ce réseau.",
    },
    remedy: {
      en: "Wait for the time given, then try again. An administrator can lift the lock.",
      fr: "Attendez le délai indiqué, puis réessayez. Un administrateur peut lever le blocage.",
    },
  },
  ACCOUNT_UNKNOWN: {
    status: 404,
    exit: 2,
    says: { en: "There is no such account.", fr: "Ce compte n’existe pas." },
    remedy: { en: "Look at the list of accounts.", fr: "Consultez la liste des comptes." },
  },
  ACCOUNT_NOT_YOURS: {
    status: 403,
    exit: 2,
    says: {
      en: "Your role may not give this right, or act upon this account.",
      fr: "Votre rôle ne permet pas de donner ce droit, ni d’agir sur ce compte.",
    },
    remedy: {
      en: "Ask somebody whose role may. Nobody acts upon the own account here.",
      fr: "Adressez-vous à une personne dont le rôle le permet. Nul n’agit ici sur son propre compte.",
    },
  },
  ACCOUNT_LAST_ADMINISTRATOR: {
    status: 409,
    exit: 2,
    says: {
      en: "This is the last account that can administer the others.",
      fr: "C’est le dernier compte qui peut administrer les autres.",
    },
    remedy: {
      en: "Invite a successor first, and wait until that invitation is accepted.",
      fr: "Invitez d’abord un successeur, et attendez que cette invitation soit acceptée.",
    },
  },
  ACCOUNT_EXISTS: {
    status: 409,
    exit: 2,
    says: {
      en: "This address has an account here already.",
      fr: "Cette adresse a déjà un compte ici.",
    },
    remedy: { en: "Look at the list of accounts.", fr: "Consultez la liste des comptes." },
  },
  ACCOUNT_WRONG_STATE: {
    status: 409,
    exit: 2,
    says: {
      en: "This account is not in a state that allows it.",
      fr: "L’état de ce compte ne le permet pas.",
    },
    remedy: { en: "Reload the list of accounts.", fr: "Rechargez la liste des comptes." },
  },
  ACCOUNT_BAD_PERSON: {
    status: 400,
    exit: 2,
    says: {
      en: "This is not an e-mail address, or not a name.",
      fr: "Ceci n’est pas une adresse électronique, ou pas un nom.",
    },
    remedy: {
      en: "Give a whole address and a name of at most 120 characters on one line.",
      fr: "Donnez une adresse complète et un nom d’au plus 120 caractères sur une ligne.",
    },
  },
  ACCOUNT_BAD_ROLE: {
    status: 400,
    exit: 2,
    says: {
      en: "There is no such role, or not for this controller.",
      fr: "Ce rôle n’existe pas, ou pas pour ce responsable de traitement.",
    },
    remedy: {
      en: "Staff roles stand at “publisher”; a client's roles at the client.",
      fr: "Les rôles du personnel valent pour « publisher » ; ceux d’un client, pour ce client.",
    },
  },
  ACCOUNT_STEP_UP: {
    status: 403,
    exit: 2,
    says: {
      en: "Confirm with your second factor first.",
      fr: "Confirmez d’abord avec votre second facteur.",
    },
    remedy: {
      en: "Open “My account”, give a code, then start again.",
      fr: "Ouvrez « Mon compte », donnez un code, puis recommencez.",
    },
  },
  ACCOUNT_LINK_DEAD: {
    status: 410,
    exit: 2,
    says: {
      en: "This link has been used, has expired, or was never one of ours.",
      fr: "Ce lien a déjà servi, a expiré, ou n’a jamais été l’un des nôtres.",
    },
    remedy: {
      en: "Ask whoever gave it to you for another one.",
      fr: "Demandez-en un autre à la personne qui vous l’a remis.",
    },
  },
  WEB_LINK_DEAD: {
    status: 410,
    exit: 2,
    says: {
      en: "This link has been used, has expired, or was never one of ours.",
      fr: "Ce lien a déjà servi, a expiré, ou n’a jamais été l’un des nôtres.",
    },
    remedy: {
      en: "Ask whoever wrote to you for a new one.",
      fr: "Demandez-en un nouveau à la personne qui vous a écrit.",
    },
  },
  WEB_TOKEN_NEEDED: {
    status: 401,
    exit: 2,
    says: {
      en: "This address is for machines with a token.",
      fr: "Cette adresse sert aux machines munies d’un jeton.",
    },
    remedy: {
      en: "Send the header “Authorization: Bearer” with a token of your client.",
      fr: "Envoyez l’en-tête « Authorization: Bearer » avec un jeton de votre client.",
    },
  },
  WEB_TOKEN_REFUSED: {
    status: 401,
    exit: 2,
    says: {
      en: "This token has expired, was revoked, or was never one of ours.",
      fr: "Ce jeton a expiré, a été révoqué, ou n’a jamais été l’un des nôtres.",
    },
    remedy: {
      en: "Have the client's administrator make another one.",
      fr: "Faites-en créer un autre par l’administrateur du client.",
    },
  },
  WEB_TOKEN_SCOPE: {
    status: 403,
    exit: 2,
    says: { en: "This token does not open that.", fr: "Ce jeton n’ouvre pas cela." },
    remedy: {
      en: "Have a token made whose rights name it.",
      fr: "Faites créer un jeton dont les droits le citent.",
    },
  },
  WEB_TOKEN_UNKNOWN: {
    status: 404,
    exit: 2,
    says: { en: "This client has no such token.", fr: "Ce client n’a pas un tel jeton." },
    remedy: { en: "Look at the list of tokens.", fr: "Consultez la liste des jetons." },
  },
  WEB_TOKEN_BAD: {
    status: 422,
    exit: 2,
    says: {
      en: "A token needs a use, one right at least, and an end within a year.",
      fr: "Un jeton demande un usage, au moins un droit et une fin dans l’année.",
    },
    remedy: { en: "Correct the field named.", fr: "Corrigez le champ indiqué." },
  },
  WEB_TOKEN_NOT_YOURS: {
    status: 403,
    exit: 2,
    says: {
      en: "A token that gives instructions is made by the client's own people alone.",
      fr: "Un jeton qui donne des instructions n’est créé que par les personnes du client.",
    },
    remedy: {
      en: "Ask the client's administrator or data protection officer to make it under their account.",
      fr: "Demandez à l’administrateur ou au délégué du client de le créer depuis son compte.",
    },
  },
  ACCOUNT_SIGN_IN_OVER: {
    status: 403,
    exit: 2,
    says: {
      en: "This sign-in has taken too long, or was begun elsewhere.",
      fr: "Cette connexion a duré trop longtemps, ou a commencé ailleurs.",
    },
    remedy: { en: "Sign in again.", fr: "Connectez-vous à nouveau." },
  },
  ACCOUNT_OPENID_REFUSED: {
    status: 403,
    exit: 2,
    says: {
      en: "The company's sign-in leads to no account here.",
      fr: "La connexion de l’entreprise ne mène à aucun compte ici.",
    },
    remedy: {
      en: "Accept your invitation through it first, or sign in with your password.",
      fr: "Acceptez d’abord votre invitation par son biais, ou connectez-vous par mot de passe.",
    },
  },
  ACCOUNT_OPENID_SILENT: {
    status: 503,
    exit: 4,
    says: {
      en: "The company's sign-in does not answer.",
      fr: "La connexion de l’entreprise ne répond pas.",
    },
    remedy: {
      en: "Try again; check the issuer and the client in preau.yaml.",
      fr: "Réessayez ; vérifiez l’émetteur et le client dans preau.yaml.",
    },
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
