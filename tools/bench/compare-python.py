"""Times the work of tools/bench/numerics.ts and scale.ts in the Python packages that people use for it.

    python3 tools/bench/compare-python.py [samples]     default 1000, of 2048 features a set

The features are those of the benchmarks here (numpy's RandomState(0).randn in float32), so that values can be compared
too. Prints the packages' versions, and one line a metric: the least seconds of the runs and the value.
"""

import sys
import time

try:
    from importlib.metadata import version

    import numpy as np
    import torch
    from prdc import compute_prdc
    from torch_fidelity.metric_fid import fid_features_to_statistics, fid_statistics_to_metric
    from torch_fidelity.metric_kid import kid_features_to_metric
    from torch_fidelity.metric_prc import prc_features_to_metric
except ImportError as error:
    sys.exit(f"skipped: {error}; pip install torch-fidelity prdc")

DIMENSION = 2048


def frechet(reference, generated):
    statistics = [fid_features_to_statistics(features) for features in (reference, generated)]
    return fid_statistics_to_metric(*statistics, False)["frechet_inception_distance"]


def kernel(reference, generated):
    scores = kid_features_to_metric(
        reference,
        generated,
        kid_subsets=100,
        kid_subset_size=min(1000, len(reference)),
        kid_kernel_poly_degree=3,
        kid_kernel_poly_gamma=None,
        kid_kernel_poly_coef0=1,
        rng_seed=2020,
        verbose=False,
    )
    return scores["kernel_inception_distance_mean"]


def precision_recall(reference, generated):
    # The package calls the generated features the first set.
    scores = prc_features_to_metric(generated, reference, prc_neighborhood=3, prc_batch_size=10000, verbose=False)
    return scores["precision"], scores["recall"]


def prdc(reference, generated):
    return tuple(float(value) for value in compute_prdc(reference.numpy(), generated.numpy(), 5).values())


def report(name, work, runs):
    least, value = float("inf"), None
    for _ in range(runs):
        start = time.perf_counter()
        value = work()
        least = min(least, time.perf_counter() - start)
    print(f"{name}: {least:.3f} s, {value}", flush=True)


samples = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
random = np.random.RandomState(0)
reference, generated = (
    torch.from_numpy(random.randn(samples, DIMENSION).astype(np.float32)) for _ in range(2)
)
for package in ("numpy", "torch", "torch-fidelity", "prdc"):
    print(f"{package} {version(package)}", end="; ")
print(f"{samples} x {DIMENSION} features a set")
report("FID", lambda: frechet(reference, generated), runs=2)
report("KID, 100 subsets", lambda: kernel(reference, generated), runs=1)
report("precision and recall, k = 3", lambda: precision_recall(reference, generated), runs=5)
report("precision, recall, density and coverage, k = 5", lambda: prdc(reference, generated), runs=3)
