/** In the address of a wave that was saved just now: it is looked over and planned at once. */
export const LOOK_OVER = "look";
