/** One line of JSON for each thing that happened. */
export const say = (what: string, more: Readonly<Record<string, unknown>> = {}): void =>
  console.log(JSON.stringify({ at: new Date().toISOString(), what, ...more }));
