export { findSelection, getSelection, makeSelection } from './selections.ts';
