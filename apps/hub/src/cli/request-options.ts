/** What the words of `preau request …` mean; whatever could name a person is read from the input, never an argument. */
import { dataSubjectRights, type Instant, instant, otherRequests, type RequestMatter } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { CommandContext } from "./command-context.ts";

const MOST_BYTES = 64 * 1024;

/** @throws HUB_BAD_ARGUMENT naming the option */
export function instantIn(text: string | undefined, option: string, now: Instant): Instant {
  if (text === undefined) return now;
  const at = Date.parse(text);
  if (Number.isNaN(at) || !/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text))
    throw fault("HUB_BAD_ARGUMENT", { place: option });
  return instant(new Date(at).toISOString());
}

/** @throws HUB_BAD_ARGUMENT */
export function mattersIn(text: string): readonly RequestMatter[] {
  return text.split(",").map((word) => matterIn(word.trim()));
}

/** @throws HUB_BAD_ARGUMENT */
export function matterIn(word: string): RequestMatter {
  const found = [...dataSubjectRights, ...otherRequests].find((each) => each === word);
  if (found === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--matter" });
  return found;
}

/** An id of that kind. @throws HUB_BAD_ARGUMENT */
export function idIn<const P extends string>(prefix: P, text: string, option: string): `${P}_${string}` {
  if (!new RegExp(`^${prefix}_[0-9a-z]{26}$`).test(text)) throw fault("HUB_BAD_ARGUMENT", { place: option });
  return text as `${P}_${string}`;
}

/** Others on the machine see arguments: an address is none. @throws HUB_BAD_ARGUMENT */
export function subjectIn(text: string | undefined): string | null {
  if (text?.includes("@") === true) throw fault("HUB_BAD_ARGUMENT", { place: "--subject" });
  return text ?? null;
}

/** All of the input, as text. @throws HUB_BAD_ARGUMENT for none, and for more than 64 KiB */
export async function textOfInput({ input }: CommandContext, option: string): Promise<string> {
  if (input === undefined) throw fault("HUB_BAD_ARGUMENT", { place: option });
  const text = (await bytesOf(input, MOST_BYTES, option)).toString("utf8").trim();
  if (text === "") throw fault("HUB_BAD_ARGUMENT", { place: option });
  return text;
}

/** @throws HUB_BAD_ARGUMENT for more */
export async function bytesOf(
  input: AsyncIterable<Uint8Array | string>,
  most: number,
  option: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > most) throw fault("HUB_BAD_ARGUMENT", { place: option });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
