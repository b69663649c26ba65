import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Messages as they reached us, in the publisher's scope. What was written is sealed. */
export const inquiries: DatabaseMigration = {
  id: "dsr_001_inquiries",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_inquiry")) return;
    await knex.schema.createTable("dsr_inquiry", (t) => {
      idColumn(t, "id").primary();
      // The publisher's own scope, always: whose it is may not be known.
      controllerColumn(t).notNullable();
      exactColumn(t, "state", 20).notNullable();
      exactColumn(t, "channel", 8).notNullable();
      exactColumn(t, "language", 2).notNullable();
      // Keyed hash of the caller's key: a Message-ID may name somebody.
      exactColumn(t, "key_hash", 64).notNullable();
      instantColumn(t, "received_at").notNullable();
      instantColumn(t, "recorded_at").notNullable();
      instantColumn(t, "forward_due_at").notNullable();
      controllerColumn(t, "requester_controller");
      idColumn(t, "requester_subject");
      exactColumn(t, "requester_origin", 12);
      exactColumn(t, "requester_role", 12);
      t.string("matters", 200).notNullable();
      t.string("recognised", 200).notNullable();
      exactColumn(t, "address_hash", 64);
      t.integer("attachments").notNullable().defaultTo(0);
      t.integer("level").notNullable().defaultTo(0);
      instantColumn(t, "overdue_at");
      instantColumn(t, "closed_at");
      instantColumn(t, "text_gone_at");
      t.specificType("sealed", "mediumblob");
      t.unique(["controller", "key_hash"]);
      t.index(["controller", "state", "forward_due_at"]);
      t.index(["controller", "address_hash"]);
      t.index(["requester_controller", "requester_subject"]);
    });
  },
};

/** One right of one person at one controller. */
export const requests: DatabaseMigration = {
  id: "dsr_002_requests",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_request")) return;
    await knex.schema.createTable("dsr_request", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "inquiry").notNullable();
      exactColumn(t, "matter", 24).notNullable();
      exactColumn(t, "state", 12).notNullable();
      exactColumn(t, "language", 2).notNullable();
      idColumn(t, "subject");
      idColumn(t, "requester");
      exactColumn(t, "origin", 12);
      exactColumn(t, "role", 12).notNullable();
      exactColumn(t, "identity", 12).notNullable();
      exactColumn(t, "authority", 20).notNullable();
      instantColumn(t, "received_at").notNullable();
      instantColumn(t, "forward_due_at").notNullable();
      instantColumn(t, "forwarded_at");
      exactColumn(t, "forwarded_by", 4);
      instantColumn(t, "opened_at");
      instantColumn(t, "acknowledged_at");
      instantColumn(t, "answer_due_at");
      instantColumn(t, "extended_at");
      exactColumn(t, "outcome", 12);
      exactColumn(t, "reason", 32);
      instantColumn(t, "closed_at");
      exactColumn(t, "closed_by", 32);
      t.integer("level").notNullable().defaultTo(0);
      instantColumn(t, "overdue_at");
      t.integer("bounces").notNullable().defaultTo(0);
      t.boolean("text_held").notNullable().defaultTo(false);
      exactColumn(t, "address_hash", 64);
      // Who and what, keyed, while it is open: of two that come at once, one stands. Null once it is closed.
      exactColumn(t, "open_key", 64);
      // What the controller needs to know of the person and may read of the text, under the request's own key.
      t.specificType("sealed", "mediumblob");
      // When that key was destroyed.
      instantColumn(t, "sealed_gone_at");
      t.unique(["controller", "open_key"]);
      t.index(["controller", "subject", "state"]);
      t.index(["controller", "requester", "state"]);
      t.index(["controller", "state", "forward_due_at"]);
      t.index(["controller", "address_hash"]);
      t.index(["state", "forward_due_at"]);
    });
  },
};

/** Which inquiries a request came out of: the first, and those merged into it. */
export const inquiryRequests: DatabaseMigration = {
  id: "dsr_003_inquiry_requests",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_inquiry_request")) return;
    await knex.schema.createTable("dsr_inquiry_request", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "inquiry").notNullable();
      idColumn(t, "request").notNullable();
      instantColumn(t, "attached_at").notNullable();
      t.primary(["controller", "request", "inquiry"]);
      t.index(["inquiry"]);
    });
  },
};
