/** Transactions that wait for each other, or for somebody else's: one is given up, has written nothing, and may try again. */
import { isFault } from "@preau/kernel";

const TRIES = 5;

/** Runs a transaction again when the server gave it up. */
export async function whenNotChosen<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!isFault(error, "DATABASE_BUSY") || tries === TRIES) throw error;
    }
  }
}
