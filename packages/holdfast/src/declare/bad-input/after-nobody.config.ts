// expect: 7:17 | after names "stagin", and there is no such environment | must have been kept there | did you mean 'staging'
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: {
    staging: environment(),
    production: environment({ after: 'stagin' }),
  },
});
