/** What a worker does while it is killed again and again. */
export type KilledWork = {
  /** How far it is; another number when it has come forward. */
  findPlace: () => Promise<number>;
  /** What holds at every moment. */
  expectConsistent: () => Promise<void>;
  untilEnd: () => Promise<void>;
  /** What holds at the end: nothing is lost, and nothing was done twice. */
  expectWhole: () => Promise<void>;
};
