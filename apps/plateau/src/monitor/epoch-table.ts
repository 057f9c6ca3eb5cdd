import { formatValue, type Score } from '@plateau/scorecard';

/** Formats one line of text per scored epoch, with a header line before the first. */
export class EpochTable {
  #columns?: readonly string[];

  /** The lines to print for an epoch: header and row the first time, then rows. */
  lines(epoch: number, scores: readonly Score[], note: string): string[] {
    const cells = [String(epoch), ...scores.map(({ value }) => formatValue(value))];
    const lines: string[] = [];
    if (!this.#columns) {
      this.#columns = ['epoch', ...scores.map(({ metric }) => metric)];
      lines.push(pad(this.#columns, this.#columns));
    }
    lines.push(`${pad(cells, this.#columns)}${note ? `  ${note}` : ''}`);
    return lines;
  }
}

function pad(cells: readonly string[], columns: readonly string[]): string {
  return cells.map((cell, index) => cell.padStart(Math.max(columns[index].length, 8))).join('  ');
}
