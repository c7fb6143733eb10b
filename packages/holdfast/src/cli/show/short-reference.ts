/** An image's reference without what all names of an environment begin with: `app:1f0c…`. */
export const shortReference = (text: string): string =>
  text.replaceAll(/\bholdfast\/(?:[^/\s]+\/){2}(?=[a-z0-9])/g, '');
