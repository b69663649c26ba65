/** What the places of a site are called: a course, an activity of it, somebody's own place. A few statements a call. */
import type { Database } from "@preau/database";

interface Place {
  readonly id: number | string;
  readonly contextlevel: number | string;
  readonly instanceid: number | string;
}

type Titles = ReadonlyMap<number, readonly string[]>;
type Rows = readonly Readonly<Record<string, unknown>>[];

const CHUNK = 500;

/** By context: folders from the outside in, `["Maths 2de 1", "Devoir 3"]`. A place that is gone is absent. */
export async function placeTitles(
  { knex }: Database,
  prefix: string,
  contexts: readonly number[],
): Promise<Titles> {
  const places: Place[] = [];
  for (const some of chunks(contexts))
    places.push(
      ...(await knex(`${prefix}context`)
        .whereIn("id", some)
        .select<Place[]>("id", "contextlevel", "instanceid")),
    );
  const at = (level: number) =>
    places
      .filter(({ contextlevel }) => Number(contextlevel) === level)
      .map(({ instanceid }) => Number(instanceid));
  const [site, users, categories, courses, activities, blocks] = [
    at(10).length === 0 ? new Map<number, string>() : await named("course", "fullname", undefined),
    await personNames({ knex }, prefix, at(30)),
    await named("course_categories", "name", at(40)),
    await named("course", "fullname", at(50)),
    await activityTitles(at(70)),
    await blockTitles(at(80)),
  ];
  const titleOf = ({ contextlevel, instanceid }: Place): readonly string[] | undefined => {
    const id = Number(instanceid);
    const one = (title: string | undefined) => (title === undefined ? undefined : [title]);
    switch (Number(contextlevel)) {
      case 10:
        return one([...site.values()][0]);
      case 30:
        return one(users.get(id));
      case 40:
        return one(categories.get(id));
      case 50:
        return one(courses.get(id));
      case 70:
        return activities.get(id);
      default:
        return blocks.get(id);
    }
  };
  return new Map(
    places.flatMap((place) => {
      const title = titleOf(place);
      return title === undefined ? [] : [[Number(place.id), title] as const];
    }),
  );

  /** Titles of rows; of the site's front page when no ids are given. */
  async function named(table: string, column: string, ids: readonly number[] | undefined) {
    const found = new Map<number, string>();
    for (const some of ids === undefined ? [undefined] : chunks(ids)) {
      const rows: Rows = await knex(`${prefix}${table}`)
        .select("id", { title: column })
        .where((where) => void (some === undefined ? where.where("category", 0) : where.whereIn("id", some)));
      for (const row of rows) found.set(Number(row["id"]), String(row["title"]));
    }
    return found;
  }

  async function activityTitles(ids: readonly number[]): Promise<Titles> {
    const modules: Rows[number][] = [];
    for (const some of chunks(ids))
      modules.push(
        ...(await knex(`${prefix}course_modules as cm`)
          .join(`${prefix}modules as m`, "m.id", "cm.module")
          .join(`${prefix}course as c`, "c.id", "cm.course")
          .whereIn("cm.id", some)
          .select<Rows>({ id: "cm.id", instance: "cm.instance", kind: "m.name", course: "c.fullname" })),
      );
    const titles = new Map<number, readonly string[]>();
    for (const kind of new Set(modules.map((row) => String(row["kind"])))) {
      const ofKind = modules.filter((row) => row["kind"] === kind);
      // A kind is a table with a name in every row; one that was taken out of the site has none left.
      const there = /^[a-z][a-z0-9_]{0,60}$/.test(kind) && (await knex.schema.hasTable(`${prefix}${kind}`));
      const names = there
        ? await named(
            kind,
            "name",
            ofKind.map((row) => Number(row["instance"])),
          )
        : undefined;
      for (const row of ofKind)
        titles.set(Number(row["id"]), [String(row["course"]), names?.get(Number(row["instance"])) ?? kind]);
    }
    return titles;
  }

  async function blockTitles(ids: readonly number[]): Promise<Titles> {
    if (ids.length === 0) return new Map();
    const rows: Rows = await knex(`${prefix}block_instances`)
      .whereIn("id", ids)
      .select("id", "blockname", "parentcontextid");
    const around = await placeTitles(
      { knex } as Database,
      prefix,
      rows.map((row) => Number(row["parentcontextid"])),
    );
    return new Map(
      rows.map((row) => [
        Number(row["id"]),
        [...(around.get(Number(row["parentcontextid"])) ?? []), String(row["blockname"])],
      ]),
    );
  }
}

/** Persons as lists of pupils write them: family name first. */
export async function personNames(
  { knex }: Pick<Database, "knex">,
  prefix: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (const some of chunks(ids)) {
    const rows: Rows = await knex(`${prefix}user`).whereIn("id", some).select("id", "firstname", "lastname");
    for (const row of rows)
      names.set(Number(row["id"]), `${String(row["lastname"])} ${String(row["firstname"])}`.trim());
  }
  return names;
}

/** Rows that files hang on, by their number, and the column that says whose they are. */
export interface WorkTable {
  readonly table: string;
  readonly person: string;
}

/** By item: the person whose work it is. Work of a group has none. */
export async function workOwners(
  { knex }: Pick<Database, "knex">,
  prefix: string,
  { table, person, items }: WorkTable & { readonly items: readonly number[] },
): Promise<ReadonlyMap<number, number>> {
  const owners = new Map<number, number>();
  for (const some of chunks(items)) {
    const rows: Rows = await knex(`${prefix}${table}`).whereIn("id", some).select("id", { person });
    for (const row of rows)
      if (Number(row["person"]) > 0) owners.set(Number(row["id"]), Number(row["person"]));
  }
  return owners;
}

function chunks(ids: readonly number[]): readonly (readonly number[])[] {
  const unique = [...new Set(ids)];
  const some: number[][] = [];
  for (let start = 0; start < unique.length; start += CHUNK) some.push(unique.slice(start, start + CHUNK));
  return some;
}
