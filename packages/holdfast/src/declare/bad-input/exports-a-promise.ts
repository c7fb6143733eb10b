// expect: 1:1 | is a Promise, not a system | what system() returns | a promise of it
import { system } from 'holdfast';

const later = async () => system('shop', () => {});

export default later();
