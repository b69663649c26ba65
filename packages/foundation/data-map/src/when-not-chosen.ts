/** Two transactions that wait for each other: the server ends one of them, which has written nothing and may try again. */

const TRIES = 4;
const DEADLOCK = "ER_LOCK_DEADLOCK";

/** Runs a transaction again when the server chose it to end a deadlock. */
export async function whenNotChosen<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== DEADLOCK || tries === TRIES) throw error;
    }
  }
}
