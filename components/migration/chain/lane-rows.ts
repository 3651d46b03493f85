/** Heights of the lane's rows in pixels, from its top: bracket, edge labels, chain, axis, files set aside. */
export const LANE_ROWS = {
  bracket: 20,
  edge: 44,
  chain: 88,
  chainHeight: 54,
  axis: 146,
  aside: 172,
  asideHeight: 46,
  heightWithout: 172,
  height: 228,
  /** What is needed next and where the source is, at the right end. */
  nextWidth: 300,
} as const;
