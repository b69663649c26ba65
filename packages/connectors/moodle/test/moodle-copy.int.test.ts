/**
 * A person's copy against the database, read here in another way than the source's: by Moodle's own list of columns that
 * refer to a user, and by hand where Moodle has no column for it. Every value that a person has is in the copy, or is
 * among what was withheld with a reason that holds; and nobody else is in it.
 */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readSchema } from "@preau/data-map";
import type { Database } from "@preau/database";
import { type Json, type PersonalRecord, systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { expect, it } from "vitest";
import { makeMoodleSource, moodleMap } from "../src/index.ts";
import { moodleWords } from "../src/moodle-words.ts";
import { extractFiles, referenceColumns } from "./fixtures/moodle-school.ts";
import { controller, describeMoodle, targetOf } from "./fixtures/moodle-under-test.ts";
import { zipOf } from "./fixtures/zip-of.ts";

type Row = Readonly<Record<string, unknown>>;

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

  // Two pupils of one class, a namesake of a teacher's, the last pupil, two teachers, and an account of Moodle's generator.
  for (const id of [210, 211, 110, 409, 107, 105, 50]) {
    it(`gives user ${id} every value that the database has about them, and says what it withholds (D10.1a)`, async () => {
      const persons = await everybody(site.database);
      const records = await copyOf(id);
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
      const persons = await everybody(site.database);
      const me = persons.find((person) => person.id === id);
      const records = await copyOf(id);
      const text = fold(JSON.stringify(records.map(({ row, names, file }) => [row, names, file?.name])));
      const mine = new Set(me?.texts.map(fold));
      const found = new Set<string>();
      for (const person of persons)
        for (const needle of person.texts.map(fold))
          if (person.id !== id && !mine.has(needle) && stands(text, needle)) found.add(needle);
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

  it("has words in French and English for every table in which a pupil or a teacher has rows (D10.1a)", async () => {
    const words = site.moodle().exports?.words;
    const without = new Set<string>();
    for (const id of [210, 110, 107, 105, 3, 50]) {
      for (const { where, category } of await copyOf(id)) {
        const { title } = words?.tables[where] ?? {};
        const of = words?.categories[category];
        if (!title?.fr || !title.en || !of?.fr || !of.en) without.add(where);
      }
    }
    expect([...without]).toEqual([]);
  });

  it("has words for columns that Moodle has alone, and none for a secret (D10.1a)", async () => {
    const { tables, names } = moodleWords(moodleMap());
    const schema = await readSchema(site.database);
    const unknown: string[] = [];
    const look = (table: string, columns: readonly string[]) => {
      const there = schema.get(`mdl_${table}`)?.columns;
      if (there !== undefined)
        unknown.push(...columns.filter((each) => !there.has(each)).map((each) => `${table}.${each}`));
    };
    const titled = (list: (typeof names)[string]) => {
      for (const each of list)
        look(
          each.table,
          "kind" in each ? [each.key, each.kind.column, each.instance] : [each.key, each.title],
        );
    };
    Object.values(names).forEach(titled);
    for (const [table, said] of Object.entries(tables)) {
      look(table, [...Object.keys(said.columns), ...said.secrets, ...Object.keys(said.names)]);
      look(table, Object.entries(said.goesWith).flat());
      for (const { by } of said.alsoAbout) look(table, [by]);
      Object.values(said.names).forEach(titled);
      expect(said.secrets.filter((column) => column in said.columns)).toEqual([]);
    }
    expect(unknown).toEqual([]);
  });

  it("says what references are called, never a person (D10.1a)", async () => {
    const records = await copyOf(210);
    const named = (where: string, column: string) =>
      records.find((record) => record.where === where)?.names?.[column];
    expect(named("mdl_user_enrolments", "enrolid")).toMatch(/2de 3$/);
    expect(named("mdl_grade_grades", "itemid")).toBeTruthy();
    expect(named("mdl_assign_submission", "assignment")).toBeTruthy();
    expect(named("mdl_course_modules_completion", "coursemoduleid")).toBeTruthy();
    expect(named("mdl_forum_posts", "discussion")).toBe("Question de 210");
    expect(
      records.some(
        ({ where, names }) => where === "mdl_logstore_standard_log" && names?.["contextinstanceid"],
      ),
    ).toBe(true);
  });

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

  it("gives the person's files whole, says which are missing, and sets aside those that name others (D10.1a)", async () => {
    const moodledata = await extractFiles(temporaryFolder());
    const { source } = makeMoodleSource({
      database: site.database,
      controller,
      clock: systemClock,
      moodledata,
    });
    let [whole, missing] = [0, 0];
    for await (const { where, row, file } of source.collect({
      controller,
      subject: targetOf(210),
      others: "withhold",
    })) {
      if (where !== "mdl_files") continue;
      expect(file === undefined).toBe(row["filename"] === ".");
      if (file === undefined) continue;
      expect([file.name, file.type]).toEqual([row["filename"], row["mimetype"]]);
      const hash = createHash("sha1");
      for await (const chunk of file.bytes()) hash.update(chunk);
      if (file.notGiven === undefined) {
        whole += 1;
        expect(hash.digest("hex")).toBe(row["contenthash"]);
      } else missing += 1;
    }
    expect(whole).toBeGreaterThan(5);
    expect(missing).toBeLessThan(3);
  });

  it("sets aside a file that names somebody else, and gives one that names the person alone (D10.1a)", async () => {
    const { knex } = site.database;
    const moodledata = temporaryFolder();
    const [pupil, other] = [210, 211];
    const names = (await knex("mdl_user").whereIn("id", [pupil, other]).orderBy("id")) as Record<
      string,
      string
    >[];
    const [own = "", theirs = ""] = names.map(({ firstname, lastname }) => `${firstname} ${lastname}`);
    const [mine, , theirMail = ""] = [names[0], names[1], names[1]?.["email"]];
    const split = theirs.replace(" ", "</w:t></w:r><w:r><w:t> ");
    const contents: Readonly<Record<string, Buffer>> = {
      "own.txt": Buffer.from(`Devoir de ${own}, ${mine?.["email"] ?? ""}`),
      "own.docx": zipOf({ "word/document.xml": `<w:t>${own}</w:t>` }),
      "theirs.txt": Buffer.from(`Devoir de ${theirs.toUpperCase()}`),
      "address.html": Buffer.from(`<a href="mailto:${theirMail.replace("@", "%40")}">x</a>`),
      "theirs.docx": zipOf({ "word/document.xml": `<w:p><w:r><w:t>${split}</w:t></w:r></w:p>` }),
      "gone.txt": Buffer.from("gone"),
    };
    const [context] = (await knex("mdl_context").where({ contextlevel: 30, instanceid: pupil })) as {
      id: number;
    }[];
    for (const [filename, bytes] of Object.entries(contents)) {
      const contenthash = createHash("sha1").update(bytes).digest("hex");
      const folder = join(moodledata, "filedir", contenthash.slice(0, 2), contenthash.slice(2, 4));
      if (filename !== "gone.txt") {
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, contenthash), bytes);
      }
      await knex("mdl_files").insert({
        ...{
          contenthash,
          pathnamehash: createHash("sha1").update(filename).digest("hex"),
          contextid: context?.id,
        },
        ...{ component: "user", filearea: "private", itemid: 0, filepath: "/", filename, userid: pupil },
        ...{ filesize: bytes.length, mimetype: "text/plain", timecreated: 1, timemodified: 1 },
      });
    }
    try {
      const { source } = makeMoodleSource({
        database: site.database,
        controller,
        clock: systemClock,
        moodledata,
      });
      const found = async (others: "keep" | "withhold") => {
        const given: Record<string, string> = {};
        for await (const { file } of source.collect({ controller, subject: targetOf(pupil), others })) {
          if (file === undefined || !(file.name in contents)) continue;
          let size = 0;
          for await (const chunk of file.bytes()) size += chunk.length;
          given[file.name] = file.notGiven ?? (size === contents[file.name]?.length ? "whole" : "cut");
        }
        return given;
      };
      const kept = { "own.txt": "whole", "own.docx": "whole", "gone.txt": "missing" };
      const set = {
        "theirs.txt": "namesOthers",
        "address.html": "namesOthers",
        "theirs.docx": "namesOthers",
      };
      expect(await found("withhold")).toEqual({ ...kept, ...set });
      const all = { "theirs.txt": "whole", "address.html": "whole", "theirs.docx": "whole" };
      expect(await found("keep")).toEqual({ ...kept, ...all });
    } finally {
      await knex("mdl_files").whereIn("filename", Object.keys(contents)).delete();
    }
  });
});

interface SomePerson {
  readonly id: number;
  readonly texts: readonly string[];
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
    return {
      id: Number(row["id"]),
      texts: [...names, ...numbers, ...words].filter((each) => each.length > 3),
    };
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
  for (const [table, columns] of referenceColumns()) {
    const [there] = (await knex.raw(
      "select column_name as c from information_schema.columns where table_schema = database() and table_name = ?",
      [table],
    )) as [{ c: string }[]];
    const names = columns.filter((column) => there.some(({ c }) => c === column));
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
  const named = persons.some(
    (person) => person.id !== id && person.texts.some((needle) => stands(text, fold(needle))),
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

/** As whole words. */
function stands(text: string, needle: string): boolean {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const [before, after] = [text[at - 1] ?? " ", text[at + needle.length] ?? " "];
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
