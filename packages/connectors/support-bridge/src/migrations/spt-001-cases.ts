import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Events of desks as they were stored, first of all: sealed until they are dealt with, a line afterwards. */
export const deskEvents: DatabaseMigration = {
  id: "spt_001_events",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("spt_event")) return;
    await knex.schema.createTable("spt_event", (t) => {
      idColumn(t, "id").primary();
      // The publisher's own scope, always: whose it is may not be known.
      controllerColumn(t).notNullable();
      exactColumn(t, "source", 16).notNullable();
      // Keyed hash of the source's own key of it: it may hold a reference of somebody.
      exactColumn(t, "key_hash", 64).notNullable();
      exactColumn(t, "state", 8).notNullable();
      exactColumn(t, "reason", 32).nullable();
      instantColumn(t, "received_at").notNullable();
      instantColumn(t, "settled_at").nullable();
      t.specificType("sealed", "mediumblob").nullable();
      t.unique(["source", "key_hash"], { indexName: "spt_event_key" });
      t.index(["state", "received_at"], "spt_event_state");
    });
  },
};

/** Cases and their words. What is written is sealed under the case's own key. */
export const cases: DatabaseMigration = {
  id: "spt_002_cases",
  up: async ({ knex }) => {
    if (!(await knex.schema.hasTable("spt_case"))) {
      await knex.schema.createTable("spt_case", (t) => {
        idColumn(t, "id").primary();
        controllerColumn(t).notNullable();
        exactColumn(t, "channel", 8).notNullable();
        exactColumn(t, "side", 8).notNullable();
        exactColumn(t, "reason", 32).nullable();
        exactColumn(t, "clause", 32).nullable();
        exactColumn(t, "state", 10).notNullable();
        exactColumn(t, "desk", 8).notNullable();
        exactColumn(t, "source", 16).nullable();
        // Keyed hash of the desk's reference of the conversation; gone when the case's words are.
        exactColumn(t, "ref_hash", 64).nullable();
        // The same, and it stays when the conversation goes on in another person's case: a message is looked for in all of them.
        exactColumn(t, "thread_hash", 64).nullable();
        exactColumn(t, "product", 64).nullable();
        exactColumn(t, "origin", 12).nullable();
        exactColumn(t, "role", 64).nullable();
        idColumn(t, "subject").nullable();
        exactColumn(t, "language", 2).notNullable();
        instantColumn(t, "opened_at").notNullable();
        instantColumn(t, "last_at").notNullable();
        // Of the newest message there, by the desk's clock: whoever wrote it, an older one that comes later is not the last word.
        instantColumn(t, "said_at").nullable();
        instantColumn(t, "closed_at").nullable();
        instantColumn(t, "text_gone_at").nullable();
        instantColumn(t, "desk_gone_at").nullable();
        instantColumn(t, "restricted_at").nullable();
        t.specificType("sealed", "mediumblob").nullable();
        t.unique(["source", "ref_hash"], { indexName: "spt_case_ref" });
        t.index(["source", "thread_hash"], "spt_case_thread");
        t.index(["controller", "subject"], "spt_case_subject");
        t.index(["controller", "state", "last_at"], "spt_case_state");
      });
    }
    if (await knex.schema.hasTable("spt_words")) return;
    await knex.schema.createTable("spt_words", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "case_id").notNullable();
      exactColumn(t, "author", 8).notNullable();
      // Keyed hash of what makes it one: the desk's id of the message, the press of a form.
      exactColumn(t, "key_hash", 64).notNullable();
      instantColumn(t, "received_at").notNullable();
      exactColumn(t, "state", 8).notNullable();
      exactColumn(t, "reason", 32).nullable();
      exactColumn(t, "clause", 32).nullable();
      t.string("masked", 400).notNullable();
      t.integer("files").notNullable().defaultTo(0);
      exactColumn(t, "proposal", 10).notNullable();
      t.string("matters", 200).notNullable();
      instantColumn(t, "proposal_due_at").nullable();
      idColumn(t, "inquiry").nullable();
      t.specificType("sealed", "mediumblob").nullable();
      t.unique(["case_id", "key_hash"], { indexName: "spt_words_key" });
      t.index(["controller", "case_id"], "spt_words_case");
      t.index(["proposal", "proposal_due_at"], "spt_words_proposal");
    });
  },
};

/**
 * Words by which persons are known whom the desk must not know: keyed hashes, and whose they are, so that they go with the
 * person. `serial` grows with each change of a controller, in the order of their commits; `floor` is the last at which some went,
 * so that every replica reads the others again.
 */
export const knownWords: DatabaseMigration = {
  id: "spt_003_known_words",
  up: async ({ knex }) => {
    if (!(await knex.schema.hasTable("spt_known_word"))) {
      await knex.schema.createTable("spt_known_word", (t) => {
        controllerColumn(t).notNullable();
        idColumn(t, "owner").notNullable();
        exactColumn(t, "hash", 32).notNullable();
        exactColumn(t, "kind", 8).notNullable();
        t.bigInteger("serial").notNullable();
        t.primary(["controller", "owner", "hash"]);
        t.index(["controller", "serial"], "spt_known_word_serial");
        t.index(["hash"], "spt_known_word_hash");
      });
    }
    if (await knex.schema.hasTable("spt_known_state")) return;
    await knex.schema.createTable("spt_known_state", (t) => {
      controllerColumn(t).notNullable();
      t.bigInteger("serial").notNullable();
      t.bigInteger("floor").notNullable();
      t.primary(["controller"]);
    });
  },
};
