/**
 * Who may enter a Moodle, by Moodle's own means: `user.suspended`, which its sign-in asks for every time and its web
 * services too, and the rows of `sessions`, without which no running session goes on, wherever its contents are kept.
 *
 * Maintenance mode would not do: it stands in Moodle's cached settings, so a change of the database alone does nothing
 * until the caches are emptied, and it leaves running sessions of whoever may configure the site.
 */
import type { Database } from "@preau/database";

type Store = Pick<Database, "knex">;
type Runner = Store["knex"];

/** A preference of the account, beside its others: what `suspended` was before the window. */
const WINDOW = "preau_window";
/** The mark of a restriction in the map, and what it remembers of an account that was not suspended. */
const RESTRICTED = "preau_restricted";
const NOT_SUSPENDED = JSON.stringify({ suspended: 0 });

/** Accounts, the guest's included, that may enter although they administer nothing. */
export async function accountsThatMayEnter(
  { knex }: Store,
  prefix: string,
  administrators: readonly string[],
): Promise<number> {
  const [row]: { amount?: number | string }[] = await others(knex, prefix, administrators)
    .where({ suspended: 0 })
    .count({ amount: "*" });
  return Number(row?.amount ?? 0);
}

/** Suspends everybody else, remembers what was there, ends their sessions. Twice is once. Accounts changed. @clause S10 */
export async function suspendOthers(
  { knex }: Store,
  prefix: string,
  administrators: readonly string[],
): Promise<number> {
  return knex.transaction(async (transaction) => {
    const marked = transaction(`${prefix}user_preferences`).select("userid").where({ name: WINDOW });
    await transaction(
      transaction.raw("?? (??, ??, ??)", [`${prefix}user_preferences`, "userid", "name", "value"]),
    ).insert(
      others(transaction, prefix, administrators)
        .whereNotIn("id", marked.clone())
        .select("id", transaction.raw("?", [WINDOW]), "suspended"),
    );
    const changed: number = await transaction(`${prefix}user`)
      .whereIn("id", marked.clone())
      .where({ suspended: 0 })
      .update({ suspended: 1 });
    await transaction(`${prefix}sessions`).whereIn("userid", marked.clone()).delete();
    return changed;
  });
}

/**
 * Gives back exactly what was there. Whoever is under a restriction stays suspended, and the restriction then remembers
 * what was there before the window. @clause S10
 */
export async function releaseOthers({ knex }: Store, prefix: string): Promise<number> {
  return knex.transaction(async (transaction) => {
    const preferences = `${prefix}user_preferences`;
    const wereOpen = (
      await transaction(preferences).select("userid").where({ name: WINDOW, value: "0" })
    ).map(({ userid }: { userid: number | string }) => userid);
    const restricted = transaction(preferences).select("userid").where({ name: RESTRICTED });
    let changed = 0;
    for (let start = 0; start < wereOpen.length; start += 1_000) {
      const some = wereOpen.slice(start, start + 1_000);
      await transaction(preferences)
        .whereIn("userid", some)
        .where({ name: RESTRICTED })
        .update({ value: NOT_SUSPENDED });
      changed += await transaction(`${prefix}user`)
        .whereIn("id", some)
        .whereNotIn("id", restricted.clone())
        .update({ suspended: 0 });
    }
    await transaction(preferences).where({ name: WINDOW }).delete();
    return changed;
  });
}

/** A restriction that is lifted while the window is on opens nothing: the account waits with the others. */
export async function keepWithinWindow({ knex }: Store, prefix: string, user: string): Promise<void> {
  await knex.transaction(async (transaction) => {
    const mark = transaction(`${prefix}user_preferences`).where({ userid: user, name: WINDOW });
    if ((await mark.clone().first("id")) === undefined) return;
    const changed: number = await transaction(`${prefix}user`)
      .where({ id: user, suspended: 0 })
      .update({ suspended: 1 });
    if (changed > 0) await mark.update({ value: "0" });
  });
}

/** Ends whatever session is running. */
export async function endSessions({ knex }: Store, prefix: string, users: readonly string[]): Promise<void> {
  if (users.length > 0) await knex(`${prefix}sessions`).whereIn("userid", users).delete();
}

function others(runner: Runner, prefix: string, administrators: readonly string[]) {
  return runner(`${prefix}user`).where({ deleted: 0 }).whereNotIn("id", administrators);
}
