"""Writes small TIFFs as electron microscopes do, for packages/images/test/decode-tiff.test.ts.

    python3 -m pip install tifffile numpy && python3 tiff.py
"""
import numpy as np
import tifffile

y, x = np.mgrid[0:10, 0:12]
ramp = (20 * y + x).astype(np.uint8)

fei = '[User]\r\nDate=01/02/2020\r\n[Scan]\r\nPixelWidth=9.7e-08\r\nPixelHeight=9.7e-08\r\n'
tifffile.imwrite('fei.tif', ramp, extratags=[(34682, 's', 0, fei, True)])
oblong = fei.replace('PixelHeight=9.7e-08', 'PixelHeight=12e-08')
tifffile.imwrite('oblong.tif', ramp, extratags=[(34682, 's', 0, oblong, True)])
zeiss = 'DP_MAG\r\nMag = 500 X\r\nAP_PIXEL_SIZE\r\nPixel Size = 558.4 nm\r\nAP_IMAGE_PIXEL_SIZE\r\nImage Pixel Size = 1.117 \xb5m\r\n'
tifffile.imwrite(
    'zeiss.tif', (257 * ramp.astype(np.uint16)), byteorder='>', compression='zlib',
    extratags=[(34118, 's', 0, zeiss.encode('latin-1'), True)],
)
rgb = np.stack([ramp, 255 - ramp, x.astype(np.uint8)], axis=-1)
tifffile.imwrite('rgb.tif', rgb, photometric='rgb')
colormap = np.zeros((3, 256), np.uint16)
colormap[0] = 257 * np.arange(256)
tifffile.imwrite('palette.tif', ramp, photometric='palette', colormap=colormap)
tifffile.imwrite('float.tif', ramp.astype(np.float32))
tifffile.imwrite('inverted.tif', ramp, photometric='miniswhite')
tifffile.imwrite('imagej.tif', ramp, imagej=True, resolution=(4, 4), metadata={'unit': 'micron'})
tifffile.imwrite('micro.tif', ramp, imagej=True, resolution=(2.5, 2.5), metadata={'unit': '\\u00B5m'})
tifffile.imwrite('dots.tif', ramp, resolution=(100, 50), resolutionunit='INCH')
tifffile.imwrite('stack.tif', np.stack([ramp, 255 - ramp]), photometric='minisblack')
with tifffile.TiffWriter('thumbnail.tif') as tif:
    tif.write(ramp)
    tif.write(ramp[::2, ::2])
    tif.write(ramp, subfiletype=1)
