export { blurColumns, blurRows } from './blur';
export { lineCurvature } from './curvature';
export { crossLevels } from './crossings';
export { countResiduals, laplacianSquares, planeResidualSum } from './differences';
export { columnDistances, rowDistances } from './distance';
export { flood, sortByHeight } from './flood';
export { invertRows, multiplyColumns, setTransform, transformRows } from './fourier';
export { majority } from './majority';
export { hMaxima } from './maxima';
export { innerPixels, threeByThree } from './neighbours';
export { halve, roundToBytes, subtractBetween } from './pixels';
export { labelRuns } from './runs';
export { columnSteps, signedRows } from './signed-distance';
export { columnLabels, rowLabels } from './nearest-label';
export { thin } from './thinning';
export { touchingPixels } from './touching';
export { watershed } from './watershed';

/** First byte that the module does not use itself. */
export const heapBase: usize = __heap_base;
