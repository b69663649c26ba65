/** What the account commands are given: refs and roles as options, what names a person by the input alone. */
import { createInterface } from "node:readline/promises";
import { type ActorId, type ControllerId, controllerId } from "@preau/kernel";
import { type AccountRef, type AccountRole, isAccountRole, PUBLISHER } from "@preau/web";
import { fault } from "../errors.ts";
import type { Input } from "./command-context.ts";

export interface AccountArguments {
  readonly controller?: string;
  readonly json?: boolean;
}

const MOST_BYTES = 4_096;

/** The controller named, or the publisher. @throws CONTROLLER_BAD_ID */
export function controllerOf({ controller }: AccountArguments): ControllerId {
  return controller === undefined ? PUBLISHER : controllerId(controller);
}

/** @throws HUB_BAD_ARGUMENT */
export function refOf(id: string, options: AccountArguments): AccountRef {
  if (!/^act_[0-9a-z]{26}$/.test(id)) throw fault("HUB_BAD_ARGUMENT", { place: "id" });
  return { id: id as ActorId, controller: controllerOf(options) };
}

/** @throws HUB_BAD_ARGUMENT */
export function roleOf(text: string): AccountRole {
  if (!isAccountRole(text)) throw fault("HUB_BAD_ARGUMENT", { place: "--role" });
  return text;
}

export interface GivenPerson {
  readonly email: string;
  readonly name: string;
}

/**
 * Address and name: two lines of the input with `--email-stdin`, or asked for at a terminal. Never arguments: others see
 * a command line. @throws HUB_BAD_ARGUMENT
 */
export async function readPerson(
  input: Input,
  { emailStdin, questions }: { readonly emailStdin: boolean; readonly questions: readonly [string, string] },
): Promise<GivenPerson> {
  if (!emailStdin && !input.isTTY) throw fault("HUB_BAD_ARGUMENT", { place: "--email-stdin" });
  if (!emailStdin) return ask(input, questions);
  let text = "";
  for await (const chunk of input) {
    text += String(chunk);
    if (text.length > MOST_BYTES) throw fault("HUB_BAD_ARGUMENT", { place: "--email-stdin" });
  }
  const [email = "", name = ""] = text.split(/\r?\n/);
  return { email, name };
}

async function ask(input: Input, questions: readonly [string, string]): Promise<GivenPerson> {
  const terminal = createInterface({ input, output: process.stderr });
  try {
    const email = await terminal.question(`${questions[0]} `);
    return { email, name: await terminal.question(`${questions[1]} `) };
  } finally {
    terminal.close();
  }
}
