// Draws docs/foam-contact-sheet.png: a row for each additive class, in the order of FOAM_CLASSES.
//
//     npx tsx --conditions=@plateau/source tools/foam-contact-sheet.ts
import { fileURLToPath } from 'node:url';
import { FOAM_CLASSES, foamImage } from '@plateau/foam';
import { concatBatches, contactSheet, writePng } from '@plateau/images';

const columns = 8;
const size = 128;
const pixelSize = { value: 5, unit: 'um' } as const;

const images = FOAM_CLASSES.flatMap(({ name }) =>
  Array.from({ length: columns }, (_, index) => foamImage({ className: name, index, size, pixelSize }).image),
);
const path = fileURLToPath(new URL('../docs/foam-contact-sheet.png', import.meta.url));
await writePng(path, contactSheet(concatBatches(images), { columns, gap: 3 }));
console.log(`${path}: ${FOAM_CLASSES.map(({ name }) => name).join(', ')}`);
