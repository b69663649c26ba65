/** A bell that a sleeper waits for. Rung while nobody sleeps, it wakes the next one at once. */
export interface Bell {
  ring(): void;
  /** Ends at the next ring, or after that many milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

export function makeBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: async (milliseconds) => {
      if (!rung) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, milliseconds);
        });
        clearTimeout(timer);
        wake = undefined;
      }
      rung = false;
    },
  };
}
