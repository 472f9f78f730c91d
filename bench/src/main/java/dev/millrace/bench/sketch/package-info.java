/** Sketches of quantiles side by side: errors, bytes, repeatability and processor time. */
package dev.millrace.bench.sketch;
