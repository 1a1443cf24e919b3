import type { CSSProperties } from 'react';
import styles from './skeleton.module.css';

/** A grey bar where text is about to be. */
export function Skeleton({ width, height = '0.875rem' }: Pick<CSSProperties, 'width' | 'height'>) {
  return <span aria-hidden="true" className={styles.skeleton} style={{ width, height }} />;
}
