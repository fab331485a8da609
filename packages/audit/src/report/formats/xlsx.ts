import { printable } from '../printable.ts';
import type { Sheet } from './work-sheet.ts';
import { escapeXml, escapeXmlAttribute } from './xml.ts';
import { zipOf, type ZipEntry } from './zip.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * A workbook with a sheet each: headings stay in view and can be filtered, texts wrap. Texts are inline strings, which
 * are never formulas whatever they begin with. Source: ECMA-376 part 1, 18.2, 18.3, 18.8.
 */
export function renderXlsx(sheets: readonly Sheet[]): Uint8Array {
  const numbered = sheets.map((sheet, index) => ({ sheet, number: index + 1 }));
  return zipOf([
    part(
      '[Content_Types].xml',
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${numbered
        .map(
          ({ number }) =>
            `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${types}.worksheet+xml"/>`,
        )
        .join('')}</Types>`,
    ),
    part(
      '_rels/.rels',
      `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${officeRelations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${officeRelations}"><sheets>${numbered
        .map(
          ({ sheet, number }) =>
            `<sheet name="${escapeXmlAttribute(sheetName(sheet.name))}" sheetId="${number}" r:id="rId${number}"/>`,
        )
        .join('')}</sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packageRelations}">${numbered
        .map(
          ({ number }) =>
            `<Relationship Id="rId${number}" Type="${officeRelations}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
        )
        .join(
          '',
        )}<Relationship Id="rId${sheets.length + 1}" Type="${officeRelations}/styles" Target="styles.xml"/></Relationships>`,
    ),
    part('xl/styles.xml', styles),
    ...numbered.map(({ sheet, number }) => part(`xl/worksheets/sheet${number}.xml`, sheetXml(sheet))),
  ]);
}

const part = (name: string, content: string): ZipEntry => ({ name, content: `${declaration}${content}\n` });

/** Style 0: wrapped text from the top; 1: bold on grey for headings. */
const styles = `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8ECEF"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;

function sheetXml({ head, rows }: Sheet): string {
  const last = `${columnName(head.length - 1)}${rows.length + 1}`;
  const width = (index: number): number => {
    const longest = Math.max(...[head, ...rows].map((row) => String(row[index] ?? '').split('\n', 1)[0]?.length ?? 0));
    return Math.min(60, Math.max(10, longest + 2));
  };
  const columns = head.map(
    (_, index) => `<col min="${index + 1}" max="${index + 1}" width="${width(index)}" customWidth="1"/>`,
  );
  return `<worksheet xmlns="${main}"><dimension ref="A1:${last}"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>${[head, ...rows].map(rowXml).join('')}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`;
}

const rowXml = (row: readonly (string | number)[], index: number): string =>
  `<row r="${index + 1}">${row.map((value, column) => cellXml(value, `${columnName(column)}${index + 1}`, index === 0 ? 1 : 0)).join('')}</row>`;

const cellXml = (value: string | number, at: string, style: number): string =>
  typeof value === 'number'
    ? `<c r="${at}" s="${style}"><v>${value}</v></c>`
    : `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(shortened(printable(value)))}</t></is></c>`;

/** `A` to `Z`, then `AA`; from 0. */
function columnName(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}

/** Most UTF-16 code units that a cell may hold. */
const longestCell = 32_767;
const cut = ' … (cut: report.json has all of it)';

const shortened = (text: string): string =>
  text.length <= longestCell ? text : `${text.slice(0, longestCell - cut.length)}${cut}`;

/** A sheet's name has at most 31 characters, none of them `[]:*?/\`. */
const sheetName = (name: string): string => name.replaceAll(/[[\]:*?/\\]/gu, '-').slice(0, 31);
