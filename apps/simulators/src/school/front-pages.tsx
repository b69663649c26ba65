/** What stands before the door: the first page, the choice of a person, the window into the database. */
import { Form, Layout, type Page, Rows } from "./layout.tsx";
import type { Choice, StoredAccount } from "./peephole.ts";
import type { SchoolRow } from "./schools.ts";

export function FrontPage(props: { readonly page: Page; readonly schools: readonly SchoolRow[] }) {
  const { words } = props.page;
  return (
    <Layout page={props.page} title={words.front.title}>
      <p>{words.front.says}</p>
      <ul class="cards">
        {(["plume", "jardin"] as const).map((product) => (
          <li class="card" key={product}>
            <h2>{words.products[product]}</h2>
            <p>{words.productSays[product]}</p>
          </li>
        ))}
      </ul>
      <p>
        <a class="button" href="/sign-in">
          {words.front.enter}
        </a>
      </p>
      <h2>{words.front.schoolsTitle}</h2>
      <Rows
        page={props.page}
        heads={[words.signIn.school, words.front.place, words.product, words.front.year, words.admin.window]}
        rows={props.schools.map((school) => [
          school.name,
          school.place,
          words.products[school.product],
          school.year,
          school.mode === "open" ? words.admin.open : words.admin.shut,
        ])}
      />
    </Layout>
  );
}

export interface SignInPageProps {
  readonly page: Page;
  readonly schools: readonly SchoolRow[];
  readonly school: SchoolRow | undefined;
  readonly people: readonly Choice[];
}

export function SignInPage(props: SignInPageProps) {
  const { words } = props.page;
  const { school } = props;
  const here = props.people.filter((person) => person.school === school?.id);
  const staff = here.filter(({ role }) => role === "administrator" || role === "teacher");
  const pupils = new Map<string, Choice[]>();
  for (const person of here) {
    if (person.class_name === null || person.role === "parent") continue;
    pupils.set(person.class_name, [...(pupils.get(person.class_name) ?? []), person]);
  }
  const parents = here.filter(({ role }) => role === "parent");
  return (
    <Layout page={props.page} title={words.signIn.title}>
      <p>{words.signIn.says}</p>
      <form method="get" action="/sign-in" class="row">
        <div class="field">
          <label for="school">{words.signIn.school}</label>
          <select id="school" name="school">
            {props.schools.map(({ id, name, product }) => (
              <option key={id} value={String(id)} selected={id === school?.id}>
                {`${words.products[product]} · ${name}`}
              </option>
            ))}
          </select>
        </div>
        <button class="plain">{words.signIn.show}</button>
      </form>
      <form method="post" action="/sign-in">
        <h2>{words.signIn.staff}</h2>
        <Buttons page={props.page} people={staff} roles />
        {staff.some(({ gar }) => gar) && <p class="soft">{words.signIn.gar}</p>}
        <h2>{words.pupils}</h2>
        {[...pupils].map(([name, people]) => (
          <details key={name}>
            <summary>
              {name} · {words.count(people.length)}
            </summary>
            <Buttons page={props.page} people={people} />
          </details>
        ))}
        {school?.product === "plume" && <p class="soft">{words.signIn.garPupil}</p>}
        {parents.length > 0 && (
          <>
            <h2>{words.signIn.parents}</h2>
            <details>
              <summary>{words.signIn.parentsOf(parents.length)}</summary>
              <Buttons page={props.page} people={parents} />
            </details>
          </>
        )}
      </form>
    </Layout>
  );
}

function Buttons(props: {
  readonly page: Page;
  readonly people: readonly Choice[];
  readonly roles?: boolean;
}) {
  const { words } = props.page;
  if (props.people.length === 0) return <p class="soft">{words.nothing}</p>;
  const roleOf = ({ gar, role }: Choice) => (gar ? words.garTeacher : words.roles[role]);
  return (
    <ul class="choices">
      {props.people.map((person) => (
        <li key={person.id}>
          <button class="plain small" name="person" value={String(person.id)}>
            {props.roles === true ? `${person.name}, ${roleOf(person)}` : person.name}
          </button>
        </li>
      ))}
    </ul>
  );
}

export function DatabasePage(props: {
  readonly page: Page;
  readonly counts: readonly { readonly table: string; readonly rows: number }[];
  readonly accounts: readonly StoredAccount[];
}) {
  const { words } = props.page;
  return (
    <Layout page={props.page} title={words.database.title}>
      <p>{words.database.says}</p>
      <Rows
        page={props.page}
        heads={[words.database.table, words.database.rows]}
        rows={props.counts.map(({ table, rows }) => [table, rows])}
      />
      <h2>{words.database.accounts}</h2>
      <Rows
        page={props.page}
        heads={[words.admin.number, words.admin.role, words.columns.login, words.columns.email]}
        rows={props.accounts.map(({ id, role, login, email }) => [
          String(id),
          words.roles[role],
          login ?? words.none,
          email ?? words.none,
        ])}
      />
    </Layout>
  );
}

export function AccountPage(props: {
  readonly page: Page;
  /** Columns that the account holds, with what stands in them. */
  readonly held: readonly (readonly [column: string, value: string])[];
  /** Where a person of the GAR asks for deletion: the hub. */
  readonly hubUrl: string | undefined;
  readonly due: string | undefined;
}) {
  const { words } = props.page;
  return (
    <Layout page={props.page} title={words.account.title}>
      <p>{words.account.says}</p>
      <dl>
        {props.held.map(([column, value]) => (
          <>
            <dt key={`${column}-name`}>{words.columns[column as keyof typeof words.columns]}</dt>
            <dd key={column}>{value}</dd>
          </>
        ))}
      </dl>
      <h2>{words.account.delete}</h2>
      {props.hubUrl !== undefined ? (
        <>
          <p>{words.account.gar}</p>
          <p>
            <a href={props.hubUrl}>{words.account.garLink}</a>
          </p>
        </>
      ) : props.due !== undefined ? (
        <p>{words.account.pending(props.due)}</p>
      ) : (
        <Form page={props.page} action="/account/deletion">
          <p>{words.account.deleteSays}</p>
          <button class="danger">{words.account.doDelete}</button>
        </Form>
      )}
    </Layout>
  );
}
