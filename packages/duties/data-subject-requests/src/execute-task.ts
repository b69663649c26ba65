/** One thing to do about a request, and what its beginning leaves. */
import type {
  ControllerId,
  InstructionId,
  Origin,
  RequestId,
  RequestMatter,
  SubjectId,
  Verdict,
} from "@preau/kernel";
import type { ActionId, ActionState, ActionWhy } from "./execute-action.ts";
import type { Executor } from "./execute-ports.ts";
import type { Change } from "./rectification.ts";

export interface Task {
  readonly action: ActionId;
  readonly controller: ControllerId;
  readonly request: RequestId;
  readonly matter: RequestMatter;
  readonly instruction: InstructionId;
  readonly subject: SubjectId;
  readonly origin?: Origin;
  readonly by: Executor;
  /** Of an objection. */
  readonly purpose?: string;
  /** Of a rectification. */
  readonly changes?: readonly Change[];
}

export interface Begun {
  readonly state: ActionState;
  readonly verdict: Verdict;
  readonly why?: ActionWhy;
  readonly thing?: string;
}
