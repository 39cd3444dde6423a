/** How long a turn took, in ms from the user's message. */
export interface TurnTimes {
  /** To the first text of the answer. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
}
