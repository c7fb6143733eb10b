// expect: 7:14 | both take host ports from 8080 on | leads to one edge | ports: 8180
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: {
    local: environment({ ports: 8080 }),
    staging: environment({ ports: 8080 }),
  },
});
