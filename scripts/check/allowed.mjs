// Every exception to a check, in one place, with its reason.

/** Files that may read the clock or chance. */
export const readsClockOrChance = new Map([
  ["packages/foundation/kernel/src/clock.ts", "the system clock itself"],
  ["packages/foundation/kernel/src/ids.ts", "identifiers are made of the clock and of chance"],
]);

/** Packages that are about SQL as a whole: knex is their subject, not a detail of their store. */
export const speaksSql = new Map([
  ["@preau/database", "knex on SQLite and MariaDB is what it offers"],
  ["@preau/data-map", "reads and writes foreign databases that the map describes"],
  ["@preau/simulators", "each peer stands for a foreign system with a database of its own"],
]);

/** Packages that are about HTTP as a whole. */
export const speaksHttp = new Map([["@preau/web", "Express is what it wraps"]]);

/** Packages whose source never ships. */
export const neverShips = new Map([["@preau/testing", "contract suites and factories, for tests only"]]);

/** Source folders beyond the common inner shape: package → folder → reason. */
export const extraFolders = new Map([
  ["@preau/mailer", { transports: "one supplier a file" }],
  ["@preau/support-bridge", { sources: "one supplier a file" }],
  [
    "@preau/gar",
    {
      saml: "a protocol",
      oidc: "a protocol",
      cas: "a protocol",
      xml: "the strict reader of all XML that comes from outside",
      accounts: "what becomes of who signed in",
      subscriptions: "the ministry's web service, which needs no sign-in",
      doctor: "what would refuse sign-ins tomorrow",
    },
  ],
  [
    "@preau/simulators",
    {
      gar: "a peer",
      "gar-oidc": "its protocol, one folder each",
      "gar-cas": "its protocol",
      "gar-subscriptions": "its web service",
      school: "a peer",
      brevo: "a peer",
      crisp: "a peer",
      moodle: "a peer, one folder each",
    },
  ],
]);

/** Source files at the root of src/ beyond the common inner shape need no entry: nouns and verbs are free. */

/** Files longer than 400 lines: tables of data only. */
export const longFiles = new Map([
  [
    "packages/connectors/gar/src/errors.ts",
    "the connector's one table of errors, for three protocols and a web service",
  ],
]);
