// expect: 5:26 | environment "local" → subnet is not known here | misspelt | did you mean `subnets`
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ engine: engine.local(), subnet: '10.20.0.0/16' }) },
});
