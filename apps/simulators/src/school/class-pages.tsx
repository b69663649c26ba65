/** Classes of a teacher, and the people in one: of either product. */

import type { FileRow } from "./files.ts";
import { dateText, Layout, type Page, Rows } from "./layout.tsx";
import type { ClassRow, PersonRow } from "./people.ts";

export function ClassesPage(props: {
  readonly page: Page;
  readonly title: string;
  readonly classes: readonly ClassRow[];
  readonly files: readonly FileRow[];
}) {
  const { words } = props.page;
  return (
    <Layout page={props.page} title={props.title}>
      <Rows
        page={props.page}
        empty={words.noClass}
        heads={[words.class, words.level, words.pupils]}
        rows={props.classes.map(({ id, name, level, pupils }) => [
          <a key={id} href={`/classes/${id}`}>
            {name}
          </a>,
          level,
          pupils,
        ])}
      />
      <Files page={props.page} files={props.files} />
    </Layout>
  );
}

export function ClassPage(props: {
  readonly page: Page;
  readonly id: number;
  readonly name: string;
  readonly pupils: readonly PersonRow[];
}) {
  const { words, viewer } = props.page;
  return (
    <Layout page={props.page} title={props.name}>
      <Rows
        page={props.page}
        empty={words.noPupil}
        heads={[words.pupil, words.columns.birth_date]}
        rows={props.pupils.map((pupil) => [
          <a key={pupil.id} href={`/pupils/${pupil.id}`}>
            {nameOf(pupil)}
          </a>,
          pupil.birth_date === null ? words.none : dateText(words, pupil.birth_date),
        ])}
      />
      {viewer?.product === "plume" && props.pupils.length > 0 && (
        <p>
          <a href={`/classes/${props.id}/results.csv`}>{words.export}</a>
        </p>
      )}
    </Layout>
  );
}

export function Files(props: { readonly page: Page; readonly files: readonly FileRow[] }) {
  const { words } = props.page;
  if (props.files.length === 0) return null;
  return (
    <>
      <h2>{words.files}</h2>
      <ul>
        {props.files.map(({ id, name, size }) => (
          <li key={id}>
            <a href={`/files/${id}`}>{name}</a> <small>{words.bytes(size)}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Last name first, as lists are sorted; a parent's address. */
export function nameOf(person: PersonRow): string {
  return person.last_name === null ? (person.email ?? "") : `${person.last_name} ${person.first_name ?? ""}`;
}
