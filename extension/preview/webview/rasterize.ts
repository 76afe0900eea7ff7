/** Twice the size, so that it is sharp on a dense screen. */
const SCALE = 2;
/** The longest side in pixels that a canvas takes in every browser. */
const LONGEST = 16_000;

/** Draws an SVG as a PNG with the fonts of this machine, and returns its bytes in Base64. */
export async function rasterize(svg: string): Promise<string> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const scale = Math.min(SCALE, LONGEST / Math.max(image.width, image.height, 1));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
  } finally {
    URL.revokeObjectURL(url);
  }
}
