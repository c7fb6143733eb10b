/** What colours a text for a terminal: the palette of the command line, of which a reporter needs this much. */
export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>>;
