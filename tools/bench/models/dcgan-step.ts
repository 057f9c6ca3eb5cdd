import type * as tfjs from '@tensorflow/tfjs';

/**
 * One training step of the DCGAN (Radford, Metz & Chintala 2016) for 64×64 grey images: four transposed convolutions
 * up from 4×4, four strided convolutions down, kernel 4, batch normalisation, Adam(2e-4, 0.5).
 * @param width channels of the layer next to the image (the paper's ngf = ndf); the paper has 64
 * @returns the step; it holds on to its variables, so that calls train on
 */
export function dcganStep(
  tf: typeof tfjs,
  options: { readonly width: number; readonly batchSize: number },
): () => void {
  const { width, batchSize } = options;
  const latentDim = 100;
  const kernelInitializer = tf.initializers.randomNormal({ stddev: 0.02 });
  const convolution = { kernelSize: 4, strides: 2, padding: 'same' as const, useBias: false, kernelInitializer };
  const normalisation = () => tf.layers.batchNormalization({ momentum: 0.9 });

  const generator = tf.sequential();
  generator.add(tf.layers.dense({ inputShape: [latentDim], units: 16 * 8 * width, useBias: false, kernelInitializer }));
  generator.add(tf.layers.reshape({ targetShape: [4, 4, 8 * width] }));
  for (const filters of [4 * width, 2 * width, width]) {
    generator.add(normalisation());
    generator.add(tf.layers.reLU());
    generator.add(tf.layers.conv2dTranspose({ ...convolution, filters }));
  }
  generator.add(normalisation());
  generator.add(tf.layers.reLU());
  generator.add(tf.layers.conv2dTranspose({ ...convolution, filters: 1, activation: 'tanh' }));

  const discriminator = tf.sequential();
  for (const factor of [1, 2, 4, 8]) {
    const inputShape = factor === 1 ? { inputShape: [64, 64, 1] } : {};
    discriminator.add(tf.layers.conv2d({ ...convolution, ...inputShape, filters: factor * width }));
    if (factor > 1) discriminator.add(normalisation());
    discriminator.add(tf.layers.leakyReLU({ alpha: 0.2 }));
  }
  discriminator.add(tf.layers.flatten());
  discriminator.add(tf.layers.dense({ units: 1, kernelInitializer }));

  const images = tf.randomUniform([batchSize, 64, 64, 1], -1, 1);
  const generate = () => generator.apply(tf.randomNormal([batchSize, latentDim]), { training: true }) as tfjs.Tensor;
  const judge = (batch: tfjs.Tensor) => discriminator.apply(batch, { training: true }) as tfjs.Tensor;
  const loss = (logits: tfjs.Tensor) => tf.mean(tf.softplus(logits)) as tfjs.Scalar;
  const optimizers = [tf.train.adam(2e-4, 0.5), tf.train.adam(2e-4, 0.5)] as const;
  const variables = (model: tfjs.LayersModel) => model.trainableWeights.map((weight) => weight.read() as tfjs.Variable);

  return () =>
    tf.tidy(() => {
      const generated = generate();
      const losses = [
        optimizers[0].minimize(
          () => tf.add(loss(tf.neg(judge(images))), loss(judge(generated))),
          true,
          variables(discriminator),
        ),
        optimizers[1].minimize(() => loss(tf.neg(judge(generate()))), true, variables(generator)),
      ];
      for (const value of losses) value!.dataSync();
    });
}
