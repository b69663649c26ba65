/** Projects of the populated Moodle, counted by statements of the test's own: by paths of contexts and joins, not by the map. */
import { createHash } from "node:crypto";
import { makeDataMapExports, readSchema } from "@preau/data-map";
import {
  controllerId,
  type ExportSource,
  isFault,
  type JsonObject,
  type ProjectKind,
  type ProjectRecord,
  systemClock,
} from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { expect, it } from "vitest";
import { makeMoodleSource, moodleMap } from "../src/index.ts";
import { extractFiles } from "./fixtures/moodle-school.ts";
import { controller, describeMoodle, type MoodleUnderTest, targetOf } from "./fixtures/moodle-under-test.ts";

const [COURSE, OTHER_COURSE, CLASS, SCHOOL] = ["16", "17", "3", "1"];

/** Rows of one course in tables that hang on it through others. */
const BY_JOIN: Readonly<Record<string, string>> = {
  assign_plugin_config:
    "select count(*) n from mdl_assign_plugin_config x join mdl_assign a on a.id = x.assignment where a.course = ?",
  assign_submission:
    "select count(*) n from mdl_assign_submission x join mdl_assign a on a.id = x.assignment where a.course = ?",
  assignsubmission_onlinetext:
    "select count(*) n from mdl_assignsubmission_onlinetext x join mdl_assign_submission s on s.id = x.submission join mdl_assign a on a.id = s.assignment where a.course = ?",
  assignsubmission_file:
    "select count(*) n from mdl_assignsubmission_file x join mdl_assign_submission s on s.id = x.submission join mdl_assign a on a.id = s.assignment where a.course = ?",
  assign_grades:
    "select count(*) n from mdl_assign_grades x join mdl_assign a on a.id = x.assignment where a.course = ?",
  assignfeedback_comments:
    "select count(*) n from mdl_assignfeedback_comments x join mdl_assign_grades g on g.id = x.grade join mdl_assign a on a.id = g.assignment where a.course = ?",
  assign_user_mapping:
    "select count(*) n from mdl_assign_user_mapping x join mdl_assign a on a.id = x.assignment where a.course = ?",
  quiz_slots: "select count(*) n from mdl_quiz_slots x join mdl_quiz q on q.id = x.quizid where q.course = ?",
  quiz_attempts:
    "select count(*) n from mdl_quiz_attempts x join mdl_quiz q on q.id = x.quiz where q.course = ?",
  quiz_grades: "select count(*) n from mdl_quiz_grades x join mdl_quiz q on q.id = x.quiz where q.course = ?",
  question_attempts:
    "select count(*) n from mdl_question_attempts x join mdl_quiz_attempts a on a.uniqueid = x.questionusageid join mdl_quiz q on q.id = a.quiz where q.course = ?",
  question_attempt_steps:
    "select count(*) n from mdl_question_attempt_steps x join mdl_question_attempts t on t.id = x.questionattemptid join mdl_quiz_attempts a on a.uniqueid = t.questionusageid join mdl_quiz q on q.id = a.quiz where q.course = ?",
  question_attempt_step_data:
    "select count(*) n from mdl_question_attempt_step_data x join mdl_question_attempt_steps s on s.id = x.attemptstepid join mdl_question_attempts t on t.id = s.questionattemptid join mdl_quiz_attempts a on a.uniqueid = t.questionusageid join mdl_quiz q on q.id = a.quiz where q.course = ?",
  question:
    "select count(distinct t.questionid) n from mdl_question_attempts t join mdl_quiz_attempts a on a.uniqueid = t.questionusageid join mdl_quiz q on q.id = a.quiz where q.course = ?",
  forum_discussions: "select count(*) n from mdl_forum_discussions where course = ?",
  forum_posts:
    "select count(*) n from mdl_forum_posts x join mdl_forum_discussions d on d.id = x.discussion where d.course = ?",
  wiki_pages:
    "select count(*) n from mdl_wiki_pages x join mdl_wiki_subwikis s on s.id = x.subwikiid join mdl_wiki w on w.id = s.wikiid where w.course = ?",
  wiki_versions:
    "select count(*) n from mdl_wiki_versions x join mdl_wiki_pages p on p.id = x.pageid join mdl_wiki_subwikis s on s.id = p.subwikiid join mdl_wiki w on w.id = s.wikiid where w.course = ?",
  glossary_entries:
    "select count(*) n from mdl_glossary_entries x join mdl_glossary g on g.id = x.glossaryid where g.course = ?",
  choice_answers:
    "select count(*) n from mdl_choice_answers x join mdl_choice c on c.id = x.choiceid where c.course = ?",
  feedback_value:
    "select count(*) n from mdl_feedback_value x join mdl_feedback_completed c on c.id = x.completed join mdl_feedback f on f.id = c.feedback where f.course = ?",
  grade_grades:
    "select count(*) n from mdl_grade_grades x join mdl_grade_items i on i.id = x.itemid where i.courseid = ?",
  grade_grades_history:
    "select count(*) n from mdl_grade_grades_history where itemid in (select id from mdl_grade_items where courseid = ? union select oldid from mdl_grade_items_history where courseid = ?)",
  user_enrolments:
    "select count(*) n from mdl_user_enrolments x join mdl_enrol e on e.id = x.enrolid where e.courseid = ?",
  groups_members:
    "select count(*) n from mdl_groups_members x join mdl_groups g on g.id = x.groupid where g.courseid = ?",
  course_modules_completion:
    "select count(*) n from mdl_course_modules_completion x join mdl_course_modules m on m.id = x.coursemoduleid where m.course = ?",
};
/** Columns of these names say something else in these tables. */
const NOT_OF_COURSE = new Set(["mdl_course_completion_criteria", "mdl_backup_courses"]);

type Collected = ReadonlyMap<string, readonly JsonObject[]>;

async function collect(exports: ExportSource, kind: ProjectKind, id: string): Promise<Collected> {
  const tables = new Map<string, JsonObject[]>();
  for await (const { where, row } of exports.collectProject({ controller, kind, id })) {
    const rows = tables.get(where) ?? [];
    rows.push(row);
    tables.set(where, rows);
  }
  return tables;
}

const facesOf = ({ database }: MoodleUnderTest) =>
  makeDataMapExports({ database, map: moodleMap(), controller });

const SETTINGS = {
  dropbox_accesstoken: "trombone-7",
  webdav_password: "agrafe-12",
  "drawer-open": "true",
};

interface SchoolRead {
  readonly counts: ReadonlyMap<string, number>;
  /** `table.column` of each. */
  readonly columns: ReadonlySet<string>;
  /** Where the hash of a password was given. */
  readonly leaks: readonly string[];
  readonly settings: readonly JsonObject[];
  readonly rows: number;
  readonly asked: number;
}

/** The whole school, read once for all tests that ask about it; pupil 210 has settings by then that hold secrets. */
async function readSchool(site: MoodleUnderTest): Promise<SchoolRead> {
  const { knex } = site.database;
  for (const [name, value] of Object.entries(SETTINGS))
    await knex("mdl_user_preferences").insert({ userid: 210, name, value });
  // What opens doors on this site, by its value: no cell may be one of them.
  const hashes = new Set<unknown>(await knex("mdl_user").whereRaw("length(password) > 20").pluck("password"));
  expect(hashes.size).toBeGreaterThan(0);
  const counts = new Map<string, number>();
  const [columns, leaks, settings] = [new Set<string>(), [] as string[], [] as JsonObject[]];
  let [asked, rows] = [0, 0];
  const count = () => void (asked += 1);
  knex.on("query", count);
  for await (const { where, row } of facesOf(site).collectProject({
    ...{ controller, kind: "school", id: SCHOOL },
  })) {
    if (!counts.has(where)) for (const column of Object.keys(row)) columns.add(`${where}.${column}`);
    counts.set(where, (counts.get(where) ?? 0) + 1);
    rows += Object.keys(row).length > 0 ? 1 : 0;
    for (const [column, cell] of Object.entries(row)) if (hashes.has(cell)) leaks.push(`${where}.${column}`);
    const { name } = row;
    if (where === "mdl_user_preferences" && typeof name === "string" && name in SETTINGS) settings.push(row);
  }
  knex.off("query", count);
  return { counts, columns, leaks, settings, rows, asked };
}

describeMoodle("projects of a Moodle (DD.2)", (site) => {
  const counted = async (sql: string, ...bindings: readonly string[]): Promise<number> => {
    const [rows] = (await site.database.knex.raw(sql, bindings)) as [{ n: number | string }[]];
    return Number(rows[0]?.n);
  };

  let read: Promise<SchoolRead> | undefined;
  const theSchool = () => (read ??= readSchool(site));

  it("has only lines that this Moodle has, but for tables of other versions", async () => {
    const schema = await readSchema(site.database);
    const lacking: string[] = [];
    for (const kind of Object.values(moodleMap().projects?.kinds ?? {})) {
      if (kind === undefined || kind.rows === "everything") continue;
      const lines = new Map([
        ...Object.entries(kind.rows).map(([table, rows]) => [table, { table, rows }] as const),
        ...Object.entries(kind.sets),
      ]);
      for (const { table, rows } of lines.values())
        for (const { by, where = {}, of, column } of rows) {
          const above = of === undefined ? undefined : (lines.get(of)?.table ?? of);
          const named = [by, ...Object.keys(where)].map((each) => [table, each] as const);
          for (const [place, each] of above === undefined ? named : [...named, [above, column] as const])
            if (schema.get(`mdl_${place}`)?.columns.has(each) !== true) lacking.push(`${place}.${each}`);
        }
    }
    expect(lacking).toEqual(["qbank.course"]);
  });

  it("lists classes, courses and the school", async () => {
    const faces = facesOf(site);
    const titles = async (kind: ProjectKind) =>
      (await faces.projects(controller, kind)).map(({ title }) => title);
    expect(await titles("class")).toEqual(["2de 1", "2de 2", "2de 3", "2de 4", "2de 5", "2de 6"]);
    expect(await titles("course")).toHaveLength(43);
    expect(await titles("course")).not.toContain("Lycee Sandbox");
    expect(await titles("school")).toEqual(["Lycee Sandbox"]);
  });

  it("gives every row of a course, and none of another", async () => {
    const tables = await collect(facesOf(site), "course", COURSE);
    const schema = await readSchema(site.database);
    const inCourse = `select id from mdl_context where path like (select concat(path, '%') from mdl_context where contextlevel = 50 and instanceid = ?)`;
    const [own, expected]: [Record<string, number>, Record<string, number>] = [{}, {}];
    const compare = async (table: string, sql: string) => {
      const rows = await counted(sql, ...[...sql.matchAll(/\?/g)].map(() => COURSE));
      if (rows > 0 || tables.has(table))
        [expected[table], own[table]] = [rows, tables.get(table)?.length ?? 0];
    };
    for (const { name, columns } of schema.values()) {
      if (NOT_OF_COURSE.has(name)) continue;
      const column = ["course", "courseid"].find((each) => columns.has(each));
      if (column !== undefined) await compare(name, `select count(*) n from ${name} where ${column} = ?`);
      else if (columns.has("contextid") && name !== "mdl_question_usages")
        await compare(name, `select count(*) n from ${name} where contextid in (${inCourse})`);
    }
    await compare("mdl_context", `select count(*) n from (${inCourse}) x`);
    for (const [table, sql] of Object.entries(BY_JOIN)) await compare(`mdl_${table}`, sql);
    expect(Object.keys(own).length).toBeGreaterThan(45);
    expect(own).toEqual(expected);
    for (const [table, rows] of tables)
      for (const column of ["course", "courseid"])
        expect([table, new Set(rows.flatMap((row) => (column in row ? [row[column]] : [])))]).toSatisfy(
          ([, values]: [string, Set<unknown>]) =>
            values.size === 0 || (values.size === 1 && values.has(Number(COURSE))),
        );
    const other = await collect(facesOf(site), "course", OTHER_COURSE);
    for (const [table, rows] of tables) {
      // Shared by both: the category, and persons.
      if (["mdl_course_categories", "mdl_user"].includes(table)) continue;
      const ids = new Set(rows.map(({ id }) => id));
      expect([table, (other.get(table) ?? []).filter(({ id }) => ids.has(id ?? null))]).toEqual([table, []]);
    }
  });

  it("gives a class exactly its members, and what they made in whatever course", async () => {
    const tables = await collect(facesOf(site), "class", CLASS);
    const members = (await site.database
      .knex("mdl_cohort_members")
      .where("cohortid", CLASS)
      .orderBy("userid")
      .pluck("userid")) as number[];
    expect(members).toHaveLength(50);
    expect(tables.get("mdl_user")?.map(({ id }) => id)).toEqual(members);
    expect(Object.keys(tables.get("mdl_user")?.[0] ?? {}).sort()).toEqual([
      "deleted",
      "email",
      "firstname",
      "id",
      "idnumber",
      "lastname",
      "suspended",
      "username",
    ]);
    const pupils = new Set<unknown>(members);
    for (const [table, rows] of tables)
      for (const row of rows)
        if (
          "userid" in row &&
          !["mdl_files", "mdl_wiki_pages", "mdl_forum_discussions", "mdl_question_attempt_steps"].includes(
            table,
          )
        )
          expect([table, pupils.has(row["userid"])]).toEqual([table, true]);
    for (const table of [
      "assign_submission",
      "assign_grades",
      "quiz_attempts",
      "quiz_grades",
      "forum_posts",
      "glossary_entries",
      "wiki_versions",
      "grade_grades",
      "grade_grades_history",
      "course_modules_completion",
      "choice_answers",
      "feedback_completed",
    ])
      expect([table, tables.get(`mdl_${table}`)?.length]).toEqual([
        table,
        await counted(
          `select count(*) n from mdl_${table} x join mdl_cohort_members m on m.userid = x.userid where m.cohortid = ?`,
          CLASS,
        ),
      ]);
    for (const table of ["messages", "logstore_standard_log", "post", "user_preferences", "notifications"])
      expect(tables.has(`mdl_${table}`)).toBe(false);
  });

  it("gives the school every row, but for what only runs Moodle and what opens doors", async () => {
    const { counts, columns, leaks } = await theSchool();
    expect(leaks).toEqual([]);
    const left = new Set(moodleMap().projects?.leaveOut.tables.map((table) => `mdl_${table}`));
    const schema = await readSchema(site.database);
    const lacking: string[] = [];
    for (const name of schema.keys()) {
      const rows = await counted(`select count(*) n from ${name}`);
      if (left.has(name)) expect([name, counts.get(name)]).toEqual([name, undefined]);
      else if (rows !== (counts.get(name) ?? 0)) lacking.push(name);
    }
    // Neither persons nor texts nor courses: which role may give which, and how this site's services fit together.
    expect(lacking).toEqual(
      [
        ...["mdl_mnet_host2service", "mdl_mnet_remote_service2rpc", "mdl_mnet_service2rpc"],
        ...["mdl_message_popup", "mdl_role_allow_assign", "mdl_role_allow_override", "mdl_role_allow_switch"],
        ...["mdl_role_allow_view", "mdl_role_context_levels"],
      ]
        .filter((table) => lacking.includes(table))
        .sort(),
    );
    expect(
      [...columns]
        .sort()
        .filter((column) => /pass(?:word)?$|secret|token$|enrolmentkey|sessdata|privatekey/i.test(column)),
    ).toEqual(["mdl_grade_items.gradepass", "mdl_grade_items_history.gradepass"]);
  });

  it("gives a person's settings and leaves out the secrets among them (DD.2)", async () => {
    const { settings } = await theSchool();
    expect(Object.fromEntries(settings.map(({ name, value }) => [name, value]))).toEqual({
      ...{ dropbox_accesstoken: null, webdav_password: null, "drawer-open": "true" },
    });
  });

  it("puts files into folders that a teacher knows, with their content, and lists those that have lost it", async () => {
    const moodledata = await extractFiles(temporaryFolder());
    const { exports } = makeMoodleSource({
      ...{ database: site.database, controller, moodledata },
      clock: systemClock,
    });
    const files: ProjectRecord[] = [];
    for await (const record of exports?.collectProject({ controller, kind: "course", id: COURSE }) ?? [])
      if (record.file !== undefined) files.push(record);
    expect(files).toHaveLength(
      await counted(
        `select count(*) n from mdl_files where filename <> '.' and contextid in (select id from mdl_context where path like (select concat(path, '%') from mdl_context where contextlevel = 50 and instanceid = ?))`,
        COURSE,
      ),
    );
    for (const { row, file } of files) {
      if (file === undefined) continue;
      expect(file.name).toMatch(/^Maths 2de 1\//);
      expect(file.name.split("/").at(-1)).toBe(row["filename"]);
      if (file.notGiven !== undefined) continue;
      const hash = createHash("sha1");
      for await (const chunk of file.bytes()) hash.update(chunk);
      expect(hash.digest("hex")).toBe(row["contenthash"]);
    }
    const work = files.find(({ row }) => row["filearea"] === "submission_files");
    const owner = await site.database
      .knex("mdl_assign_submission as s")
      .join("mdl_user as u", "u.id", "s.userid")
      .where("s.id", Number(work?.row["itemid"]))
      .first<{ firstname: string; lastname: string }>("u.firstname", "u.lastname");
    const parts = work?.file?.name.split("/") ?? [];
    expect(parts).toHaveLength(4);
    expect(parts[2]).toBe(`${owner.lastname} ${owner.firstname}`);
    // Without the file store every one of them is missing, and none is called given.
    const without: (string | undefined)[] = [];
    for await (const { file } of makeMoodleSource({
      ...{ database: site.database, controller },
      clock: systemClock,
    }).exports?.collectProject({ controller, kind: "course", id: COURSE, tables: ["mdl_files"] }) ?? [])
      if (file !== undefined) without.push(file.notGiven);
    expect(without).toEqual(files.map(() => "missing"));
  });

  it("gives a release no row of whoever is restricted, deleted or a guest (art. 18, D13.1)", async () => {
    const { source, exports } = makeMoodleSource({ database: site.database, controller, clock: systemClock });
    const grades = async () => {
      const rows: JsonObject[] = [];
      const asked = { table: "grade_grades", columns: ["finalgrade"], by: "userid", person: ["department"] };
      for await (const row of exports?.rows({ controller, ...asked }) ?? []) rows.push(row);
      return rows;
    };
    const before = await grades();
    expect(before).toHaveLength(
      await counted(
        "select count(*) n from mdl_grade_grades g join mdl_user u on u.id = g.userid where u.deleted = 0 and u.username <> 'guest'",
      ),
    );
    const ofPupil = await counted("select count(*) n from mdl_grade_grades where userid = ?", "210");
    expect(ofPupil).toBeGreaterThan(0);
    await source.restrict(controller, targetOf(210));
    expect(await grades()).toHaveLength(before.length - ofPupil);
    await source.lift(controller, targetOf(210));
    expect(await grades()).toHaveLength(before.length);
  });

  it("asks a number of questions that grows with the tables, not with the rows", async () => {
    let [asked, rows] = [0, 0];
    const count = () => void (asked += 1);
    site.database.knex.on("query", count);
    for await (const record of facesOf(site).collectProject({ controller, kind: "course", id: COURSE }))
      rows += Object.keys(record.row).length > 0 ? 1 : 0;
    site.database.knex.off("query", count);
    expect(rows).toBeGreaterThan(10_000);
    expect(asked).toBeLessThan(120);
    const school = await theSchool();
    expect(school.rows).toBeGreaterThan(390_000);
    expect(school.asked).toBeLessThan(300);
  });

  it("has no project of another controller, nor the front page as a course", async () => {
    for (const [of, kind, id] of [
      [controllerId("lycee-2"), "course", COURSE],
      [controllerId("lycee-2"), "school", SCHOOL],
      [controller, "course", SCHOOL],
      [controller, "course", "16 or 1=1"],
      [controller, "class", COURSE],
    ] as const) {
      const stream = facesOf(site).collectProject({ controller: of, kind, id })[Symbol.asyncIterator]();
      await expect(stream.next()).rejects.toSatisfy((error: unknown) => isFault(error, "SOURCE_NO_PROJECT"));
    }
    expect(await facesOf(site).projects(controllerId("lycee-2"), "class")).toEqual([]);
  });
});
