/** The shape of one language's words, for the other's. */
export type WordsLike<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...given: infer A) => string
      ? (...given: A) => string
      : T[K] extends readonly string[]
        ? T[K] extends readonly [string, string]
          ? readonly [string, string]
          : readonly string[]
        : WordsLike<T[K]>;
};
