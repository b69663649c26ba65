/**
 * Makes the populated Moodle school larger, inside its own database: pupils upon pupils after the pattern of one, with the
 * rows that a pupil leaves most of. Rows of one pupil lie scattered over the whole table, as they do when a class works at
 * the same time. Every number is chosen by the row's place, so that a growth is the same each time.
 */
import type { MariaDb } from "@preau/testing";

export interface Growth {
  /** How many pupils come in addition. */
  readonly pupils: number;
  /** Rows a pupil. */
  readonly logs: number;
  readonly history: number;
  readonly grades: number;
  /** Quiz attempts, each with its usage, 3 question attempts, 6 steps and 4 values. */
  readonly attempts: number;
}

/** The pupil after whom the others are made. */
const PATTERN = 210;
/** Keys of what is added begin here, in every table. */
const FIRST = 10_000_000;
/** Rows of a large table inserted by one statement, about. */
const ROWS_A_STATEMENT = 200_000;

/** Keys of the pupils that a growth adds. */
export function grownPupils({ pupils }: Growth): readonly number[] {
  return Array.from({ length: pupils }, (_, index) => FIRST + index);
}

export function grownRows({ pupils, logs, history, grades, attempts }: Growth): number {
  return pupils * (1 + logs + history + grades + attempts * 15);
}

/** Adds the pupils and their rows to the schema `moodle`. */
export async function growSchool(server: Pick<MariaDb, "sql">, growth: Growth): Promise<void> {
  const { pupils, logs, history, grades, attempts } = growth;
  const run = (sql: string) =>
    server.sql(`set session sql_mode = ''; set unique_checks = 0; ${sql}`, "moodle");
  const columnsOf = async (table: string) =>
    (
      await server.sql(
        `select column_name from information_schema.columns where table_schema = 'moodle' and table_name = '${table}' order by ordinal_position`,
      )
    )
      .trim()
      .split("\n");

  /** Rows of `table`: for each number from 0 to `each`, and each pupil, one row after a row of the pattern's. */
  const multiply = async (
    table: string,
    each: number,
    pattern: string,
    change: Readonly<Record<string, string>>,
  ) => {
    const columns = await columnsOf(table);
    const list = columns.map((column) => `\`${column}\``).join(", ");
    const values = columns.map((column) => change[column] ?? `t.\`${column}\``).join(", ");
    const some = Math.max(1, Math.floor(ROWS_A_STATEMENT / pupils));
    for (let from = 0; from < each; from += some) {
      const to = Math.min(each, from + some) - 1;
      await run(
        `insert into ${table} (${list}) select ${values}
           from seq_${from}_to_${to} n
           straight_join (select row_number() over (order by id) - 1 as place, count(*) over () as places, x.* from ${table} x where ${pattern}) t
             on t.place = n.seq % t.places
           straight_join seq_0_to_${pupils - 1} p order by n.seq, p.seq`,
      );
    }
  };
  const pupil = `${FIRST} + p.seq`;
  const id = `${FIRST} + n.seq * ${pupils} + p.seq`;
  const word = "concat('p', conv(p.seq + 46656, 10, 36))";

  await multiply("mdl_user", 1, `id = ${PATTERN}`, {
    id: pupil,
    username: word,
    idnumber: `concat('N', ${FIRST} + p.seq, 'X')`,
    email: `concat(${word}, '@eleve.example.invalid')`,
    firstname:
      "concat(elt(1 + p.seq % 7, 'Léa', 'Noé', 'Inès', 'Hugo', 'Zoé', 'Élie', 'Anaïs'), conv(p.seq DIV 7 + 1296, 10, 36))",
    lastname: `concat(elt(1 + p.seq % 5, 'Martin', 'Brévan', 'D’Hœrt', 'Le Goff', 'Petit'), '-', conv(p.seq + 46656, 10, 36))`,
    phone1: "concat('06', lpad(p.seq, 8, '3'))",
    phone2: "concat('07', lpad(p.seq, 8, '4'))",
  });
  await multiply("mdl_logstore_standard_log", logs, `userid = ${PATTERN}`, {
    id,
    userid: pupil,
    relateduserid: `if(t.relateduserid = ${PATTERN}, ${pupil}, null)`,
    objectid: `if(t.objecttable = 'user', ${pupil}, t.objectid)`,
    contextinstanceid: `if(t.contextlevel = 30, ${pupil}, t.contextinstanceid)`,
    timecreated: "t.timecreated + n.seq * 60",
  });
  await multiply("mdl_grade_grades_history", history, `userid = ${PATTERN}`, {
    id,
    userid: pupil,
    loggeduser: `if(t.loggeduser = ${PATTERN}, ${pupil}, t.loggeduser)`,
    usermodified: `if(t.usermodified = ${PATTERN}, ${pupil}, t.usermodified)`,
  });
  await multiply("mdl_grade_grades", grades, `userid = ${PATTERN}`, {
    id,
    userid: pupil,
    itemid: "t.itemid + 1000000 * (n.seq DIV t.places)",
    usermodified: `if(t.usermodified = ${PATTERN}, ${pupil}, t.usermodified)`,
  });
  await multiply("mdl_question_usages", attempts, "component = 'mod_quiz' limit 20", { id });
  await multiply("mdl_quiz_attempts", attempts, `userid = ${PATTERN} limit 20`, {
    id,
    userid: pupil,
    uniqueid: id,
    attempt: "1 + n.seq",
  });
  await multiply("mdl_question_attempts", attempts * 3, "slot = 1 limit 20", {
    id,
    questionusageid: `${FIRST} + (n.seq DIV 3) * ${pupils} + p.seq`,
    slot: "1 + n.seq % 3",
  });
  await multiply("mdl_question_attempt_steps", attempts * 6, `userid = ${PATTERN} limit 20`, {
    id,
    questionattemptid: `${FIRST} + (n.seq DIV 2) * ${pupils} + p.seq`,
    sequencenumber: "n.seq % 2",
    userid: pupil,
  });
  await multiply("mdl_question_attempt_step_data", attempts * 4, "1 = 1 limit 20", {
    id,
    attemptstepid: `${FIRST} + n.seq * ${pupils} + p.seq`,
    name: "concat('answer', n.seq)",
  });
  await run(
    "analyze table mdl_user, mdl_logstore_standard_log, mdl_grade_grades_history, mdl_question_attempts, mdl_question_attempt_steps",
  );
}
