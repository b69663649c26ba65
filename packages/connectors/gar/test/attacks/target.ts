/** A connector to attack over HTTP: each attack in a browser that began a sign-in, and the honest answer after it. */
import { makeFolder } from "@preau/testing";
import { base64, type Fields, signedResponse } from "../identity-provider.ts";
import { makeWorld } from "../world.ts";

export const CONSUMER = "/gar/saml/acs";

/** What a browser sends. */
export interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly type?: string;
  readonly body?: string;
}

export interface Answered {
  readonly status: number;
  /** Where it leads on. */
  readonly location: string | null;
  /** Subject of the session that the browser has now. */
  readonly signedInAs: string | undefined;
  /** Why the log says that it was refused. */
  readonly reason: string | undefined;
}

/** A browser that began a sign-in, and what an honest provider would answer it. */
export interface Begun {
  readonly fields: Fields;
  readonly send: (sent: Sent) => Promise<Answered>;
  /** The secret of its session. */
  readonly cookie: () => string | undefined;
}

export type Target = Awaited<ReturnType<typeof openTarget>>;

/** The consumer has a brake of 600 attempts a minute and process. A world that has had this many gives way to the next. */
const MOST_POSTS = 500;

export async function openTarget() {
  const folder = makeFolder();
  let world = await makeWorld({ folder: folder.path });
  const { clock } = world;
  let posts = 0;

  /** Begins a sign-in from which `count` messages will be posted. */
  const begin = async (count: number): Promise<Begun> => {
    if (posts + count > MOST_POSTS) {
      await world.close();
      world = await makeWorld({ folder: folder.path, clock });
      posts = 0;
    }
    posts += count;
    const [browser, { lines }] = [world.browser(), world];
    const { requestId } = await browser.begin();
    const send = async (sent: Sent): Promise<Answered> => {
      const {
        path = CONSUMER,
        method = "POST",
        type = "application/x-www-form-urlencoded",
        body = null,
      } = sent;
      const before = lines.length;
      const headers = { "content-type": type, origin: "https://idp.example" };
      const { status, headers: answered } = await browser.ask(path, { method, headers, body });
      const session = browser.cookies.has("preau") ? await browser.session() : undefined;
      return {
        status,
        location: answered.get("location"),
        signedInAs: typeof session === "object" ? String(session["subject"]) : undefined,
        reason: refusalIn(lines.slice(before)),
      };
    };
    return { fields: browser.fieldsFor(requestId), send, cookie: () => browser.cookies.get("preau") };
  };

  return {
    begin,
    clock,
    world: () => world,
    close: async () => {
      await world.close();
      folder.remove();
    },
  };
}

/** The form that a provider has the browser post. */
export function posted(document: string): Sent {
  return { body: new URLSearchParams({ SAMLResponse: base64(document) }).toString() };
}

/** Subject of an honest sign-in. */
export async function signInHonestly({ fields, send }: Begun): Promise<string | undefined> {
  return (await send(posted(signedResponse(fields)))).signedInAs;
}

function refusalIn(lines: readonly string[]): string | undefined {
  const line = lines.find((each) => each.startsWith("gar.signInRefused "));
  return line === undefined ? undefined : /"reason":"(\w+)"/.exec(line)?.[1];
}
