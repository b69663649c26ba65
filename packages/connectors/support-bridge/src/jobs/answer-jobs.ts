/** The job that carries an agent's answer to the desk. */
import type { JobDefinition } from "@preau/kernel";
import { type AnswerPorts, SAY, SAY_TRIES, sayAnswer } from "../answer-case.ts";
import { fault } from "../errors.ts";
import type { SupportBridgeOptions } from "../options.ts";

export function answerJobs(ports: AnswerPorts, options: SupportBridgeOptions): readonly JobDefinition[] {
  return [
    {
      name: SAY,
      attempts: SAY_TRIES + 5,
      handler: ({ controller, payload }, { attempt, signal }) => {
        const id = payload["words"];
        if (typeof id !== "string") throw fault("SUPPORT_NO_CASE");
        return sayAnswer(ports, options, { controller, id, attempt, signal });
      },
    },
  ];
}
