/** How many of these names are in which declared zone, and whose is not declared. */
export function findZones(
  names: readonly string[],
  declared: object,
): { readonly zones: ReadonlyMap<string, number>; readonly undeclared: readonly string[] } {
  const known = new Map(Object.entries(declared).map(([name, zone]) => [name, String(zone)]));
  const zones = new Map<string, number>();
  const undeclared: string[] = [];
  for (const name of names) {
    const zone = known.get(name);
    if (zone === undefined) undeclared.push(name);
    else zones.set(zone, (zones.get(zone) ?? 0) + 1);
  }
  return { zones, undeclared };
}
