// expect: 6:14 | goes round: staging after production after staging | waits for another | remove `after`
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: {
    staging: environment({ after: 'production' }),
    production: environment({ after: 'staging' }),
  },
});
