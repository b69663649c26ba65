import { onTestFinished } from "vitest";

/** What a contract suite is given by `make()`: the implementation, what the suite needs beside it, and how it ends. */
export interface Closable {
  close?(): Promise<void> | void;
}

/** Makes one for the running test, and closes it when that test has finished. */
export async function setUp<T extends Closable>(make: () => T | Promise<T>): Promise<T> {
  const made = await make();
  onTestFinished(() => made.close?.());
  return made;
}

/** The code of the error that this rejects with; `undefined` when it does not reject. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return (error as { readonly code?: unknown } | undefined)?.code ?? error;
  }
}
