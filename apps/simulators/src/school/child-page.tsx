/** Jardin: a child's page with the progress book, whole for the school, what is shared for a parent. */
import type { Production } from "./assess.ts";
import { type Book, type Observation, readsWhole } from "./book.ts";
import { Files } from "./class-pages.tsx";
import type { FileRow } from "./files.ts";
import { dateText, Form, Layout, type Page } from "./layout.tsx";
import { childSkills } from "./names.ts";
import type { Membership, PersonRow } from "./people.ts";
import { Productions } from "./pupil-page.tsx";

export interface ChildPageProps {
  readonly page: Page;
  readonly child: PersonRow;
  readonly memberships: readonly Membership[];
  readonly books: readonly Book[];
  readonly productions: readonly Production[];
  readonly files: readonly FileRow[];
  readonly mayWrite: boolean;
}

export function ChildPage(props: ChildPageProps) {
  const { page, child, books } = props;
  const { words, viewer } = page;
  const { birth_date } = child;
  const places = props.memberships.filter(({ current }) => current);
  return (
    <Layout page={page} title={`${child.first_name ?? ""} ${child.last_name ?? ""}`}>
      <dl>
        <dt>{words.class}</dt>
        <dd>
          {places.map(({ class_name, school }) => `${class_name}, ${school}`).join(" ; ") || words.none}
        </dd>
        <dt>{words.columns.birth_date}</dt>
        <dd>{birth_date === null ? words.none : dateText(words, birth_date)}</dd>
      </dl>
      {props.mayWrite && <Observe page={page} child={child.id} />}
      {viewer?.role === "child" ? (
        <p>{words.childBook}</p>
      ) : (
        books.map((book) => <BookPart page={page} book={book} key={`${book.school} ${book.year}`} />)
      )}
      {viewer?.role !== "child" && books.length === 0 && (
        <>
          <h2>{words.book}</h2>
          <p class="soft">{viewer?.role === "parent" ? words.noShared : words.noObservation}</p>
        </>
      )}
      {viewer?.role !== "parent" && (
        <>
          <h2>{words.productions}</h2>
          <Productions page={page} productions={props.productions} />
          <Files page={page} files={props.files} />
        </>
      )}
    </Layout>
  );
}

function BookPart(props: { readonly page: Page; readonly book: Book }) {
  const { page, book } = props;
  const { words, viewer } = page;
  const whole = viewer !== undefined && readsWhole(viewer);
  return (
    <>
      <h2>
        {words.book} {book.year}
        <span class="tag">{book.archived ? words.books.archived : words.books.open}</span>
      </h2>
      <p class="soft">
        {book.school}
        {book.archived && whole ? `. ${words.archivedSays}` : ""}
      </p>
      {book.observations.map((observation) => (
        <article class="card" key={observation.id}>
          <h3>{observation.skill}</h3>
          <p>{observation.body}</p>
          <small>
            {dateText(words, observation.observed_at)}, {words.by(observation.teacher ?? words.noAuthor)}
          </small>
          {whole && <Shares page={page} observation={observation} archived={book.archived} />}
        </article>
      ))}
    </>
  );
}

function Shares(props: {
  readonly page: Page;
  readonly observation: Observation;
  readonly archived: boolean;
}) {
  const { page, observation } = props;
  const { words, viewer } = page;
  if (observation.shares.length === 0) return <p class="soft">{words.noParent}</p>;
  return (
    <ul class="shares">
      {observation.shares.map(({ parent_id, email, shared }) => (
        <li class="row" key={parent_id}>
          <span>
            {shared ? words.sharedWith : words.notSharedWith} {email}
          </span>
          {(shared || (!props.archived && viewer?.role === "teacher")) && (
            <Form page={page} action={`/observations/${observation.id}/${shared ? "withdraw" : "share"}`}>
              <button class="plain small" name="parent" value={String(parent_id)}>
                {shared ? words.withdraw : words.share}
              </button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}

function Observe(props: { readonly page: Page; readonly child: number }) {
  const { words } = props.page;
  return (
    <>
      <h2>{words.observe}</h2>
      <Form page={props.page} action={`/pupils/${props.child}/observations`} class="card">
        <div class="field">
          <label for="skill">{words.skill}</label>
          <select id="skill" name="skill">
            {childSkills.map((skill) => (
              <option key={skill}>{skill}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="body">{words.observation}</label>
          <textarea id="body" name="body" required maxLength={2000} />
        </div>
        <button>{words.save}</button>
      </Form>
    </>
  );
}

export function ChildrenPage(props: { readonly page: Page; readonly children: readonly PersonRow[] }) {
  const { words } = props.page;
  return (
    <Layout page={props.page} title={words.nav.children}>
      {props.children.length === 0 && <p class="soft">{words.noChild}</p>}
      <ul class="cards">
        {props.children.map((child) => (
          <li class="card" key={child.id}>
            <h2>
              <a href={`/pupils/${child.id}`}>{`${child.first_name ?? ""} ${child.last_name ?? ""}`}</a>
            </h2>
            <p class="soft">{words.book}</p>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
