/**
 * A person's copy against the database, read here in another way than the source's: by Moodle's own list of columns that
 * refer to a user, and by hand where Moodle has no column for it. Every value that a person has is in the copy, or is
 * among what was withheld with a reason that holds; and nobody else is in it.
 */
import type { Database } from "@preau/database";
import type { Json, PersonalRecord } from "@preau/kernel";
import { beforeAll, expect, it } from "vitest";
import { referenceColumns } from "./fixtures/moodle-school.ts";
import { controller, describeMoodle, targetOf } from "./fixtures/moodle-under-test.ts";

type Row = Readonly<Record<string, unknown>>;

/** A pupil, a namesake of a teacher's, the last pupil, a teacher, and an account of Moodle's generator. */
const PERSONS = [210, 110, 409, 107, 50];

/** A copy has no hashes of passwords; `convhash` is computed from both persons' numbers. */
const NEVER_GIVEN = new Set(["mdl_user.password", "mdl_user.secret", "mdl_message_conversations.convhash"]);

describeMoodle("a person's copy of the populated Moodle school (D10.1a)", (site) => {
  const copyOf = async (id: number, others: "keep" | "withhold" = "withhold") => {
    const records: PersonalRecord[] = [];
    const { source } = site.moodle();
    for await (const record of source.collect({ controller, subject: targetOf(id), others }))
      records.push(record);
    return records;
  };
  // Nothing writes before the last test: what is read once is read for all.
  let persons: readonly SomePerson[] = [];
  const copies = new Map<number, readonly PersonalRecord[]>();
  beforeAll(async () => {
    persons = await everybody(site.database);
    for (const id of PERSONS) copies.set(id, await copyOf(id));
  }, 120_000);

  for (const id of PERSONS) {
    it(`gives user ${id} every value that the database has about them, and says what it withholds (D10.1a)`, async () => {
      const records = copies.get(id) ?? [];
      const given = new Map(records.map((record) => [`${record.where}/${cell(record.row["id"])}`, record]));
      const lacking: string[] = [];
      const wrong: string[] = [];
      for (const [table, rows] of await rowsAbout(site.database, id)) {
        for (const row of rows) {
          const record = given.get(`${table}/${String(row["id"])}`);
          if (record === undefined) {
            lacking.push(`${table}/${String(row["id"])}`);
            continue;
          }
          for (const [column, value] of Object.entries(row)) {
            const place = `${table}.${column}`;
            if (record.withheld?.includes(column) === true) {
              if (!isRightlyWithheld(place, row, id, persons)) wrong.push(`${place} withheld`);
            } else if (cell(record.row[column]) !== asText(value)) wrong.push(`${place} differs`);
          }
        }
      }
      expect([...new Set(lacking)]).toEqual([]);
      expect([...new Set(wrong)]).toEqual([]);
    });

    it(`gives user ${id} nobody else: no name, address, login, number, telephone or key (D10.1a)`, async () => {
      const me = persons.find((person) => person.id === id);
      const records = copies.get(id) ?? [];
      expect(records.length).toBeGreaterThan(0);
      const text = fold(JSON.stringify(records.map(({ row, names, file }) => [row, names, file?.name])));
      const mine = new Set(me?.texts.map(fold));
      const found = new Set<string>();
      const words = new Set(wordsOf(text));
      for (const person of persons)
        for (const needle of person.needles)
          if (person.id !== id && !mine.has(needle.text) && stands(text, words, needle))
            found.add(needle.text);
      expect([...found]).toEqual([]);
      const keys = new Set(persons.map((person) => person.id).filter((key) => key !== id));
      const references = referenceColumns();
      const named = records.flatMap(({ where, row }) =>
        (references.get(where) ?? [])
          .filter((column) => keys.has(Number(row[column])))
          .map((column) => `${where}.${column}`),
      );
      expect([...new Set(named)]).toEqual([]);
      const inside = [...text.matchAll(/(?:userid|useridfrom|useridto)\\*"?[:=]\\*"?(\d+)/g)].map(([, key]) =>
        Number(key),
      );
      expect(inside.filter((key) => keys.has(key))).toEqual([]);
    });
  }

  it("takes out what others wrote about others into a pupil's own rows, in every form (D10.1a)", async () => {
    const { knex } = site.database;
    const [pupil, other] = [212, 213];
    const [row] = (await knex("mdl_user").where({ id: other })) as Record<string, string>[];
    const {
      firstname = "",
      lastname = "",
      email = "",
      username = "",
      idnumber = "",
      phone1 = "",
    } = row ?? {};
    const full = `${firstname} ${lastname}`;
    const forms = {
      html: `<p><b>${firstname}</b>&nbsp;${lastname} a ${email}</p>`,
      reversed: `${lastname.toUpperCase()} ${firstname}, n° ${idnumber}`,
      decomposed: full.normalize("NFD"),
      invisible: `${firstname.slice(0, 2)}\u200B${firstname.slice(2)} ${lastname}`,
      json: JSON.stringify({ relateduserid: other, who: full, deep: [{ username }] }),
      escaped: JSON.stringify({ text: `Voir ${full}` }).replaceAll("é", "\\u00e9"),
      php: `a:2:{s:6:"userid";i:${other};s:4:"name";s:${Buffer.byteLength(full)}:"${full}";}`,
      base64: Buffer.from(`Une longue phrase qui parle de ${full} et de lui seul.`).toString("base64"),
      link: `http://moodle.example/user/view.php?id=${other}&amp;course=4 et http://moodle.example/x?userid=${other}`,
      telephone: `Appelle le ${phone1.replace(/(\d\d)(?=\d)/g, "$1 ")}`,
      alone: `J’ai travaillé avec M. ${lastname} hier`,
    };
    const names = Object.keys(forms);
    await knex("mdl_post").insert(
      Object.entries(forms).map(([subject, content]) => ({
        ...{
          module: "notes",
          userid: pupil,
          courseid: 26,
          subject,
          summary: "",
          content,
          publishstate: "site",
        },
        ...{ usermodified: other, uniquehash: "", format: 1, summaryformat: 1 },
      })),
    );
    try {
      const notes = (await copyOf(pupil)).filter(
        ({ where, row: each }) => where === "mdl_post" && names.includes(cell(each["subject"])),
      );
      expect(notes.map(({ row: each }) => each["subject"]).sort()).toEqual([...names].sort());
      const given = Object.fromEntries(
        notes.map(({ row: each }) => [cell(each["subject"]), cell(each["content"])]),
      );
      for (const { withheld = [] } of notes) expect(withheld).toContain("content");
      expect(given["html"]).toBe("<p><b>…</b> a …</p>");
      expect(given["reversed"]).toBe("…, n° …");
      expect(given["decomposed"]).toBe("…");
      expect(given["invisible"]).toBe("…");
      expect(JSON.parse(given["json"] ?? "")).toEqual({
        relateduserid: null,
        who: "…",
        deep: [{ username: "…" }],
      });
      expect(JSON.parse(given["escaped"] ?? "")).toEqual({ text: "Voir …" });
      expect(given["php"]).toBe('a:2:{s:6:"userid";N;s:4:"name";s:3:"…";}');
      expect(Buffer.from(given["base64"] ?? "", "base64").toString()).toBe(
        "Une longue phrase qui parle de … et de lui seul.",
      );
      expect(given["link"]).toBe(
        "http://moodle.example/user/view.php?id=…&amp;course=4 et http://moodle.example/x?userid=…",
      );
      expect(given["telephone"]).toBe("Appelle le …");
      expect(given["alone"]).toBe("J’ai travaillé avec M. … hier");
    } finally {
      await knex("mdl_post").whereIn("subject", names).delete();
    }
  });
});

interface SomePerson {
  readonly id: number;
  readonly texts: readonly string[];
  /** Its texts, folded, each with its words. */
  readonly needles: readonly Needle[];
}

interface Needle {
  readonly text: string;
  readonly words: readonly string[];
}

async function everybody({ knex }: Database): Promise<readonly SomePerson[]> {
  const rows = (await knex("mdl_user").select("*")) as Record<string, string | number | null>[];
  return rows.map((row) => {
    const text = (column: string) => String(row[column] ?? "").trim();
    const [given, family] = [text("firstname"), text("lastname")];
    const names =
      given === "" || family === ""
        ? []
        : [`${given} ${family}`, `${family} ${given}`, `${family}, ${given}`];
    const numbers = ["idnumber", "phone1", "phone2"].map(text).filter((each) => each.length >= 6);
    const words = ["username", "email", "address"].map(text).filter((each) => /[\d@._]| /.test(each));
    const texts = [...names, ...numbers, ...words].filter((each) => each.length > 3);
    const needles = texts.map(fold).map((needle) => ({ text: needle, words: wordsOf(needle) }));
    return { id: Number(row["id"]), texts, needles };
  });
}

/** Rows about a user by Moodle's declared and named columns, and by hand what hangs on them. */
async function rowsAbout({ knex }: Database, id: number): Promise<ReadonlyMap<string, readonly Row[]>> {
  const found = new Map<string, Row[]>();
  const add = async (table: string, where: string, bindings: readonly unknown[] = []) => {
    const [rows] = (await knex.raw(`select * from \`${table}\` where ${where}`, bindings as never)) as [
      Row[],
    ];
    if (rows.length > 0) found.set(table, [...(found.get(table) ?? []), ...rows]);
  };
  const [known] = (await knex.raw(
    "select concat(table_name, '.', column_name) as c from information_schema.columns where table_schema = database()",
  )) as [{ c: string }[]];
  const there = new Set(known.map(({ c }) => c));
  for (const [table, columns] of referenceColumns()) {
    const names = columns.filter((column) => there.has(`${table}.${column}`));
    if (names.length > 0) await add(table, names.map((name) => `\`${name}\` = ${id}`).join(" or "));
  }
  const own = (table: string, column = "userid") => `(select id from mdl_${table} where ${column} = ${id})`;
  await add("mdl_user", `id = ${id}`);
  await add("mdl_context", `contextlevel = 30 and instanceid = ${id}`);
  await add(
    "mdl_files",
    `contextid in (select id from mdl_context where contextlevel = 30 and instanceid = ${id})`,
  );
  await add("mdl_files", `component = 'assignsubmission_file' and itemid in ${own("assign_submission")}`);
  await add(
    "mdl_files",
    `component = 'assignfeedback_file' and filearea = 'feedback_files' and itemid in ${own("assign_grades")}`,
  );
  await add("mdl_logstore_standard_log", `objecttable = 'user' and objectid = ${id}`);
  await add("mdl_logstore_standard_log", `contextlevel = 30 and contextinstanceid = ${id}`);
  await add(
    "mdl_messages",
    `conversationid in (select conversationid from mdl_message_conversation_members where userid = ${id})`,
  );
  await add("mdl_assignsubmission_onlinetext", `submission in ${own("assign_submission")}`);
  await add("mdl_assignsubmission_file", `submission in ${own("assign_submission")}`);
  await add("mdl_assignfeedback_comments", `grade in ${own("assign_grades")}`);
  await add("mdl_feedback_value", `completed in ${own("feedback_completed")}`);
  const usages = `(select uniqueid from mdl_quiz_attempts where userid = ${id})`;
  await add("mdl_question_usages", `id in ${usages}`);
  await add("mdl_question_attempts", `questionusageid in ${usages}`);
  const attempts = `(select id from mdl_question_attempts where questionusageid in ${usages})`;
  await add("mdl_question_attempt_steps", `questionattemptid in ${attempts}`);
  await add(
    "mdl_question_attempt_step_data",
    `attemptstepid in (select id from mdl_question_attempt_steps where questionattemptid in ${attempts})`,
  );
  await add(
    "mdl_message_popup_notifications",
    `notificationid in (select id from mdl_notifications where useridto = ${id})`,
  );
  return found;
}

/** A secret, another's key, another's place, or a text in which somebody else stands. */
function isRightlyWithheld(place: string, row: Row, id: number, persons: readonly SomePerson[]): boolean {
  const [table = "", column = ""] = place.split(".");
  if (NEVER_GIVEN.has(place)) return true;
  const keys = new Set(persons.map((person) => person.id));
  const value = row[column];
  const isReference =
    referenceColumns().get(table)?.includes(column) === true ||
    (table === "mdl_logstore_standard_log" && (column === "objectid" || column === "contextinstanceid"));
  if (isReference) return Number(value) !== id && Number(value) > 0;
  if (table === "mdl_logstore_standard_log" && column === "ip") return Number(row["userid"]) !== id;
  if (table === "mdl_logstore_standard_log" && column === "contextid")
    return Number(row["contextinstanceid"]) !== id;
  if (table === "mdl_files" && column === "author") return Number(row["userid"]) !== id;
  const text = fold(asText(value));
  const words = new Set(wordsOf(text));
  const named = persons.some(
    (person) => person.id !== id && person.needles.some((needle) => stands(text, words, needle)),
  );
  const linked = [...text.matchAll(/id(?:=|\W+)(\d+)/g)].some((match) => keys.has(Number(match[1])));
  return named || linked;
}

function asText(value: unknown): string {
  return value instanceof Date
    ? value.toISOString()
    : Buffer.isBuffer(value)
      ? value.toString("base64")
      : String(value);
}

function cell(value: Json | undefined): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** As whole words: where one of them is not among the text's words, nothing needs to be searched for. */
function stands(text: string, words: ReadonlySet<string>, needle: Needle): boolean {
  if (!needle.words.every((word) => words.has(word))) return false;
  for (let at = text.indexOf(needle.text); at >= 0; at = text.indexOf(needle.text, at + 1)) {
    const [before, after] = [text[at - 1] ?? " ", text[at + needle.text.length] ?? " "];
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
