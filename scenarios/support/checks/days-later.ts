/**
 * The environment of a Holdfast that takes it for so many days later than it is. The clock of a machine can't be changed
 * for a story; that of one process can.
 */
export const daysLater = (days: number): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(later(days * 86_400_000))}`,
});

const later = (milliseconds: number): string => `const now = Date.now; Date.now = () => now() + ${milliseconds};`;
