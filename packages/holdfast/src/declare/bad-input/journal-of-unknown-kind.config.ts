// expect: 5:26 | journal is "mysql://ada:[secret]@db.example/holdfast" | SQLite | postgres://
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ journal: 'mysql://ada:open-sesame@db.example/holdfast' }) },
});
