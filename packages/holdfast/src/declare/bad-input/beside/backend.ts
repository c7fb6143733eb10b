import { network } from 'holdfast';

export const backend = () => network('backend');
