/** The jobs behind web hooks: one report is thought about; what is over is taken away. */
import type { JobDefinition } from "@preau/kernel";
import { DROP_PAST, dropPast } from "../drop-past.ts";
import { fault } from "../errors.ts";
import type { MailerOptions } from "../options.ts";
import { TAKE_HOOK } from "../receive-hooks.ts";
import { type TakePorts, takeHook } from "../take-hook.ts";

export function hookJobs(ports: TakePorts, options: MailerOptions): readonly JobDefinition[] {
  return [
    {
      name: TAKE_HOOK,
      handler: async ({ payload }) => {
        const { hook, look } = payload;
        if (typeof hook !== "string" || typeof look !== "number") throw fault("MAIL_NO_MESSAGE");
        await takeHook(ports, options, { id: hook, look });
      },
      attempts: 50,
    },
    { name: DROP_PAST, handler: () => dropPast(ports), attempts: 50 },
  ];
}
