// expect: 5:26 | ports is "8080" | first of the 100 host ports | whole number
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ ports: '8080' }) },
});
