/** The thing of that name; where none is spelt exactly so, one that differs in upper and lower case only. */
export function byName<T extends { name: string }>(things: readonly T[], name: string): T | undefined {
  const folded = name.trim().toLowerCase();
  return things.find((thing) => thing.name === name) ?? things.find((thing) => thing.name.toLowerCase() === folded);
}
