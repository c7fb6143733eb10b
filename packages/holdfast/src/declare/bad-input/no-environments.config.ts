// expect: 4:16 | environments is an object, with no environment | nowhere that the system could live | local: environment(
import { defineConfig } from 'holdfast/config';

export default defineConfig({
  environments: {},
});
