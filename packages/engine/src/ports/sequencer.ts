/**
 * Gives commits their places in the feed, where a store cannot do it in the commit itself: its commits become visible in
 * another order than that of any number that they could have drawn before.
 *
 * Any number of sequencers may work on one database. None gives a place twice or leaves one out, whenever it dies.
 */
export interface Sequencer {
  /**
   * Gives at most `limit` commits that have none yet the next positions, all of them or none. Returns how many: fewer than
   * `limit` means that there is nothing left to do, or that another sequencer was quicker.
   *
   * Throws `Unavailable` where the store cannot be reached; the places may be given all the same.
   */
  stamp(limit: number): Promise<number>;
}
