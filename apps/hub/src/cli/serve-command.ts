/** `preau serve`: the server, the worker and the sequencer in one process. */
import { openHub } from "../hub.ts";
import { serve } from "../serve.ts";
import { type CommandContext, configOf, logOf } from "./command-context.ts";

/** Runs until SIGINT or SIGTERM. @throws HUB_PORT_IN_USE and whatever opening the hub throws */
export async function serveCommand(context: CommandContext): Promise<number> {
  const config = configOf(context);
  const hub = await openHub(config, { clock: context.clock, log: logOf(context, "info") });
  // A list that was written to and is gone: what is restored from here on would bring people back unseen.
  const serving = await hub.replay
    .assertThere()
    .then(() => serve(hub))
    .catch(async (error: unknown) => {
      await hub.close();
      throw error;
    });
  context.out(`preau ready ${serving.url}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await serving.stop();
  return 0;
}
