/** Pages of a school's administrator. */
import type { DeletionRequest } from "./ask-deletion.ts";
import { nameOf } from "./class-pages.tsx";
import { dateText, Form, Layout, type Page, Rows } from "./layout.tsx";
import type { LogRow } from "./log.ts";
import type { Membership, PersonRow } from "./people.ts";
import type { RestrictedRow } from "./restrict.ts";
import type { SchoolRow } from "./schools.ts";
import type { Destination } from "./transfer-child.ts";

export interface SchoolPageProps {
  readonly page: Page;
  readonly school: SchoolRow;
  readonly restricted: readonly RestrictedRow[];
  readonly requests: readonly DeletionRequest[];
}

export function SchoolPage({ page, school, restricted, requests }: SchoolPageProps) {
  const { words } = page;
  const shut = school.mode === "administrators";
  return (
    <Layout page={page} title={school.name}>
      <p>
        {words.products[school.product]} · {school.place} · {words.admin.year} {school.year}
      </p>
      <h2>{words.admin.window}</h2>
      <p>{shut ? words.admin.shut : words.admin.open}</p>
      <Form page={page} action="/school/window">
        {!shut && <p class="soft">{words.admin.shutSays}</p>}
        <button class={shut ? undefined : "danger"} name="mode" value={shut ? "open" : "administrators"}>
          {shut ? words.admin.doOpen : words.admin.doShut}
        </button>
      </Form>
      <h2>{words.admin.restricted}</h2>
      {restricted.length > 0 && <p class="soft">{words.admin.restrictedSays}</p>}
      <Rows
        page={page}
        empty={words.admin.noRestricted}
        heads={[words.admin.number, words.admin.role, words.deed]}
        rows={restricted.map(({ id, role }) => [
          String(id),
          words.roles[role],
          <Form page={page} action={`/accounts/${id}/lift`} key={id}>
            <button class="plain small">{words.admin.lift}</button>
          </Form>,
        ])}
      />
      <h2>{words.admin.requests}</h2>
      {requests.length > 0 && <p class="soft">{words.admin.requestsSays}</p>}
      <Rows
        page={page}
        empty={words.admin.noRequest}
        heads={[words.admin.number, words.admin.asked, words.admin.due]}
        rows={requests.map(({ account_id, asked_at, due_at }) => [
          String(account_id),
          dateText(words, asked_at, { time: true }),
          dateText(words, due_at, { time: true }),
        ])}
      />
    </Layout>
  );
}

export function PeoplePage(props: { readonly page: Page; readonly people: readonly PersonRow[] }) {
  const { words } = props.page;
  return (
    <Layout page={props.page} title={words.admin.people}>
      <Rows
        page={props.page}
        heads={[words.admin.name, words.admin.role, words.columns.login]}
        rows={props.people.map((person) => [
          <a key={person.id} href={`/accounts/${person.id}`}>
            {nameOf(person)}
          </a>,
          words.roles[person.role],
          person.login ?? words.none,
        ])}
      />
    </Layout>
  );
}

export interface PersonPageProps {
  readonly page: Page;
  readonly person: PersonRow;
  readonly held: readonly (readonly [column: string, value: string])[];
  readonly memberships: readonly Membership[];
  readonly destinations: readonly Destination[];
  readonly request: DeletionRequest | undefined;
}

export function PersonPage(props: PersonPageProps) {
  const { page, person, memberships, destinations, request } = props;
  const { words, viewer } = page;
  const at = `/accounts/${person.id}`;
  const hasPage = person.role === "pupil" || person.role === "child";
  return (
    <Layout page={page} title={nameOf(person)}>
      <dl>
        <dt>{words.admin.role}</dt>
        <dd>{words.roles[person.role]}</dd>
        {props.held.map(([column, value]) => (
          <>
            <dt key={`${column}-name`}>{words.columns[column as keyof typeof words.columns]}</dt>
            <dd key={column}>{value}</dd>
          </>
        ))}
      </dl>
      {hasPage && (
        <p>
          <a href={`/pupils/${person.id}`}>{person.role === "child" ? words.book : words.results}</a>
        </p>
      )}
      {memberships.length > 0 && (
        <>
          <h2>{words.admin.memberships}</h2>
          <Rows
            page={page}
            heads={[words.front.year, words.class, words.signIn.school, words.state]}
            rows={memberships.map((each) => [
              each.year,
              each.class_name,
              each.school,
              each.current ? words.admin.since : words.admin.left,
            ])}
          />
        </>
      )}
      {destinations.length > 0 && (
        <>
          <h2>{words.admin.transfer}</h2>
          <Form page={page} action={`${at}/transfer`} class="card">
            <p class="soft">{words.admin.transferSays}</p>
            <div class="field">
              <label for="class">{words.admin.destination}</label>
              <select id="class" name="class">
                {destinations.map(({ id, name, school }) => (
                  <option key={id} value={String(id)}>{`${school} · ${name}`}</option>
                ))}
              </select>
            </div>
            <button>{words.admin.doTransfer}</button>
          </Form>
        </>
      )}
      {person.id !== viewer?.id && (
        <>
          <h2>{words.admin.restrict}</h2>
          <Form page={page} action={`${at}/restrict`}>
            <p class="soft">{words.admin.restrictSays}</p>
            <button class="danger">{words.admin.restrict}</button>
          </Form>
          <h2>{words.admin.delete}</h2>
          {request === undefined ? (
            <Form page={page} action={`${at}/deletion`}>
              <p class="soft">{words.admin.deleteSays}</p>
              <button class="danger">{words.admin.delete}</button>
            </Form>
          ) : (
            <p>{words.account.pending(dateText(words, request.due_at, { time: true }))}</p>
          )}
        </>
      )}
    </Layout>
  );
}

export function LogPage(props: { readonly page: Page; readonly rows: readonly LogRow[] }) {
  const { words } = props.page;
  return (
    <Layout page={props.page} title={words.log.title}>
      <Rows
        page={props.page}
        heads={[words.when, words.log.account, words.log.action, words.log.ip]}
        rows={props.rows.map((row) => [
          dateText(words, row.at, { time: true }),
          String(row.account_id),
          words.actions[row.action] ?? row.action,
          row.ip ?? words.none,
        ])}
      />
    </Layout>
  );
}
