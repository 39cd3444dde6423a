/** Bounds of a turn. Everything a model or a tool sends is measured against them. */
export const LIMITS = {
  /** Model calls of one turn. */
  steps: 16,
  /** Steps in a row in which every call was refused before it ran (unknown tool, bad arguments). */
  badStepsInARow: 3,
  callsPerStep: 32,
  answerChars: 200_000,
  /** The limit of an answer at a model that takes no request without one. */
  answerTokens: 4096,
  argumentChars: 100_000,
  /** JSON of one tool result, as the model and the journal get it. */
  resultChars: 24_000,
  /**
   * Tokens of the conversation that go to the model. What is more is cut at whole turns down to `historyKeptTokens`, so
   * that many turns follow before the next cut: until then the prompt begins with the same bytes.
   */
  historyTokens: 32_000,
  historyKeptTokens: 16_000,
  /** One turn of the past; its results are shortened to it. */
  pastTurnTokens: 8_000,
  /** The lines that stand for turns that were cut off. */
  digestTokens: 1_500,
  /** The calls and results of the running turn. */
  turnTokens: 48_000,
  /** What is told of the world as it is now. */
  situationTokens: 500,
  readMs: 60_000,
  /** Bytes of one streamed answer. */
  streamBytes: 16 * 1024 * 1024,
  /** Bytes of an answer that is an error or no stream at all. */
  errorBytes: 256 * 1024,
} as const;

/** How long a model may take, in milliseconds. */
export interface ModelPatience {
  /** Until the first event; a reasoning model thinks before it speaks. */
  firstEventMs: number;
  /** Between two events. */
  idleMs: number;
  /** For one whole answer. */
  totalMs: number;
  /** Longest single wait a rate limit may ask for, and all waits of one model call together. */
  longestWaitMs: number;
  waitsMs: number;
}

export const PATIENCE: ModelPatience = {
  firstEventMs: 120_000,
  idleMs: 45_000,
  totalMs: 300_000,
  longestWaitMs: 60_000,
  waitsMs: 120_000,
};
