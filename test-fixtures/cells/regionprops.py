# Writes regionprops.json: what skimage.measure.regionprops says of a label map that the test draws the same way.
#   python regionprops.py > regionprops.json      (scikit-image 0.26.0, numpy 2.4.6)
import json
import numpy as np
from skimage.measure import regionprops, perimeter_crofton

y, x = np.mgrid[0:60, 0:90]
labels = np.zeros((60, 90), int)
labels[(x - 20) ** 2 / 144 + (y - 20) ** 2 / 49 <= 1] = 1
labels[(np.abs((x - 55) + (y - 22)) <= 14) & (np.abs((x - 55) - (y - 22)) <= 26)] = 2
labels[(x >= 70) & (y >= 40)] = 3
labels[(x >= 5) & (x < 9) & (y >= 40) & (y < 58)] = 4
out = []
for r in regionprops(labels):
    out.append({
        'label': r.label, 'area': float(r.area), 'y': r.centroid[0], 'x': r.centroid[1],
        'equivalentDiameter': r.equivalent_diameter_area, 'perimeter': r.perimeter,
        'perimeterCrofton': r.perimeter_crofton, 'majorAxis': r.axis_major_length, 'minorAxis': r.axis_minor_length,
        'orientation': r.orientation, 'eulerNumber': int(r.euler_number),
    })
print(json.dumps(out, indent=1))
