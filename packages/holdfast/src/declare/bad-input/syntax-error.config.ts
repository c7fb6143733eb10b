// expect: 5:39 | has a syntax error | nothing of it was evaluated | mend it at the mark
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment( },
});
