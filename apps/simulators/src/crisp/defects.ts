/** The switches of the desk. Hooks first, then the REST service, then deletions. */

/** Settings of an honest desk. */
export const hookSettings = {
  "website-hooks": {
    says: "the website's hook is told too: unsigned, a secret in its address",
    fr: "le crochet du site est appelé aussi : non signé, un secret dans son adresse",
  },
  "no-plugin-hooks": {
    says: "the plugin's hook is not told",
    fr: "le crochet du greffon n'est pas appelé",
  },
  "signs-with-next": {
    says: "signs with the second secret: the publisher has rotated it",
    fr: "signe avec le second secret : l'éditeur l'a renouvelé",
  },
  "no-echoes": {
    says: "messages that the plugin posted are not told back to it",
    fr: "les messages que le greffon a postés ne lui reviennent pas",
  },
  spelling: {
    says: "writes the JSON as: 1 spaced, 2 \\u escapes, 3 \\/ escapes, 4 keys like integers, 5 whole numbers with .0, 6 a number above 2^53, 7 keys twice, 8 keys in another order",
    fr: "écrit le JSON ainsi : 1 espacé, 2 échappements \\u, 3 échappements \\/, 4 clés pareilles à des entiers, 5 entiers avec .0, 6 un nombre au-delà de 2^53, 7 clés en double, 8 clés dans un autre ordre",
    takes: { upTo: 8 },
  },
  "every-spelling": {
    says: "each event comes eight times, once in each spelling, all signed",
    fr: "chaque événement vient huit fois, une par écriture, toutes signées",
  },
  "retry-ms": {
    says: "milliseconds between two attempts, instead of 5 s, 30 s, 2 min",
    fr: "millisecondes entre deux essais, au lieu de 5 s, 30 s, 2 min",
    takes: { upTo: 3_600_000 },
  },
  "retries-keep-timestamp": {
    says: "a repeated attempt carries the timestamp and signature of the first one",
    fr: "un nouvel essai porte l'horodatage et la signature du premier",
  },
} as const;

export const hookDefects = {
  duplicates: {
    says: "each event comes so many times more, the same bytes",
    fr: "chaque événement vient autant de fois de plus, octet pour octet",
    takes: { upTo: 20 },
  },
  reordered: {
    says: "so many events are held, then delivered last first",
    fr: "autant d'événements sont retenus, puis livrés le dernier en premier",
    takes: { upTo: 100 },
  },
  "delay-ms": {
    says: "each delivery waits so many milliseconds; its timestamp does not",
    fr: "chaque livraison attend autant de millisecondes ; son horodatage, non",
    takes: { upTo: 3_600_000 },
  },
  drops: {
    says: "every so many events one is lost; 1 loses all",
    fr: "un événement sur autant se perd ; 1 les perd tous",
    takes: { upTo: 1_000 },
  },
  stale: {
    says: "timestamps lie so many seconds in the past, under a right signature",
    fr: "les horodatages ont autant de secondes de retard, sous une signature juste",
    takes: { upTo: 1_000_000_000 },
  },
  future: {
    says: "timestamps lie so many seconds in the future, under a right signature",
    fr: "les horodatages ont autant de secondes d'avance, sous une signature juste",
    takes: { upTo: 1_000_000_000 },
  },
  "wrong-key": {
    says: "signs with a secret that nobody knows; the website's address carries a wrong one",
    fr: "signe avec un secret que nul ne connaît ; l'adresse du site en porte un faux",
  },
  unsigned: {
    says: "the plugin's hook carries no signature",
    fr: "le crochet du greffon ne porte pas de signature",
  },
  tampered: {
    says: "the body is changed after it was signed",
    fr: "le corps est modifié après la signature",
  },
  "timestamp-tampered": {
    says: "the timestamp is moved to now after a signature of an hour ago",
    fr: "l'horodatage est mis à maintenant après une signature d'il y a une heure",
  },
} as const;

export const apiDefects = {
  slow: {
    says: "the REST service answers after so many seconds",
    fr: "le service REST répond après autant de secondes",
    takes: { upTo: 600 },
  },
  status: {
    says: "every request is answered with this HTTP status",
    fr: "toute requête reçoit ce statut HTTP",
    takes: { upTo: 599 },
  },
  quota: {
    says: "so many requests a day (UTC), then 429",
    fr: "autant de requêtes par jour (UTC), puis 429",
    takes: { upTo: 1_000_000 },
  },
  calm: {
    says: "420: calm down",
    fr: "420 : du calme",
  },
  "cut-off": {
    says: "what is asked is done, but the connection ends before the answer",
    fr: "ce qui est demandé est fait, mais la connexion se ferme avant la réponse",
  },
} as const;

export const deletionDefects = {
  "deletions-late": {
    says: "deletions are answered at once and happen so many seconds later",
    fr: "les suppressions sont confirmées aussitôt et ont lieu autant de secondes après",
    takes: { upTo: 1_000_000 },
  },
  "deletions-partial": {
    says: "deletions leave something: files stay at their addresses, a profile loses its e-mail alone",
    fr: "les suppressions laissent quelque chose : les fichiers à leurs adresses, un profil, moins son seul courriel",
  },
  "deletions-refused": {
    says: "deletions are refused (403)",
    fr: "les suppressions sont refusées (403)",
  },
} as const;

/** Every switch. */
export const deskDefects = { ...hookSettings, ...hookDefects, ...apiDefects, ...deletionDefects } as const;
