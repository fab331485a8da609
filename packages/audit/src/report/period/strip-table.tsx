import type { ComponentChildren } from 'preact';
import { Strip, type PeriodView } from './period-view.tsx';
import { StripScale, type CellTone, type StripLayout } from './strip.tsx';

/** Wider than this a strip would be drawn too small beside its name: it stands below it, over all columns. */
const widestColumn = 600;

const isLong = ({ width }: StripLayout): boolean => width > widestColumn;

interface StripTableProps {
  readonly view: PeriodView;
  /** What the rows are: `Control`. */
  readonly head: string;
  /** Headings of the columns behind the strip. */
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly children: ComponentChildren;
}

/** A table with a strip of days in every entry. */
export function StripTable({ view, head, columns, children }: StripTableProps) {
  const { layout, report } = view;
  const scale = <StripScale days={report.days} layout={layout} />;
  return (
    <div class="scroll">
      <table class={`strips${isLong(layout) ? ' long' : ''}`}>
        <thead>
          <tr>
            <th class="control-col">{head}</th>
            {!isLong(layout) && <th class="strip-col">{scale}</th>}
            {columns.map(({ name, isNumber }) => (
              <th class={isNumber ? 'number' : 'words-col'}>{name}</th>
            ))}
          </tr>
          {isLong(layout) && layout.lines.length === 0 && (
            <tr class="strip-row">
              <td colSpan={columns.length + 1}>{scale}</td>
            </tr>
          )}
        </thead>
        {children}
      </table>
    </div>
  );
}

interface StripEntryProps {
  readonly view: PeriodView;
  readonly id?: string;
  readonly name: ComponentChildren;
  readonly cells: readonly CellTone[];
  /** What the strip says, in words. */
  readonly label: string;
  /** How many cells stand behind the strip. */
  readonly columns: number;
  readonly children: ComponentChildren;
}

/** One entry: its name, its strip and the cells behind it. */
export function StripEntry({ view, id, name, cells, label, columns, children }: StripEntryProps) {
  const strip = <Strip view={view} cells={cells} label={label} />;
  const long = isLong(view.layout);
  return (
    <tbody class="strip-entry filterable" id={id}>
      <tr>
        <th scope="row" class="control-col">
          {name}
        </th>
        {!long && <td class="strip-col">{strip}</td>}
        {children}
      </tr>
      {long && (
        <tr class="strip-row">
          <td colSpan={columns + 1}>{strip}</td>
        </tr>
      )}
    </tbody>
  );
}
