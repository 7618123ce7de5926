/** The reference of an adjustment that the rules allow and the simulated database cannot write. */
export const unwritable = "unwritable";
