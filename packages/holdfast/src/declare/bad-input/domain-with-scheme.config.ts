// expect: 5:26 | domain is "http://shop.example", which is not a domain | must be a domain | 'shop.example'
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ domain: 'http://shop.example' }) },
});
