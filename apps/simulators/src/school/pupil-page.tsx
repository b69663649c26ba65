/** Plume: a pupil's page, for the pupil and for who teaches there. */
import { mayMark, type Production, type Progress, type ResultRow } from "./assess.ts";
import { Files } from "./class-pages.tsx";
import type { FileRow } from "./files.ts";
import { dateText, Form, Layout, type Page, Rows } from "./layout.tsx";
import { pupilSkills } from "./names.ts";
import type { Membership, PersonRow } from "./people.ts";

export interface PupilPageProps {
  readonly page: Page;
  readonly pupil: PersonRow;
  readonly memberships: readonly Membership[];
  readonly groups: readonly string[];
  readonly results: readonly ResultRow[];
  readonly progress: readonly Progress[];
  readonly productions: readonly Production[];
  readonly files: readonly FileRow[];
}

export function PupilPage(props: PupilPageProps) {
  const { page, pupil, memberships, groups, results } = props;
  const { words, viewer } = page;
  const { birth_date, handedness } = pupil;
  return (
    <Layout page={page} title={`${pupil.first_name ?? ""} ${pupil.last_name ?? ""}`}>
      <dl>
        <dt>{words.class}</dt>
        <dd>
          {memberships
            .filter(({ current }) => current)
            .map(({ class_name, school }) => `${class_name}, ${school}`)
            .join(" ; ") || words.none}
        </dd>
        <dt>{words.group}</dt>
        <dd>{groups.join(", ") || words.none}</dd>
        <dt>{words.columns.birth_date}</dt>
        <dd>{birth_date === null ? words.none : dateText(words, birth_date)}</dd>
        <dt>{words.columns.handedness}</dt>
        <dd>{handedness ?? words.none}</dd>
      </dl>
      <h2>{words.progress}</h2>
      <Rows
        page={page}
        empty={words.noResult}
        heads={[words.skill, words.marks, words.firstMark, words.lastMark]}
        rows={props.progress.map(({ skill, marks, first, last }) => [skill, marks, first, last])}
      />
      {viewer !== undefined && mayMark(viewer) && <Assess page={page} pupil={pupil.id} />}
      <h2>{words.results}</h2>
      <Rows
        page={page}
        empty={words.noResult}
        heads={[words.when, words.skill, words.mark, words.teacher, words.comment]}
        rows={results
          .toReversed()
          .map((result) => [
            dateText(words, result.graded_at),
            result.skill,
            `${result.score}/20`,
            result.teacher ?? words.noAuthor,
            result.comment ?? "",
          ])}
      />
      <h2>{words.productions}</h2>
      <Productions page={page} productions={props.productions} />
      <Files page={page} files={props.files} />
    </Layout>
  );
}

export function Productions(props: { readonly page: Page; readonly productions: readonly Production[] }) {
  const { words } = props.page;
  if (props.productions.length === 0) return <p class="soft">{words.noProduction}</p>;
  return (
    <ul class="cards">
      {props.productions.map(({ title, body }, i) => (
        <li class="card" key={i}>
          <h3>{title}</h3>
          <p>{body}</p>
        </li>
      ))}
    </ul>
  );
}

function Assess(props: { readonly page: Page; readonly pupil: number }) {
  const { words } = props.page;
  return (
    <>
      <h2>{words.assess}</h2>
      <Form page={props.page} action={`/pupils/${props.pupil}/results`} class="card">
        <div class="field">
          <label for="skill">{words.skill}</label>
          <select id="skill" name="skill">
            {pupilSkills.map((skill) => (
              <option key={skill}>{skill}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="score">{words.outOf20}</label>
          <input id="score" name="score" type="number" min="0" max="20" required />
        </div>
        <div class="field">
          <label for="comment">
            {words.comment} <small>({words.optional})</small>
          </label>
          <textarea id="comment" name="comment" maxLength={2000} />
        </div>
        <button>{words.save}</button>
      </Form>
    </>
  );
}
