/** One command-line client that stays: a test makes and drops a schema through it, and starts no process for either. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";

export interface MariaDbClient {
  /** Runs statements after those that were given before, and gives what they print. */
  run(statement: string): Promise<string>;
  end(): void;
}

/** It reads statements while there are any, and ends with the process that started it. */
export function keepClient(program: string, socket: string): MariaDbClient {
  let child: ChildProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const start = () => {
    const args = ["--no-defaults", `--socket=${socket}`, "--user=root", "--batch", "--skip-column-names"];
    const started = spawn(program, [...args, "--unbuffered"], { stdio: ["pipe", "pipe", "pipe"] });
    started.unref();
    started.stdin.on("error", () => undefined); // its end is noticed below
    keepAlive(started, false);
    return started;
  };
  const ask = async (statement: string) => {
    child ??= start();
    const asked = child;
    keepAlive(asked, true);
    try {
      return await answer(asked, statement);
    } catch (error) {
      child = undefined;
      throw error;
    } finally {
      keepAlive(asked, false);
    }
  };
  return {
    run: (statement) => {
      const mine = last.then(() => ask(statement));
      last = mine.catch(() => undefined);
      return mine;
    },
    end: () => {
      child?.stdin?.end();
      child = undefined;
    },
  };
}

/** Sends a statement and waits for the word that it prints afterwards. */
function answer({ stdin, stdout, stderr }: ChildProcess, statement: string): Promise<string> {
  const done = `done-${randomBytes(8).toString("hex")}`;
  return new Promise((resolve, reject) => {
    let [said, complained] = ["", ""];
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(done)) leave(() => resolve(said.slice(0, said.indexOf(done)).trim()));
    };
    const complain = (chunk: Buffer) => {
      complained += chunk.toString();
    };
    const close = () => leave(() => reject(new Error(`the client of MariaDB ended: ${complained}`)));
    const leave = (then: () => void) => {
      stdout?.off("data", hear).off("close", close);
      stderr?.off("data", complain);
      then();
    };
    stdout?.on("data", hear).on("close", close);
    stderr?.on("data", complain);
    stdin?.write(`${statement};\nSELECT '${done}';\n`);
  });
}

/** Whether an idle client keeps this process from ending. */
function keepAlive({ stdin, stdout, stderr }: ChildProcess, alive: boolean): void {
  for (const stream of [stdin, stdout, stderr]) {
    const handle = stream as unknown as { ref?: () => void; unref?: () => void };
    if (alive) handle.ref?.();
    else handle.unref?.();
  }
}
