/** The mailer over the hub's database: a message is queued with the change that it belongs to. @clause DC */
import type { Clock, Ids, Jobs, Mailer } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";

export interface MakeMailerOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly jobs: Jobs;
  readonly vault: KeyStore;
}

export function makeMailer(_options: MakeMailerOptions): Mailer {
  return { send: () => Promise.reject(new Error("the mailer is not built yet")) };
}
