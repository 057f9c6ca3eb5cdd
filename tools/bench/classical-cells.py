"""The classical scikit-image pipeline on the annotated images beside the checkout: the anchor of docs/cells.md.

    python3 tools/bench/classical-cells.py     needs scikit-image, scipy, pillow

Gaussian, Otsu, distance transform, h-maxima, watershed; smoothing and h swept for each set. Prints the least mean error of
the cell count of each set with its parameters, and how long an image took.
"""

import re
import sys
import time
from pathlib import Path

try:
    import numpy as np
    from PIL import Image
    from scipy import ndimage
    from skimage.filters import gaussian, threshold_otsu
    from skimage.measure import label, regionprops
    from skimage.morphology import h_maxima
    from skimage.segmentation import watershed
except ImportError as error:
    sys.exit(f"skipped: {error}; pip install scikit-image pillow")

DATA = Path(__file__).resolve().parents[2].parent / "shared/data/cells"
# Set, its images, what is drawn over them, the least area of a cell. Walls are dark in all.
SETS = [
    ("corneal", "images", "markers", 1),
    ("foam_bubbles", "image", "interior_mask", 1),
    ("isbi2012", "image", "label", 30),
]


def grey(path):
    return np.asarray(Image.open(path).convert("L"))


def by_number(folder):
    return sorted(folder.iterdir(), key=lambda path: int(re.search(r"\d+", path.name).group()))


def segment(image, sigma, h):
    smooth = gaussian(image.astype(float), sigma)
    distance = ndimage.distance_transform_edt(smooth > threshold_otsu(smooth))
    markers = label(h_maxima(distance, h))
    return watershed(-distance, markers, mask=distance > 0)


def count(labels, least, inside=None):
    regions = [region for region in regionprops(labels) if region.area >= least]
    if inside is None:
        return len(regions)
    return sum(inside[tuple(np.rint(region.centroid).astype(int))] for region in regions)


def truth(name, drawn, least):
    if name == "corneal":
        return label(drawn > 127).max()
    cells = drawn < 128 if name == "foam_bubbles" else drawn >= 128
    return count(label(cells, connectivity=1), least)


for name, images, drawings, least in SETS:
    if not (DATA / name).exists():
        print(f"{name}: skipped, shared/data/cells/{name} is not beside the checkout")
        continue
    pictures = [grey(path) for path in by_number(DATA / name / images)]
    expected = [truth(name, grey(path), least) for path in by_number(DATA / name / drawings)]
    inside = [grey(path) > 127 for path in by_number(DATA / name / "roi")] if name == "corneal" else [None] * len(pictures)
    best, fastest = None, np.inf
    for sigma in (1, 2, 3, 4):
        for h in (0.5, 1, 2, 4):
            errors = []
            for image, cells, region in zip(pictures, expected, inside):
                start = time.perf_counter()
                labels = segment(image, sigma, h)
                fastest = min(fastest, time.perf_counter() - start)
                errors.append(abs(count(labels, least, region) / cells - 1))
            if best is None or np.mean(errors) < best[0]:
                best = (np.mean(errors), sigma, h)
    height, width = pictures[0].shape
    print(
        f"{name}: count error {best[0]:.3f} at sigma {best[1]}, h {best[2]}; fastest image {1000 * fastest:.0f} ms, the first is {width}×{height}",
        flush=True,
    )
