/** How the bytes of a download are checked: the whole digest, or as much of it as its publisher states. */
export interface PublishedDigest {
  readonly algorithm: 'sha256' | 'md5';
  /** Hexadecimal digits that the digest starts with. */
  readonly start: string;
}

/** Weights with a public address. */
export interface KnownWeights {
  readonly name: string;
  readonly what: string;
  readonly url: string;
  readonly digest: PublishedDigest;
  /** `network`: kept in Plateau's format, usable as `--extractor`. `file`: kept as it is, for other metrics. */
  readonly kind: 'network' | 'file';
}

/** What `plateau weights pull` knows. */
export const knownWeights: readonly KnownWeights[] = [
  {
    name: 'fid',
    what: 'inception-2015-12-05, the network FID is defined on (pytorch-fid)',
    url: 'https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/pt_inception-2015-12-05-6726825d.pth',
    digest: { algorithm: 'sha256', start: '6726825d' },
    kind: 'network',
  },
  {
    name: 'squeezenet',
    what: 'SqueezeNet 1.1 on ImageNet (torchvision), the trunk of LPIPS',
    url: 'https://download.pytorch.org/models/squeezenet1_1-b8a52dc0.pth',
    digest: { algorithm: 'sha256', start: 'b8a52dc0' },
    kind: 'network',
  },
  {
    name: 'lpips-squeeze',
    what: 'linear heads of LPIPS 0.1 on SqueezeNet',
    url: 'https://raw.githubusercontent.com/richzhang/PerceptualSimilarity/master/lpips/weights/v0.1/squeeze.pth',
    digest: { algorithm: 'sha256', start: '4a5350f23600cb79923ce65bb07cbf57dca461329894153e05a1346bd531cf76' },
    kind: 'file',
  },
  {
    name: 'brisque-model',
    what: 'BRISQUE regression on LIVE (OpenCV)',
    url: 'https://raw.githubusercontent.com/opencv/opencv_contrib/4.x/modules/quality/samples/brisque_model_live.yml',
    digest: { algorithm: 'sha256', start: '4c44c7eec9e5139830c0bb0e4a044c9cd351ba5bbc9e3798beca3243e2782ff4' },
    kind: 'file',
  },
  {
    name: 'brisque-range',
    what: 'feature ranges of BRISQUE on LIVE (OpenCV)',
    url: 'https://raw.githubusercontent.com/opencv/opencv_contrib/4.x/modules/quality/samples/brisque_range_live.yml',
    digest: { algorithm: 'sha256', start: 'a18427f4f7ad087524bd0d63389649a3899b51ca6d44a4d5f8d8171f1f914a9c' },
    kind: 'file',
  },
];
