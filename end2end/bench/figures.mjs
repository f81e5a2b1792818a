// How are many measurements said in a few numbers, and printed so that they can be read?

import { loadavg } from 'node:os';

/** The value that `share` (0 to 1) of the list does not exceed; by nearest rank. */
export function quantile(list, share) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export const median = (list) => quantile(list, 0.5);
export const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
export const ms = (value) => (value === undefined ? '-' : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`);
export const ratio = (value) => `${value.toFixed(2)} x`;

/** The machine's load of the last minute: what else ran while this was measured. */
export const load = () => loadavg()[0].toFixed(1);

/** Prints rows of equal length as columns, the first row as their heads. */
export function print(title, rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => String(row[at]).length)));
  const line = (row) => row.map((cell, at) => String(cell).padEnd(widths[at])).join('  ').trimEnd();
  console.log(`\n${title}\n${line(rows[0])}\n${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of rows.slice(1)) console.log(line(row));
}
