"""Times the work of tools/bench/numerics.ts in Python, where numpy, scipy and scikit-learn are installed.

    python3 tools/bench/compare-python.py [samples]     default 1000, of 2048 features a set

Prints one line a metric: the least seconds of three runs and the value. Formulas are those of the reference
implementations (torch-fidelity, prdc), in numpy.
"""

import sys
import time

try:
    import numpy as np
    from scipy.linalg import eigvals
    from scipy.spatial.distance import cdist
except ImportError as error:
    sys.exit(f"skipped: {error}; pip install numpy scipy")

DIMENSION = 2048


def frechet(x, y):
    difference = x.mean(0) - y.mean(0)
    sigma_x, sigma_y = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    cross = np.sqrt(eigvals(sigma_x @ sigma_y).astype(complex)).real.sum()
    return difference @ difference + np.trace(sigma_x) + np.trace(sigma_y) - 2 * cross


def kernel(x, y, subsets=100, size=1000):
    random = np.random.RandomState(2020)
    size = min(size, len(x), len(y))
    values = []
    for _ in range(subsets):
        a = x[random.choice(len(x), size, replace=False)]
        b = y[random.choice(len(y), size, replace=False)]
        within_a, within_b, across = ((p @ q.T / p.shape[1] + 1) ** 3 for p, q in ((a, a), (b, b), (a, b)))
        pairs = size * (size - 1)
        within = (within_a.sum() - np.trace(within_a) + within_b.sum() - np.trace(within_b)) / pairs
        values.append(within - 2 * across.mean())
    return np.mean(values)


def squared_distances(x, y):
    return np.maximum((x * x).sum(1)[:, None] + (y * y).sum(1) - 2 * x @ y.T, 0)


def radii(x, k):
    return np.partition(squared_distances(x, x), k, axis=1)[:, k]


def precision_recall(x, y, k=3):
    across = squared_distances(x, y)
    precision = (across <= radii(x, k)[:, None]).any(0).mean()
    recall = (across <= radii(y, k)[None]).any(1).mean()
    return precision + recall


def exact_distances(x, y):
    return cdist(x, y).mean()


def report(name, work, runs=3):
    least, value = float("inf"), None
    for _ in range(runs):
        start = time.perf_counter()
        value = work()
        least = min(least, time.perf_counter() - start)
    print(f"{name}: {least:.3f} s, {value:.10g}", flush=True)


samples = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
generator = np.random.RandomState(0)
reference = generator.randn(samples, DIMENSION).astype(np.float32).astype(np.float64)
generated = generator.randn(samples, DIMENSION).astype(np.float32).astype(np.float64)
print(f"numpy {np.__version__}, {samples} x {DIMENSION} features a set")
report("FID", lambda: frechet(reference, generated), runs=1)
report("KID, 100 subsets", lambda: kernel(reference, generated), runs=1)
report("precision and recall, k = 3", lambda: precision_recall(reference, generated))
report("all distances, exactly", lambda: exact_distances(reference, generated), runs=1)
