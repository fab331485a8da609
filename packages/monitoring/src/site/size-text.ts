const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Bytes for a reader: `1 MiB`, `1.5 GiB`. */
export function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1024 ? 0 : Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power] ?? 'B'}`;
}
