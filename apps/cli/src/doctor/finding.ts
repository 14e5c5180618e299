/** What the doctor says about one part. `note`: neither right nor wrong, to be known. */
export type Finding = {
  part: string;
  state: "right" | "note" | "wrong";
  says: string;
  /** What to do; with everything that is wrong. */
  remedy?: string;
};

export const right = (part: string, says: string): Finding => ({ part, state: "right", says });
export const note = (part: string, says: string, remedy?: string): Finding => ({ part, state: "note", says, remedy });
export const wrong = (part: string, says: string, remedy: string): Finding => ({ part, state: "wrong", says, remedy });
