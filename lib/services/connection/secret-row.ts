/** Where a connection's secret is kept, as its sealed text is bound to. */
export function secretRow(connectionId: string): string {
  return `Connection/${connectionId}`;
}
