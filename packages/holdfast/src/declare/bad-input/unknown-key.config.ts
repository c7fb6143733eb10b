// expect: 4:16 | environment is not known to defineConfig | misspelt | did you mean `environments`
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environment: { local: environment({ engine: engine.local() }) },
  environments: { local: environment({ engine: engine.local() }) },
});
