/**
 * What must hold for Moodle to open its pages, as SQL: Moodle declares these references and no database keeps them. A
 * *count* is of rows that would break a page or be lost on it, 0 on a sound site; an *order* is a sum over what pages
 * are arranged by, and no erasure changes it. Names of tables stand in braces, without the site's prefix; a check whose
 * tables the site does not have is left out.
 */
import type { Database } from "@preau/database";
import { fault } from "../errors.ts";

export interface Invariant {
  readonly name: string;
  readonly is: "count" | "order";
  /** What it looks at, in Moodle's own words: `forum_posts.parent → forum_posts`, `quiz_slots`. */
  readonly place: string;
  readonly sql: string;
}

type Look = Pick<Invariant, "place" | "sql">;

/** Rows of a table whose column names a row of another that is not there. */
const orphans = (child: string, column: string, parent: string, and = "", key = "id"): Look => ({
  place: `${child}.${column} → ${parent}`,
  sql: `select count(*) as n from {${child}} c left join {${parent}} p on p.${key} = c.${column} where p.${key} is null${and === "" ? "" : ` and ${and}`}`,
});
const count = (name: string, look: Look | string): Invariant =>
  typeof look === "string"
    ? { name, is: "count", place: tablesOf(look), sql: look }
    : { name, is: "count", ...look };
const order = (name: string, columns: string, table: string): Invariant => ({
  name,
  is: "order",
  place: `${table} (${columns})`,
  sql: `select sum(crc32(concat_ws('/', ${columns}))) as n from {${table}}`,
});

function tablesOf(sql: string): string {
  return [...new Set([...sql.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].join(" · ");
}

export const pageInvariants: readonly Invariant[] = [
  // Courses
  order("courses, their names and places", "id, category, sortorder, fullname", "course"),
  order("sections and the order of their activities", "id, course, section, sequence", "course_sections"),
  count(
    "activities that their section does not show",
    "select count(*) as n from {course_modules} m join {course_sections} s on s.id = m.section where not find_in_set(m.id, s.sequence)",
  ),
  count(
    "activities that a section shows and that are not there",
    "select count(*) as n from (select if(coalesce(s.sequence, '') = '', 0, length(s.sequence) - length(replace(s.sequence, ',', '')) + 1) as shown, (select count(*) from {course_modules} m where m.section = s.id) as there from {course_sections} s) x where shown > there",
  ),
  count(
    "activities without a context",
    "select count(*) as n from {course_modules} m left join {context} c on c.instanceid = m.id and c.contextlevel = 70 where c.id is null",
  ),
  // Enrolments, roles, groups
  count("enrolments without a method", orphans("user_enrolments", "enrolid", "enrol")),
  count("enrolments without an account", orphans("user_enrolments", "userid", "user")),
  count("roles in contexts that are gone", orphans("role_assignments", "contextid", "context")),
  count("roles without an account", orphans("role_assignments", "userid", "user")),
  count("members of groups that are gone", orphans("groups_members", "groupid", "groups")),
  count("members of cohorts that are gone", orphans("cohort_members", "cohortid", "cohort")),
  order("groups", "id, courseid, name", "groups"),
  // Grades
  order(
    "grade items and their order",
    "id, courseid, categoryid, sortorder, itemname, itemtype, iteminstance",
    "grade_items",
  ),
  order("grade categories", "id, courseid, parent, depth, path", "grade_categories"),
  count("grades without an item", orphans("grade_grades", "itemid", "grade_items")),
  count("grades without an account", orphans("grade_grades", "userid", "user")),
  // Forums
  order("threads: who answers to what, and when", "id, discussion, parent, created", "forum_posts"),
  order("discussions", "id, course, forum, firstpost, groupid", "forum_discussions"),
  count(
    "posts without what they answer to",
    orphans("forum_posts", "parent", "forum_posts", "c.parent <> 0"),
  ),
  count("posts without a discussion", orphans("forum_posts", "discussion", "forum_discussions")),
  count("discussions without a first post", orphans("forum_discussions", "firstpost", "forum_posts")),
  count("posts without an author's row", orphans("forum_posts", "userid", "user")),
  count("discussions without an author's row", orphans("forum_discussions", "userid", "user")),
  // Question bank and quizzes
  order("slots of quizzes", "id, quizid, slot, page", "quiz_slots"),
  order("the question bank", "id, questioncategoryid", "question_bank_entries"),
  order("versions of questions", "id, questionbankentryid, version, questionid", "question_versions"),
  count("versions without a question", orphans("question_versions", "questionid", "question")),
  count(
    "slots without a question",
    "select count(*) as n from {quiz_slots} s left join {question_references} r on r.itemid = s.id and r.component = 'mod_quiz' and r.questionarea = 'slot' left join {question_set_references} t on t.itemid = s.id and t.component = 'mod_quiz' and t.questionarea = 'slot' where r.id is null and t.id is null",
  ),
  count("quiz attempts without a usage", orphans("quiz_attempts", "uniqueid", "question_usages")),
  count("quiz attempts without an account", orphans("quiz_attempts", "userid", "user")),
  count(
    "usages of quizzes without an attempt",
    orphans("question_usages", "id", "quiz_attempts", "c.component = 'mod_quiz'", "uniqueid"),
  ),
  count(
    "question attempts without a usage",
    orphans("question_attempts", "questionusageid", "question_usages"),
  ),
  count(
    "steps without a question attempt",
    orphans("question_attempt_steps", "questionattemptid", "question_attempts"),
  ),
  count(
    "data of steps that are gone",
    orphans("question_attempt_step_data", "attemptstepid", "question_attempt_steps"),
  ),
  // Assignments
  count("submissions without an account", orphans("assign_submission", "userid", "user", "c.userid <> 0")),
  count(
    "submitted texts without a submission",
    orphans("assignsubmission_onlinetext", "submission", "assign_submission"),
  ),
  count(
    "submitted files without a submission",
    orphans("assignsubmission_file", "submission", "assign_submission"),
  ),
  count("comments without a grade", orphans("assignfeedback_comments", "grade", "assign_grades")),
  count("annotations without a grade", orphans("assignfeedback_editpdf_annot", "gradeid", "assign_grades")),
  count(
    "gradings of a rubric without a grading",
    orphans("gradingform_rubric_fillings", "instanceid", "grading_instances"),
  ),
  // What a class writes together
  order("wiki pages", "id, subwikiid, title", "wiki_pages"),
  count("wiki versions without a page", orphans("wiki_versions", "pageid", "wiki_pages")),
  count("wiki pages without an author's row", orphans("wiki_pages", "userid", "user")),
  count("wiki versions without an author's row", orphans("wiki_versions", "userid", "user")),
  order("glossary entries", "id, glossaryid, concept", "glossary_entries"),
  count("glossary entries without an author's row", orphans("glossary_entries", "userid", "user")),
  order("records of databases", "id, dataid, groupid", "data_records"),
  count("cells without a record", orphans("data_content", "recordid", "data_records")),
  count("records without an author's row", orphans("data_records", "userid", "user")),
  order("submissions to workshops", "id, workshopid", "workshop_submissions"),
  count(
    "assessments without a submission",
    orphans("workshop_assessments", "submissionid", "workshop_submissions"),
  ),
  count(
    "submissions to workshops without an author's row",
    orphans("workshop_submissions", "authorid", "user"),
  ),
  count("assessments without a reviewer's row", orphans("workshop_assessments", "reviewerid", "user")),
  count(
    "marks of an assessment that is gone",
    orphans("workshop_grades", "assessmentid", "workshop_assessments"),
  ),
  // Other activities
  count("answers to choices that are gone", orphans("choice_answers", "optionid", "choice_options")),
  count("answers without a questionnaire", orphans("feedback_value", "completed", "feedback_completed")),
  count("attempts at lesson pages that are gone", orphans("lesson_attempts", "pageid", "lesson_pages")),
  count("values of packages without an attempt", orphans("scorm_scoes_value", "attemptid", "scorm_attempt")),
  // Messages
  count("messages without a conversation", orphans("messages", "conversationid", "message_conversations")),
  count("messages without a sender's row", orphans("messages", "useridfrom", "user", "c.useridfrom > 0")),
  count(
    "members of conversations that are gone",
    orphans("message_conversation_members", "conversationid", "message_conversations"),
  ),
  count(
    "popups without a notification",
    orphans("message_popup_notifications", "notificationid", "notifications"),
  ),
  // Comments, badges, blocks, files
  count("comments without an author's row", orphans("comments", "userid", "user")),
  count("badges of accounts that are gone", orphans("badge_issued", "userid", "user")),
  count("places of blocks that are gone", orphans("block_positions", "blockinstanceid", "block_instances")),
  count("files in contexts that are gone", orphans("files", "contextid", "context")),
  count(
    "contexts of accounts that are gone",
    "select count(*) as n from {context} c left join {user} u on u.id = c.instanceid where c.contextlevel = 30 and u.id is null",
  ),
];

/** One number for each check that this site can answer. Reads only. @throws MOODLE_NOT_FOUND */
export async function readInvariants(
  { knex }: Pick<Database, "knex">,
  prefix: string,
): Promise<ReadonlyMap<Invariant, number>> {
  const [rows] = (await knex.raw(
    "select table_name as name from information_schema.tables where table_schema = database()",
  )) as [readonly { readonly name: string }[]];
  const there = new Set(rows.map(({ name }) => name));
  if (!there.has(`${prefix}course_modules`))
    throw fault("MOODLE_NOT_FOUND", { place: `${prefix}course_modules` });
  const found = new Map<Invariant, number>();
  for (const invariant of pageInvariants) {
    const names = [...invariant.sql.matchAll(/\{(\w+)\}/g)].map((match) => prefix + (match[1] ?? ""));
    if (!names.every((name) => there.has(name))) continue;
    // Names are bound, so that a prefix of the caller's is never read as SQL.
    const [[row]] = (await knex.raw(
      invariant.sql.replace(/\?/g, "\\?").replace(/\{\w+\}/g, "??"),
      names,
    )) as [[{ n: number | string | null }]];
    found.set(invariant, Number(row.n ?? 0));
  }
  return found;
}
