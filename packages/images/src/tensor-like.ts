/** The part of a tfjs tensor that is used; tfjs itself is never imported. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  data(): Promise<Float32Array | Int32Array | Uint8Array>;
}
