/**
 * Everybody on a site, read once for a batch of copies: whoever comes next asks the server for a checksum of the columns
 * that were read, and reads them again only where it has changed. Half a minute after the last copy it is let go.
 */
import { type Sql, unions } from "./condition.ts";
import { rowsOf } from "./query.ts";
import { identityColumns, type PersonsSite, readSitePersons, type SitePersons } from "./site-persons.ts";

const COLUMNS_A_STATEMENT = 20;
/** Milliseconds of real time: nobody's names stay in memory without need. */
const HELD_FOR = 30_000;

/** Makes a reader that remembers. SQLite has no checksum: it reads each time. */
export function freshPersons(): (site: PersonsSite) => Promise<SitePersons> {
  let known: { readonly checksum: string; readonly persons: SitePersons } | undefined;
  let end: NodeJS.Timeout | undefined;
  const hold = (now: typeof known) => {
    known = now;
    clearTimeout(end);
    end = setTimeout(() => {
      known = undefined;
    }, HELD_FOR);
    end.unref();
  };
  return async (site) => {
    if (site.dialect === "sqlite") return readSitePersons(site);
    const checksum = await checksumOf(site);
    // Who changed while they were read has another checksum the next time.
    const persons = known?.checksum === checksum ? known.persons : await readSitePersons(site);
    hold({ checksum, persons });
    return persons;
  };
}

async function checksumOf(site: PersonsSite): Promise<string> {
  const parts = identityColumns(site).map(({ table, columns }, place): Sql => {
    const cells = columns.map(() => "coalesce(hex(??), '-')").join(", ");
    return {
      text: `select ${place} as place, count(*) as amount, sum(crc32(concat_ws('/', ${cells}))) as one, bit_xor(crc32(concat_ws('\\\\', ${cells}))) as two from ??`,
      bindings: [...columns, ...columns, table],
    };
  });
  const sums: string[] = [];
  for (const statement of unions(parts, COLUMNS_A_STATEMENT))
    for (const row of await rowsOf(site.runner, statement)) sums.push(JSON.stringify(Object.values(row)));
  return [...sums.sort(), site.schema.size].join("\n");
}
