/**
 * Solves A x = b by Gaussian elimination with partial pivoting (Golub and Van Loan, Matrix Computations, §3.4).
 * Overwrites both arguments.
 *
 * @param matrix A, row by row
 * @returns x, in place of b, or undefined where A is singular to working precision
 */
export function solveLinear(matrix: Float64Array, vector: Float64Array): Float64Array | undefined {
  const size = vector.length;
  const tiny = 1e-13 * largest(matrix);
  for (let column = 0; column < size; column++) {
    const pivot = pivotRow(matrix, size, column);
    if (!(Math.abs(matrix[pivot * size + column]!) > tiny)) return undefined;
    if (pivot !== column) swapRows(matrix, vector, size, pivot, column);
    for (let row = column + 1; row < size; row++) eliminate(matrix, vector, size, row, column);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = vector[row]!;
    for (let column = row + 1; column < size; column++) sum -= matrix[row * size + column]! * vector[column]!;
    vector[row] = sum / matrix[row * size + row]!;
  }
  return vector;
}

function largest(matrix: Float64Array): number {
  let bound = 0;
  for (const entry of matrix) bound = Math.max(bound, Math.abs(entry));
  return bound;
}

function pivotRow(matrix: Float64Array, size: number, column: number): number {
  let best = column;
  for (let row = column + 1; row < size; row++) {
    if (Math.abs(matrix[row * size + column]!) > Math.abs(matrix[best * size + column]!)) best = row;
  }
  return best;
}

function swapRows(matrix: Float64Array, vector: Float64Array, size: number, a: number, b: number): void {
  for (let column = 0; column < size; column++) {
    const kept = matrix[a * size + column]!;
    matrix[a * size + column] = matrix[b * size + column]!;
    matrix[b * size + column] = kept;
  }
  const kept = vector[a]!;
  vector[a] = vector[b]!;
  vector[b] = kept;
}

function eliminate(matrix: Float64Array, vector: Float64Array, size: number, row: number, column: number): void {
  const factor = matrix[row * size + column]! / matrix[column * size + column]!;
  if (factor === 0) return;
  for (let k = column; k < size; k++)
    matrix[row * size + k] = matrix[row * size + k]! - factor * matrix[column * size + k]!;
  vector[row] = vector[row]! - factor * vector[column]!;
}
